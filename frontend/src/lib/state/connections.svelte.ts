/** The page's copy of the truth. It mirrors the program and decides nothing; the newer revision wins. */
import type { Account, AgentState, Backend, Changed, Preferences, Problem, Snapshot } from '../backend/backend';
import { toProblem } from '../backend/problem';
import { accountsOf, needsReconnection } from './groups';

export class Connections {
  snapshot = $state.raw<Snapshot | undefined>();
  agent = $state.raw<AgentState>({ connected: true });
  /** Why there is nothing to show yet. */
  failure = $state.raw<Problem | undefined>();

  readonly #backend: Backend;
  #wanted = 0;
  #loading: Promise<void> | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  readonly project = $derived.by(() => {
    const { projects = [], preferences } = this.snapshot ?? {};
    return projects.find(({ id }) => id === preferences?.project) ?? projects[0];
  });

  readonly accounts: Account[] = $derived.by(() => (this.snapshot && this.project ? accountsOf(this.snapshot, this.project.id) : []));

  readonly broken: Account[] = $derived.by(() => this.accounts.filter(needsReconnection));

  /** Listens and loads. The answer ends the listening. */
  start(seen: (event: Changed) => void): () => void {
    const stops = [
      this.#backend.onChanged((event) => {
        if (event.revision > (this.snapshot?.revision ?? 0)) void this.refresh(event.revision);
        seen(event);
      }),
      this.#backend.onAgent((state) => this.#agentChanged(state)),
    ];
    void this.refresh();
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Asks for the snapshot, once however often it is asked for meanwhile. */
  refresh(revision = 0): Promise<void> {
    this.#wanted = Math.max(this.#wanted, revision);
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Takes a snapshot unless it is older than the one on show. */
  apply(snapshot: Snapshot): void {
    if (this.snapshot && snapshot.revision < this.snapshot.revision) return;
    this.snapshot = snapshot;
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
        this.apply(await this.#backend.snapshot());
      } while (this.#wanted > Math.max(before, this.snapshot?.revision ?? 0));
      this.failure = undefined;
    } catch (error) {
      this.failure = toProblem(error);
    }
  }

  #agentChanged(state: AgentState): void {
    const regained = state.connected && !this.agent.connected;
    this.agent = state;
    if (!state.connected) return;
    if (regained) this.#forgetRevision();
    void this.refresh();
  }

  #forgetRevision(): void {
    if (this.snapshot) this.snapshot = { ...this.snapshot, revision: 0 };
  }
}
