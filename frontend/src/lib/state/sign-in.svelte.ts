/** One sign-in, from the button to the result. Only the program knows where it stands; this asks. */
import type { Attempt, Backend, ConnectRequest, Problem } from '../backend/backend';
import { toProblem } from '../backend/problem';
import { isRunning } from './groups';

export class SignIn {
  attempt = $state.raw<Attempt | undefined>();
  /** What went wrong with the last step, where the sign-in itself goes on. */
  problem = $state.raw<Problem | undefined>();
  busy = $state(false);
  /** What was asked for, to ask again; never what was pasted. */
  request = $state.raw<Omit<ConnectRequest, 'token'> | undefined>();

  readonly #backend: Backend;
  /** Questions are counted: an answer is taken unless a later one was taken before it. */
  #asked = 0;
  #answered = 0;
  #replacing = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  readonly running = $derived(this.attempt !== undefined && isRunning(this.attempt));

  start(request: ConnectRequest): Promise<void> {
    return this.#step(async () => {
      const { token: _, ...kept } = request;
      this.request = kept;
      const attempt = await this.#backend.connect(request);
      this.attempt = attempt;
      this.#replacing = false;
      // It may have moved on before its id was known here.
      await this.reload(attempt.id);
    });
  }

  /** Drops the sign-in on show for a new one, without a glimpse of its end. */
  async restart(request: ConnectRequest): Promise<void> {
    const former = this.attempt;
    this.#replacing = true;
    if (former && isRunning(former)) await this.#backend.cancel(former.id).catch(() => {});
    await this.start(request);
    this.#replacing = false;
    // Nothing new came of it: the first step says why.
    if (this.attempt?.id === former?.id) this.attempt = undefined;
  }

  /** Forgets everything, for a dialog that begins anew. */
  reset(): void {
    this.#drop();
    this.attempt = undefined;
    this.request = undefined;
    this.problem = undefined;
  }

  /** Takes up a sign-in that runs already. */
  resume(attempt: Attempt): Promise<void> {
    this.reset();
    this.attempt = attempt;
    return this.reload(attempt.id);
  }

  /** Asks where the sign-in stands; an answer that a later one overtook is dropped. */
  async reload(id = this.attempt?.id): Promise<void> {
    if (!id || id !== this.attempt?.id || this.#replacing) return;
    this.#asked += 1;
    const turn = this.#asked;
    try {
      const attempt = await this.#backend.attempt(id);
      if (this.#take(turn) && id === this.attempt?.id) this.attempt = attempt;
    } catch (error) {
      if (this.#take(turn)) this.problem = toProblem(error);
    }
  }

  openBrowser(): Promise<void> {
    return this.#step(async (id) => this.#backend.openBrowser(id));
  }

  paste(address: string): Promise<void> {
    return this.#step(async (id) => {
      await this.#backend.pasteAddress(id, address);
      await this.reload(id);
    });
  }

  choose(remoteIDs: string[]): Promise<void> {
    return this.#step(async (id) => {
      this.#drop();
      this.attempt = await this.#backend.select(id, remoteIDs);
      this.#drop();
    });
  }

  /** Ends the sign-in if it still runs. Nothing was saved, so nothing can be lost. */
  async cancel(): Promise<void> {
    const { attempt } = this;
    this.#drop();
    this.attempt = undefined;
    this.problem = undefined;
    if (!attempt || !isRunning(attempt)) return;
    try {
      await this.#backend.cancel(attempt.id);
    } catch {
      // It was over already.
    }
  }

  /** Whether the answer to a question still counts. Progress asks faster than it is answered, and must show all the same. */
  #take(turn: number): boolean {
    if (turn <= this.#answered) return false;
    this.#answered = turn;
    return true;
  }

  /** No answer that is on its way counts any more. */
  #drop(): void {
    this.#answered = this.#asked;
  }

  async #step(act: (id: string) => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    try {
      await act(this.attempt?.id ?? '');
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      this.busy = false;
    }
  }
}
