/** How the stand-in tells what changed, as the program does. */
import type { Account, Changes, Snapshot } from './backend';

export const NO_CHANGES: Changes = {
  since: 0,
  revision: 0,
  lost: false,
  grants: [],
  grants_gone: [],
  accounts: [],
  accounts_gone: [],
};

/** Disconnected, and nothing is left to be withdrawn. */
export function isFormer(account: Account, { grants }: Snapshot): boolean {
  return account.state === 'disconnected' && grants.find(({ id }) => id === account.grant_id)?.state !== 'revoking';
}

export function differenceOf(before: Snapshot, now: Snapshot): Changes {
  const { revision, grants, accounts, notices, ...frame } = now;
  const { revision: since, grants: oldGrants, accounts: oldAccounts, notices: oldNotices, ...oldFrame } = before;
  return {
    since,
    revision,
    lost: false,
    ...(same(frame, oldFrame) ? {} : { frame }),
    ...(same(notices, oldNotices) ? {} : { notices }),
    grants: changedOf(oldGrants, grants),
    grants_gone: goneOf(oldGrants, grants),
    accounts: changedOf(oldAccounts, accounts),
    accounts_gone: goneOf(oldAccounts, accounts),
  };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function changedOf<T extends { id: string }>(before: T[], now: T[]): T[] {
  const known = new Map(before.map((one) => [one.id, one]));
  return now.filter((one) => !same(one, known.get(one.id)));
}

function goneOf(before: { id: string }[], now: { id: string }[]): string[] {
  const left = new Set(now.map(({ id }) => id));
  return before.map(({ id }) => id).filter((id) => !left.has(id));
}
