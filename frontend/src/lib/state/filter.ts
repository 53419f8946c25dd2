/** What of the list is on show and in which order. Pure: the list's own state is in account-list.svelte.ts. */
import type { Account, Health, Provider, Snapshot } from '../backend/backend';
import { foldedOf, type LoginGroup, type ProviderGroup, type Row, rowFor, wordsOf } from './groups';
import { fold } from './order';

export const HEALTH_FILTERS = ['all', 'attention', 'reconnect', 'expiring', 'limited', 'unverified', 'healthy', 'disconnected'] as const;
export type HealthFilter = (typeof HEALTH_FILTERS)[number];

export interface Filter {
  query: string;
  health: HealthFilter;
  provider: Provider | '';
}

/** The states behind each choice; "all" and "disconnected" go by where the account is in its life. */
const STATES: Partial<Record<HealthFilter, readonly Health[]>> = {
  attention: ['expiring', 'reconnect', 'missing', 'checkpoint', 'limited', 'unverified', 'keychain'],
  reconnect: ['reconnect', 'missing', 'checkpoint'],
  expiring: ['expiring'],
  limited: ['limited'],
  unverified: ['unverified', 'keychain'],
  healthy: ['healthy'],
};

export function isNarrow({ query, health, provider }: Filter): boolean {
  return query.trim() !== '' || health !== 'all' || provider !== '';
}

/** How many accounts each choice of state has in a project, or in all of them. */
export function countsOf(
  snapshot: Pick<Snapshot, 'accounts' | 'projects'> | undefined,
  project: string | undefined,
): Record<HealthFilter, number> {
  const counts = Object.fromEntries(HEALTH_FILTERS.map((name) => [name, 0])) as Record<HealthFilter, number>;
  const { accounts = [], projects = [] } = snapshot ?? {};
  for (const { id, former } of projects) if (project === undefined || id === project) counts.disconnected += former;
  for (const { project_id, state, health } of accounts) {
    if (project !== undefined && project_id !== project) continue;
    counts[state === 'active' ? 'all' : 'disconnected'] += 1;
    if (state !== 'active') continue;
    for (const name of HEALTH_FILTERS) if (STATES[name]?.includes(health)) counts[name] += 1;
  }
  return counts;
}

/** Says of an account by itself, its login left aside, whether the filter finds it. */
export function finder({ query, health, provider }: Filter): (account: Account) => boolean {
  const wanted = fold(query.trim());
  const states = STATES[health];
  return (one) =>
    (!provider || one.provider === provider) && (!states || states.includes(one.health)) && (!wanted || foldedOf(one).includes(wanted));
}

/** What the filter leaves of the groups, their logins kept whole in all but their rows. A login is found by its person too. */
export function narrowed(groups: readonly ProviderGroup[], { query, health, provider }: Filter): ProviderGroup[] {
  const wanted = fold(query.trim());
  const states = STATES[health];
  const inState = ({ health: one }: Account) => !states || states.includes(one);
  const found = (login: LoginGroup): LoginGroup => {
    const named = !wanted || fold(login.grant.subject_name).includes(wanted);
    if (named && !states) return login;
    const rows = nested(login.rows, (row) => inState(row.account) && (named || wordsOf(row).includes(wanted)));
    return { ...login, rows, count: rows.length };
  };
  return groups
    .filter((group) => !provider || group.provider === provider)
    .map((group) => (wanted || states ? { ...group, logins: group.logins.map(found).filter(({ count }) => count > 0) } : group));
}

/** Rows that stay, each below its Page only where that stays too: a family stands together, its Page first. */
function nested(rows: readonly Row[], keep: (row: Row) => boolean): Row[] {
  const found: Row[] = [];
  let page = false;
  for (const row of rows) {
    const kept = keep(row);
    if (!row.child) page = kept;
    if (kept) found.push(row.child && !page ? rowFor(row.account, false) : row);
  }
  return found;
}
