/** The list of integrations as it is shown: by provider, then login, then Page with its Instagram account below it. */
import { type Account, type Attempt, type Grant, PROVIDERS, type Provider, type ProviderApp, type Snapshot } from '../backend/backend';
import { byName, compare, endOrder, fold, type Named, type Sort } from './order';

export interface Row {
  account: Account;
  /** The account hangs below the Page in the row above. */
  child: boolean;
  /** What a search looks into, once it has been asked for. */
  words?: string;
}

export interface LoginGroup {
  grant: Grant;
  /** They are put in order when somebody asks for them: of two hundred logins, three are in view. */
  readonly rows: Row[];
  /** How many rows there are. */
  count: number;
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

/** The accounts that a project has now; what was disconnected is the timeline's. */
export function accountsOf(snapshot: Snapshot, project: string): Account[] {
  return snapshot.accounts.filter((account) => account.project_id === project && account.state === 'active');
}

export interface Scope {
  /** Undefined for all projects. */
  project: string | undefined;
  sort?: Sort;
  /** What was disconnected, instead of what is connected. */
  gone?: boolean;
}

export function groupsOf(snapshot: Snapshot, { project, sort = 'name', gone = false }: Scope): ProviderGroup[] {
  const here = (one: { project_id: string }) => project === undefined || one.project_id === project;
  const accounts = snapshot.accounts.filter((account) => here(account) && (account.state === 'active') !== gone);
  return PROVIDERS.map((provider) => {
    const own = accounts.filter((account) => account.provider === provider);
    return {
      provider,
      app: snapshot.apps.find((app) => app.provider === provider),
      logins: loginsOf(snapshot.grants, own, sort),
      withdrawing: withdrawingOf(snapshot, project, provider),
      attempts: snapshot.attempts.filter((attempt) => attempt.provider === provider && here(attempt) && isRunning(attempt)),
      total: own.length,
    };
  });
}

function loginsOf(grants: Grant[], accounts: Account[], sort: Sort): LoginGroup[] {
  const byGrant = groupBy(accounts, (account) => account.grant_id);
  const logins = grants
    .filter((grant) => byGrant.has(grant.id))
    .map((grant) => {
      const own = byGrant.get(grant.id) ?? [];
      const broken = own.some(({ state }) => state === 'active') && [grant, ...own].some(({ health }) => health === 'reconnect');
      let rows: Row[] | undefined;
      return {
        grant,
        get rows() {
          rows ??= rowsOf(own, sort);
          return rows;
        },
        count: own.length,
        total: own.length,
        broken,
      };
    })
    .sort((a, b) => compare(a.grant.connected_at, b.grant.connected_at) || compare(a.grant.id, b.grant.id));
  return sort === 'end' ? logins.sort((a, b) => compare(endOf(a.rows), endOf(b.rows))) : logins;
}

/** Pages in order, each followed by its Instagram account: a family ends with its first. One whose Page is not in the list stands on its own. */
export function rowsOf(accounts: Account[], sort: Sort = 'name'): Row[] {
  const pages = pagesOf(accounts);
  const isChild = (account: Account) => account.kind === 'instagram_account' && pages.has(placeOf(account, account.parent_id));
  const sorted = [...accounts].sort((a, b) => byName(a, b, 'id'));
  const below = groupBy(sorted.filter(isChild), (account) => placeOf(account, account.parent_id));
  const families = sorted
    .filter((account) => !isChild(account))
    .map((account) => [
      rowFor(account, false),
      ...(account.kind === 'facebook_page' ? (below.get(placeOf(account, account.remote_id)) ?? []) : []).map((other) =>
        rowFor(other, true),
      ),
    ]);
  if (sort === 'end') {
    const ends = new Map(families.map((family) => [family, endOf(family)]));
    families.sort((a, b) => compare(ends.get(a) ?? 0, ends.get(b) ?? 0));
  }
  return families.flat();
}

/** One Page may be connected in several projects, and has its Instagram account in each. */
function placeOf(account: Account, remote: string): string {
  return `${account.project_id} ${remote}`;
}

function pagesOf(accounts: readonly Account[]): Set<string> {
  return new Set(accounts.filter(({ kind }) => kind === 'facebook_page').map((page) => placeOf(page, page.remote_id)));
}

function endOf(rows: readonly Row[]): number {
  return rows.reduce((first, { account }) => Math.min(first, endOrder(account)), Number.POSITIVE_INFINITY);
}

/** The same account in the same place is the same row, so that a search leaves what stays on show alone. */
const rows = { child: new WeakMap<Account, Row>(), alone: new WeakMap<Account, Row>() };

export function rowFor(account: Account, child: boolean): Row {
  const known = rows[child ? 'child' : 'alone'];
  const row = known.get(account) ?? { account, child };
  known.set(account, row);
  return row;
}

/** Logins with a withdrawal pending. One that no account of any project points to is shown everywhere. */
function withdrawingOf(snapshot: Snapshot, project: string | undefined, provider: Provider): Grant[] {
  return snapshot.grants.filter((grant) => {
    if (grant.provider !== provider || grant.state !== 'revoking') return false;
    const owners = snapshot.accounts.filter((account) => account.grant_id === grant.id);
    return project === undefined || owners.length === 0 || owners.some((account) => account.project_id === project);
  });
}

// What is looked into is worked out once.
const folded = new WeakMap<Named & { detail: string }, string>();

/** What a search looks into, of an account or a candidate. */
export function foldedOf(one: Named & { detail: string }): string {
  let words = folded.get(one);
  if (words === undefined) {
    words = fold(`${one.name} @${one.username} ${one.detail}`);
    folded.set(one, words);
  }
  return words;
}

/** The same for a row, without looking it up: ten thousand are searched at each keystroke. */
export function wordsOf(row: Row): string {
  row.words ??= foldedOf(row.account);
  return row.words;
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
  return !snapshot.demo && !snapshot.partial && snapshot.accounts.length === 0 && snapshot.apps.every((app) => !app.configured);
}
