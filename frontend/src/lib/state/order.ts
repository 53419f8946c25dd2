/** In which order accounts stand. Ten thousand are sorted at each change, so what is compared is worked out once. */
import type { Account } from '../backend/backend';

export type Sort = 'name' | 'end';

/** Lower case and without accents, so that "cafe" finds "Café". */
export function fold(words: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  const plain = /^[\x00-\x7f]*$/.test(words) ? words : words.normalize('NFD').replace(/\p{M}/gu, '');
  return plain.toLowerCase();
}

export interface Named {
  name: string;
  username: string;
}

const keys = new WeakMap<Named, string>();

/** A text whose plain order is that of the names: no accents, and 2 before 10. */
function keyOf(one: Named): string {
  let key = keys.get(one);
  if (key === undefined) {
    key = fold(one.name || one.username).replace(/\d+/g, (digits) => digits.padStart(9, '0'));
    keys.set(one, key);
  }
  return key;
}

/** By name, and then by a key that never ties. */
export function byName<K extends string>(a: Named & Record<K, string>, b: Named & Record<K, string>, key: K): number {
  return compare(keyOf(a), keyOf(b)) || compare(a[key], b[key]);
}

export function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** When what an account needs runs out: what has ended already comes first, what never ends last. */
export function endOrder(account: Pick<Account, 'health' | 'ends_at' | 'clocks'>): number {
  if (account.health === 'reconnect' || account.health === 'missing' || account.health === 'checkpoint') return 0;
  const { token, data_access: data } = account.clocks;
  const dates = [account.ends_at, token?.at, data?.at].filter((at) => at !== undefined && at !== '').map((at) => Date.parse(at as string));
  return dates.length > 0 ? Math.min(...dates) : Number.POSITIVE_INFINITY;
}
