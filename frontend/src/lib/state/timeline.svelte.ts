/** The timeline on show: it grows at its end as one asks for older lines, and at its top as things happen. */
import type { Backend, EventKind, HistoryEntry, HistoryFilter, Problem } from '../backend/backend';
import { toProblem } from '../backend/problem';

const STEP = 50;

/** What an admin tells apart; the kinds of Go are finer. */
export const KINDS = {
  all: [],
  connections: ['connected', 'renewed', 'connect_undone', 'token_given'],
  health: ['checked', 'health_changed', 'data_restored', 'data_lost'],
  notices: ['notified'],
  ends: ['disconnected', 'withdrawn', 'still_listed', 'withdrawal_pending'],
} as const satisfies Record<string, readonly EventKind[]>;

export type KindGroup = keyof typeof KINDS;

export interface Day {
  key: string;
  entries: HistoryEntry[];
}

/** Lines by the local day on which they happened, in the order in which they come. */
export function daysOf(entries: readonly HistoryEntry[]): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const key = new Date(entry.at).toDateString();
    const last = days.at(-1);
    if (last?.key === key) last.entries.push(entry);
    else days.push({ key, entries: [entry] });
  }
  return days;
}

export class Timeline {
  entries = $state.raw<HistoryEntry[] | undefined>();
  problem = $state.raw<Problem | undefined>();
  /** There is nothing older. */
  ended = $state(false);
  loading = $state(false);

  readonly #backend: Backend;
  #filter: HistoryFilter | undefined;
  #turn = 0;
  /** Something happened while lines were on their way. */
  #missed = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Begins anew with another filter; what is on show stays until there is something to show. */
  async show(filter: HistoryFilter): Promise<void> {
    this.#filter = filter;
    await this.#load(0, (page) => {
      this.entries = page;
      this.ended = page.length < STEP;
    });
  }

  async older(): Promise<void> {
    if (this.loading || this.ended) return;
    await this.#load(this.entries?.at(-1)?.id ?? 0, (page) => {
      this.entries = [...(this.entries ?? []), ...page];
      this.ended = page.length < STEP;
    });
  }

  /** Puts on top what has happened meanwhile. Lines are only ever added, so nothing below has to be asked for again. */
  async newer(): Promise<void> {
    // What is under way is let finish: half of one filter's lines on another's would be a lie.
    if (this.loading) {
      this.#missed = true;
      return;
    }
    const newest = this.entries?.[0]?.id ?? 0;
    await this.#load(0, (page) => {
      const fresh = page.filter(({ id }) => id > newest);
      if (fresh.length === 0) return;
      // More happened than one page holds: what lies between would be missing.
      if (fresh.length === STEP) this.ended = false;
      this.entries = fresh.length === STEP ? fresh : [...fresh, ...(this.entries ?? [])];
    });
  }

  async #load(before: number, take: (page: HistoryEntry[]) => void): Promise<void> {
    if (!this.#filter) return;
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const page = await this.#backend.history({ ...this.#filter, before_id: before, limit: STEP });
      if (turn === this.#turn) {
        take(page);
        this.problem = undefined;
      }
    } catch (error) {
      if (turn === this.#turn) this.problem = toProblem(error);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
    if (turn !== this.#turn || !this.#missed) return;
    this.#missed = false;
    await this.newer();
  }
}
