/** Several logins to reconnect, one after the other. It opens no browser: each login's dialog does, when it is told to. */
import type { Attempt, Notice, Problem } from '../backend/backend';

export type Outcome = 'waiting' | 'healed' | 'skipped' | 'cancelled' | 'failed';

export interface Turn {
  notice: Notice;
  outcome: Outcome;
  /** How many accounts came back. */
  healed: number;
  problem?: Problem;
}

export class Queue {
  turns = $state.raw<Turn[]>([]);
  /** Which turn it is; outside of the list while none is. */
  at = $state(-1);

  readonly current = $derived<Turn | undefined>(this.turns[this.at]);
  /** Nothing comes after the present turn. */
  readonly last = $derived(this.at >= this.turns.length - 1);

  start(notices: readonly Notice[]): void {
    this.turns = notices.map((notice) => ({ notice, outcome: 'waiting', healed: 0 }));
    this.at = 0;
  }

  /** The dialog of the present turn was closed: what came of it is kept, and the next one has its turn. */
  ended(attempt: Attempt | undefined): void {
    this.turns = this.turns.map((turn, index) => (index === this.at ? { ...turn, ...outcomeOf(attempt) } : turn));
    this.at += 1;
  }

  /** No further turn; the result can still be read. */
  stop(): void {
    this.at = this.turns.length;
  }

  clear(): void {
    this.turns = [];
    this.at = -1;
  }
}

/** What is said by the attempt itself: a dialog that is closed on a failure did not cause it. */
function outcomeOf(attempt: Attempt | undefined): Partial<Turn> {
  if (attempt?.state === 'done') return { outcome: 'healed', healed: attempt.connected.length };
  if (attempt?.state === 'failed') return { outcome: 'failed', problem: attempt.problem ?? { code: 'internal' } };
  return { outcome: attempt ? 'cancelled' : 'skipped' };
}
