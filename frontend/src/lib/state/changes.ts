/** How a snapshot becomes the next one. What did not change stays the very same object, so that its row is left alone. */
import type { Changes, Snapshot } from '../backend/backend';

/** The snapshot after the changes since its revision; undefined when they are those of another. */
export function applied(snapshot: Snapshot, changes: Changes): Snapshot | undefined {
  if (changes.lost || changes.since !== snapshot.revision) return undefined;
  const { keychain, ...rest } = snapshot;
  return {
    // A frame without a keychain says that there is no trouble with it any more.
    ...(changes.frame ? { ...rest, ...changes.frame } : snapshot),
    revision: changes.revision,
    notices: changes.notices ?? snapshot.notices,
    grants: merged(snapshot.grants, changes.grants, changes.grants_gone),
    accounts: merged(snapshot.accounts, changes.accounts, changes.accounts_gone),
  };
}

function merged<T extends { id: string }>(list: T[], changed: readonly T[], gone: readonly string[]): T[] {
  if (changed.length + gone.length === 0) return list;
  const fresh = new Map(changed.map((one) => [one.id, one]));
  const away = new Set(gone);
  const kept = list.filter(({ id }) => !away.has(id)).map((one) => fresh.get(one.id) ?? one);
  const known = new Set(list.map(({ id }) => id));
  return [...kept, ...changed.filter(({ id }) => !known.has(id))];
}
