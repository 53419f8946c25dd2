/** The list of integrations as it is shown: by provider, then login, then Page with its Instagram account below it. */
import { type Account, type Attempt, type Grant, PROVIDERS, type Provider, type ProviderApp, type Snapshot } from '../backend/backend';

export interface Row {
  account: Account;
  /** The account hangs below the Page in the row above. */
  child: boolean;
}

export interface LoginGroup {
  grant: Grant;
  rows: Row[];
  /** How many accounts of this login the project has, the search left aside. */
  total: number;
  /** One sign-in with this login mends something. */
  broken: boolean;
}

export interface ProviderGroup {
  provider: Provider;
  app: ProviderApp | undefined;
  logins: LoginGroup[];
  /** Logins whose access the provider has yet to take back. */
  withdrawing: Grant[];
  /** Sign-ins under way. */
  attempts: Attempt[];
  total: number;
}

const RUNNING: readonly Attempt['state'][] = ['waiting', 'reading', 'choosing', 'saving'];

export function isRunning(attempt: { state: Attempt['state'] }): boolean {
  return RUNNING.includes(attempt.state);
}

/** States that a new sign-in, and nothing less, mends. */
export function needsReconnection(account: Pick<Account, 'health'>): boolean {
  return account.health === 'reconnect' || account.health === 'missing' || account.health === 'checkpoint';
}

/** The accounts that the project has now; what was disconnected is the timeline's. */
export function accountsOf(snapshot: Snapshot, project: string): Account[] {
  return snapshot.accounts.filter((account) => account.project_id === project && account.state === 'active');
}

export function groupsOf(snapshot: Snapshot, project: string): ProviderGroup[] {
  const accounts = accountsOf(snapshot, project);
  return PROVIDERS.map((provider) => {
    const own = accounts.filter((account) => account.provider === provider);
    return {
      provider,
      app: snapshot.apps.find((app) => app.provider === provider),
      logins: loginsOf(snapshot.grants, own),
      withdrawing: withdrawingOf(snapshot, project, provider),
      attempts: snapshot.attempts.filter(
        (attempt) => attempt.provider === provider && attempt.project_id === project && isRunning(attempt),
      ),
      total: own.length,
    };
  });
}

function loginsOf(grants: Grant[], accounts: Account[]): LoginGroup[] {
  const byGrant = groupBy(accounts, (account) => account.grant_id);
  return grants
    .map((grant) => {
      const own = byGrant.get(grant.id) ?? [];
      const broken = own.length > 0 && (grant.health === 'reconnect' || own.some(({ health }) => health === 'reconnect'));
      return { grant, rows: rowsOf(own), total: own.length, broken };
    })
    .filter((login) => login.rows.length > 0)
    .sort((a, b) => a.grant.connected_at.localeCompare(b.grant.connected_at) || a.grant.id.localeCompare(b.grant.id));
}

/** Those that the words are found in, their logins kept whole in all but their rows. */
export function searched(groups: ProviderGroup[], query: string): ProviderGroup[] {
  const wanted = fold(query.trim());
  if (!wanted) return groups;
  return groups.map((group) => ({
    ...group,
    logins: group.logins
      .map((login) => (fold(login.grant.subject_name).includes(wanted) ? login : { ...login, rows: matching(login.rows, wanted) }))
      .filter((login) => login.rows.length > 0),
  }));
}

function matching(rows: readonly Row[], wanted: string): Row[] {
  const found = rows.map(({ account }) => account).filter((account) => foldedOf(account).includes(wanted));
  const pages = new Set(found.filter(({ kind }) => kind === 'facebook_page').map(({ remote_id }) => remote_id));
  return found.map((account) => rowFor(account, account.kind === 'instagram_account' && pages.has(account.parent_id)));
}

/** Pages by name, each followed by its Instagram account. One whose Page is not in the list stands on its own. */
export function rowsOf(accounts: Account[]): Row[] {
  const pages = new Set(accounts.filter(({ kind }) => kind === 'facebook_page').map(({ remote_id }) => remote_id));
  const isChild = (account: Account) => account.kind === 'instagram_account' && pages.has(account.parent_id);
  const sorted = [...accounts].sort((a, b) => byName(a, b, 'id'));
  const below = groupBy(sorted.filter(isChild), (account) => account.parent_id);
  return sorted
    .filter((account) => !isChild(account))
    .flatMap((account) => [
      rowFor(account, false),
      ...(account.kind === 'facebook_page' ? (below.get(account.remote_id) ?? []) : []).map((other) => rowFor(other, true)),
    ]);
}

/** The same account in the same place is the same row, so that a search leaves what stays on show alone. */
const rows = { child: new WeakMap<Account, Row>(), alone: new WeakMap<Account, Row>() };

function rowFor(account: Account, child: boolean): Row {
  const known = rows[child ? 'child' : 'alone'];
  const row = known.get(account) ?? { account, child };
  known.set(account, row);
  return row;
}

/** The first so many rows of all logins, and how many are left. */
export function firstRows(logins: readonly LoginGroup[], limit: number): { logins: LoginGroup[]; left: number } {
  const shown: LoginGroup[] = [];
  let left = 0;
  let room = limit;
  for (const login of logins) {
    if (room > 0) shown.push(login.rows.length > room ? { ...login, rows: login.rows.slice(0, room) } : login);
    left += Math.max(login.rows.length - Math.max(room, 0), 0);
    room -= login.rows.length;
  }
  return { logins: shown, left };
}

/** Logins with a withdrawal pending. One that no account of any project points to is shown everywhere. */
function withdrawingOf(snapshot: Snapshot, project: string, provider: Provider): Grant[] {
  return snapshot.grants.filter((grant) => {
    if (grant.provider !== provider || grant.state !== 'revoking') return false;
    const owners = snapshot.accounts.filter((account) => account.grant_id === grant.id);
    return owners.length === 0 || owners.some((account) => account.project_id === project);
  });
}

/** Lower case and without accents, so that "cafe" finds "Café". */
export function fold(words: string): string {
  return words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

interface Named {
  name: string;
  username: string;
  detail: string;
}

// Hundreds of rows are searched at each keystroke and sorted at each change: both are worked out once.
const folded = new WeakMap<Named, string>();
const collator = new Intl.Collator(undefined, { numeric: true });

/** What a search looks into, of an account or a candidate. */
export function foldedOf(one: Named): string {
  let words = folded.get(one);
  if (words === undefined) {
    words = fold(`${one.name} @${one.username} ${one.detail}`);
    folded.set(one, words);
  }
  return words;
}

/** By name, and then by a key that never ties. */
export function byName<K extends string>(a: Named & Record<K, string>, b: Named & Record<K, string>, key: K): number {
  return collator.compare(a.name || a.username, b.name || b.username) || collator.compare(a[key], b[key]);
}

export function groupBy<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

/** Nothing was ever set up here: no app of the organisation's, and no account. */
export function isNew(snapshot: Snapshot): boolean {
  return !snapshot.demo && snapshot.accounts.length === 0 && snapshot.apps.every((app) => !app.configured);
}
