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

export function groupsOf(snapshot: Snapshot, project: string, query = ''): ProviderGroup[] {
  const accounts = accountsOf(snapshot, project);
  return PROVIDERS.map((provider) => {
    const own = accounts.filter((account) => account.provider === provider);
    return {
      provider,
      app: snapshot.apps.find((app) => app.provider === provider),
      logins: loginsOf(snapshot.grants, own, query),
      withdrawing: withdrawingOf(snapshot, project, provider),
      attempts: snapshot.attempts.filter(
        (attempt) => attempt.provider === provider && attempt.project_id === project && isRunning(attempt),
      ),
      total: own.length,
    };
  });
}

function loginsOf(grants: Grant[], accounts: Account[], query: string): LoginGroup[] {
  return grants
    .map((grant) => {
      const own = accounts.filter((account) => account.grant_id === grant.id);
      const broken = own.length > 0 && (grant.health === 'reconnect' || own.some(({ health }) => health === 'reconnect'));
      return { grant, rows: rowsOf(matching(own, grant, query)), total: own.length, broken };
    })
    .filter((login) => login.rows.length > 0)
    .sort((a, b) => a.grant.connected_at.localeCompare(b.grant.connected_at) || a.grant.id.localeCompare(b.grant.id));
}

/** Pages by name, each followed by its Instagram account. One whose Page is not in the list stands on its own. */
export function rowsOf(accounts: Account[]): Row[] {
  const pages = new Set(accounts.filter(({ kind }) => kind === 'facebook_page').map(({ remote_id }) => remote_id));
  const isChild = (account: Account) => account.kind === 'instagram_account' && pages.has(account.parent_id);
  const byName = [...accounts].sort((a, b) => (a.name || a.username).localeCompare(b.name || b.username) || a.id.localeCompare(b.id));
  return byName
    .filter((account) => !isChild(account))
    .flatMap((account) => [
      { account, child: false },
      ...byName
        .filter((other) => isChild(other) && other.parent_id === account.remote_id)
        .map((other) => ({ account: other, child: true })),
    ]);
}

/** Logins with a withdrawal pending. One that no account of any project points to is shown everywhere. */
function withdrawingOf(snapshot: Snapshot, project: string, provider: Provider): Grant[] {
  return snapshot.grants.filter((grant) => {
    if (grant.provider !== provider || grant.state !== 'revoking') return false;
    const owners = snapshot.accounts.filter((account) => account.grant_id === grant.id);
    return owners.length === 0 || owners.some((account) => account.project_id === project);
  });
}

function matching(accounts: Account[], grant: Grant, query: string): Account[] {
  const wanted = fold(query.trim());
  if (!wanted) return accounts;
  return accounts.filter((account) =>
    fold(`${account.name} @${account.username} ${account.detail} ${grant.subject_name}`).includes(wanted),
  );
}

/** Lower case and without accents, so that "cafe" finds "Café". */
export function fold(words: string): string {
  return words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
