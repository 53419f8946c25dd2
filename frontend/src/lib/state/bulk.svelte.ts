/** Several accounts disconnected one after the other, and what became of each. */
import type { Account, Backend, DisconnectResult, Problem } from '../backend/backend';
import { toProblem } from '../backend/problem';

/**
 * The two that changed nothing come first, and those with something left to do: a list may end below its edge. Then
 * what went well; "here" is where the login has other accounts and goes on.
 */
export const ENDINGS = ['failed', 'skipped', 'unreachable', 'still_listed', 'here', 'withdrawn'] as const;
export type Ending = (typeof ENDINGS)[number];

export interface Ended {
  account: Account;
  ending: Ending;
  problem?: Problem;
}

export class BulkDisconnect {
  phase = $state<'asking' | 'running' | 'over'>('asking');
  ended = $state.raw<Ended[]>([]);
  /** No more are begun; the one under way is let finish. */
  stopping = $state(false);

  readonly accounts: readonly Account[];
  readonly #backend: Backend;

  constructor(backend: Backend, accounts: readonly Account[]) {
    this.#backend = backend;
    this.accounts = accounts;
  }

  async run(): Promise<void> {
    this.phase = 'running';
    for (const account of this.accounts) {
      const end: Ended = this.stopping ? { account, ending: 'skipped' } : await this.#one(account);
      this.ended = [...this.ended, end];
    }
    this.phase = 'over';
  }

  async #one(account: Account): Promise<Ended> {
    try {
      const result = await this.#backend.disconnect(account.id, false);
      return { account, ending: endingOf(result), problem: result.problem };
    } catch (error) {
      return { account, ending: 'failed', problem: toProblem(error) };
    }
  }
}

function endingOf({ outcome, whole_login: last }: DisconnectResult): Ending {
  return outcome === 'still_listed' && !last ? 'here' : outcome;
}

/** The logins that lose their last account with these: their access is withdrawn at the provider. */
export function loginsEmptiedBy(accounts: readonly Account[], all: readonly Account[]): string[] {
  const taken = new Set(accounts.map(({ id }) => id));
  const kept = new Set(all.filter(({ id, state }) => state === 'active' && !taken.has(id)).map((account) => account.grant_id));
  return [...new Set(accounts.map((account) => account.grant_id))].filter((id) => !kept.has(id));
}
