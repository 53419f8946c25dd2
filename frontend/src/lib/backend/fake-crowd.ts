/** Many accounts and logins, and names that are hard to show. */
import type { Account, Clocks, Grant, Snapshot } from './backend';
import { DAY, from } from './fake-data';

/** Names that somebody chose to break a list with. Go has taken out what turns the direction of a text. */
export const HOSTILE: readonly string[] = [
  'Loja '.repeat(40),
  'SemEspaços'.repeat(20),
  '<script>alert(1)</script>',
  '👩‍👩‍👧‍👦🏳️‍🌈🔥'.repeat(12),
  'مقهى الزاوية في المدينة القديمة',
  `Ẑ${'\u0334\u0317\u0349\u0302'.repeat(12)}algo`,
  '{{.count}} $t(health.healthy) %s',
  '‘“"\'><img src=x onerror=alert(1)>',
];

/** A login with this many accounts: Pages, each with its Instagram account. */
export function manyAccounts(snapshot: Snapshot, count: number): Account[] {
  const [page, instagram] = [snapshot.accounts[0]!, snapshot.accounts[1]!];
  return Array.from({ length: count }, (_, index) => {
    const number = Math.floor(index / 2) + 1;
    const own = { id: `a-many-${index}`, remote_id: `r-many-${index}`, name: `Loja ${number} do Bairro`, grant_id: 'g-joao' };
    if (index % 2 === 0) return { ...page, ...own, detail: number % 3 === 0 ? 'Portfólio Prado' : '' };
    return { ...instagram, ...own, health: 'healthy', username: `loja.${number}`, parent_id: `r-many-${index - 1}` };
  });
}

/** An agency: logins of 250 accounts each at both providers, in two projects, most of them well. */
export function agency(snapshot: Snapshot, count: number): Pick<Snapshot, 'grants' | 'accounts'> {
  const [meta, , linkedin] = snapshot.grants as [Grant, Grant, Grant];
  const SIZE = 250;
  const TROUBLE = ['expiring', 'reconnect', 'limited', 'unverified', 'missing'] as const;
  const logins = Array.from({ length: Math.ceil(count / SIZE) }, (_, index): Grant => {
    const like = index % 4 === 3 ? linkedin : meta;
    const own = { id: `g-agency-${index}`, subject_name: `Gestora ${index + 1}`, health: 'healthy' as const };
    return { ...like, ...own, connected_at: new Date(Date.parse(like.connected_at) + index * DAY).toISOString() };
  });
  const accounts = logins.flatMap((grant, login) =>
    manyAccounts(snapshot, Math.min(SIZE, count - login * SIZE)).map((account, index): Account => {
      const number = login * SIZE + index;
      const parent_id = account.parent_id && `${account.parent_id}-${login}`;
      const own = {
        id: `a-agency-${number}`,
        remote_id: `r-many-${index}-${login}`,
        grant_id: grant.id,
        provider: grant.provider,
        parent_id,
      };
      const place = {
        name: account.name.replace('Loja', `Loja ${login + 1}.`),
        username: account.username && `loja.${login + 1}.${index}`,
      };
      const kind = grant.provider === 'linkedin' ? { kind: 'linkedin_organization' as const, username: '', parent_id: '' } : {};
      const trouble =
        number % 23 === 7
          ? { health: TROUBLE[number % TROUBLE.length]!, cause: 'provider_trouble' as const }
          : { health: 'healthy' as const };
      return { ...account, ...own, ...place, ...kind, ...trouble, project_id: number % 50 === 49 ? 'p-loja' : 'p-cafe' };
    }),
  );
  return { grants: logins, accounts };
}

const PEOPLE = ['Ana Souza', 'Bruno Reis', 'Caio Melo', 'Denise Prado', 'Elisa Ramos', 'Fábio Nunes', 'Gilda Torres', 'Hugo Sá'];

/** Other logins of two projects, with notices about the first ones and dates spread over more than the coming three months. */
export function addLogins(snapshot: Snapshot, count: number, noticed: number): void {
  const now = Date.now();
  const [grant, account] = [snapshot.grants[0]!, snapshot.accounts[0]!];
  for (let index = 0; index < count; index += 1) {
    const name = `${PEOPLE[index % PEOPLE.length]}${index < PEOPLE.length ? '' : ` ${Math.floor(index / PEOPLE.length) + 1}`}`;
    const own = { id: `g-more-${index}`, provider: index % 3 === 2 ? ('linkedin' as const) : ('meta' as const) };
    const ends = from(now, (((index * 37) % 120) + 1) * DAY);
    const soon = from(now, (index + 2) * DAY);
    const told = index < noticed ? (['reconnect', 'expiring', 'missing', 'checkpoint'] as const)[index % 4]! : undefined;
    const clocks: Clocks =
      index % 11 === 10 ? {} : { token: { kind: 'expires', at: ends, source: index % 5 === 4 ? 'assumed' : 'provider' } };
    if (own.provider === 'linkedin') clocks.refresh = { kind: 'expires', at: ends, source: 'provider' };
    snapshot.grants.push({ ...grant, ...own, subject_name: name, clocks, health: told === 'reconnect' ? 'reconnect' : 'healthy' });
    const project_id = index % 2 === 0 ? 'p-cafe' : 'p-loja';
    const health = told === 'expiring' || told === undefined ? ('healthy' as const) : told;
    snapshot.accounts.push({
      ...account,
      id: `a-more-${index}`,
      remote_id: `r-more-${index}`,
      grant_id: own.id,
      provider: own.provider,
      project_id,
      name: `Loja de ${name}`,
      kind: own.provider === 'linkedin' ? 'linkedin_organization' : 'facebook_page',
      health,
      clocks: {},
    });
    if (!told) continue;
    const cause = { reconnect: 'revoked', expiring: undefined, missing: 'not_in_grant', checkpoint: 'checkpoint' } as const;
    const date = told === 'expiring' ? { clock: 'token' as const, ends_at: soon } : {};
    snapshot.notices.push({
      ...date,
      grant_id: own.id,
      provider: own.provider,
      subject_name: name,
      health: told,
      cause: cause[told],
      account_id: `a-more-${index}`,
      project_id,
      accounts: 1,
    });
  }
}
