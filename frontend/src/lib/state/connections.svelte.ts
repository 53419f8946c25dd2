/** The page's copy of the truth. It mirrors the program and decides nothing; the newer revision wins. */
import type { Account, AgentState, Backend, Changed, Former, Preferences, Problem, Snapshot } from '../backend/backend';
import { toProblem } from '../backend/problem';
import { applied } from './changes';
import { accountsOf, needsReconnection } from './groups';

/** How long a lost agent is not spoken of, in milliseconds: the next one is there within half a second. */
const PATIENCE = 1_000;

export class Connections {
  snapshot = $state.raw<Snapshot | undefined>();
  /** What there is to say of the agent. */
  agent = $state.raw<AgentState>({ connected: true });
  /** Why there is nothing to show yet. */
  failure = $state.raw<Problem | undefined>();
  /** What was connected once, from when it is asked for. */
  former = $state.raw<Former | undefined>();

  readonly #backend: Backend;
  #wanted = 0;
  #lost = false;
  /** Runs while a loss is not spoken of yet. */
  #patience: ReturnType<typeof setTimeout> | undefined;
  #loading: Promise<void> | undefined;
  /** How many accounts were disconnected when former was last asked for. */
  #formerCount: number | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  readonly project = $derived.by(() => {
    const { projects = [], preferences } = this.snapshot ?? {};
    return projects.find(({ id }) => id === preferences?.project) ?? projects[0];
  });

  readonly accounts: Account[] = $derived.by(() => (this.snapshot && this.project ? accountsOf(this.snapshot, this.project.id) : []));

  /** The accounts that there are, and those that there were as far as they were asked for. */
  readonly known: Account[] = $derived.by(() => {
    const accounts = this.snapshot?.accounts ?? [];
    return this.former ? [...accounts, ...this.former.accounts] : accounts;
  });

  readonly broken: Account[] = $derived.by(() => this.accounts.filter(needsReconnection));

  /** Follows the program, and passes its events on. The answer ends that. */
  listen(seen: (event: Changed) => void): () => void {
    const stops = [
      this.#backend.onChanged((event) => {
        if (event.revision > (this.snapshot?.revision ?? 0)) void this.refresh(event.revision);
        seen(event);
      }),
      this.#backend.onAgent((state) => this.#agentChanged(state)),
    ];
    return () => {
      for (const stop of stops) stop();
      this.#endPatience();
    };
  }

  /** Brings what is on show up to date, once however often it is asked for meanwhile. */
  refresh(revision = 0): Promise<void> {
    this.#wanted = Math.max(this.#wanted, revision);
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** The same, until all accounts are here. */
  async refreshAll(): Promise<void> {
    await this.refresh();
    if (this.snapshot?.partial) await this.refresh();
  }

  /** Takes a snapshot unless it is older than the one on show. */
  apply(snapshot: Snapshot): void {
    if (this.snapshot && snapshot.revision < this.snapshot.revision) return;
    this.snapshot = snapshot;
  }

  /** Asks for what was connected once, and from then on again whenever that is more. */
  async loadFormer(): Promise<void> {
    this.#formerCount = countOf(this.snapshot);
    try {
      this.former = await this.#backend.former();
    } catch {
      this.#formerCount = -1; // with the next change
    }
  }

  /** Asks again after the program was lost: a new one may count its revisions from the start. */
  async retry(): Promise<void> {
    this.#forgetRevision();
    await this.refresh();
    if (!this.failure) this.agent = { connected: true };
  }

  async setPreferences(change: Partial<Preferences>): Promise<void> {
    const before = this.snapshot;
    if (!before) return;
    const preferences = { ...before.preferences, ...change };
    await this.#backend.setPreferences(preferences);
    if (this.snapshot) this.snapshot = { ...this.snapshot, preferences };
    await this.refresh();
  }

  async #load(): Promise<void> {
    try {
      let before: number;
      do {
        before = this.#wanted;
        await this.#catchUp();
      } while (this.#wanted > Math.max(before, this.snapshot?.revision ?? 0));
      this.failure = undefined;
      if (this.#formerCount !== undefined && this.#formerCount !== countOf(this.snapshot)) void this.loadFormer();
    } catch (error) {
      // Where there is nothing to show yet, why is all that there is to say.
      if (!this.#patience || !this.snapshot) this.failure = toProblem(error);
    }
  }

  /** Asks for what changed; for everything where a part is all there is, or what changed is not known. */
  async #catchUp(): Promise<void> {
    if (!this.snapshot) return this.apply(await this.#backend.opening());
    if (this.snapshot.revision && !this.snapshot.partial) {
      const changes = await this.#backend.changes(this.snapshot.revision);
      const next = applied(this.snapshot, changes);
      if (next) {
        this.snapshot = next;
        return;
      }
    }
    this.apply(await this.#backend.snapshot());
  }

  #agentChanged(state: AgentState): void {
    const regained = state.connected && this.#lost;
    this.#lost = !state.connected;
    if (this.#lost && !state.problem && this.agent.connected) {
      // The program may say it again before it has found one, which makes it no shorter.
      this.#patience ??= setTimeout(() => {
        this.#patience = undefined;
        this.agent = state;
      }, PATIENCE);
      return;
    }
    this.#endPatience();
    this.agent = state;
    if (!state.connected) return;
    if (regained) this.#forgetRevision();
    void this.refresh();
  }

  #endPatience(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  #forgetRevision(): void {
    if (this.snapshot) this.snapshot = { ...this.snapshot, revision: 0 };
  }
}

function countOf(snapshot: Snapshot | undefined): number {
  return (snapshot?.projects ?? []).reduce((sum, { former }) => sum + former, 0);
}
