/** A believable set of projects, logins and accounts, told from now. No real person or company is meant. */
import type { Account, Candidate, Capabilities, Clocks, Grant, HistoryEntry, Notice, ProviderApp, Snapshot } from './backend';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function from(now: number, span: number): string {
  return new Date(now + span).toISOString();
}

export const ALL: Capabilities = { publish: 'granted', messages: 'granted', comments: 'granted', analytics: 'granted' };
const COMPANY: Capabilities = { ...ALL, messages: 'unavailable' };
const PROFILE: Capabilities = { publish: 'granted', messages: 'unavailable', comments: 'unknown', analytics: 'unavailable' };

const NOT_WATCHING: Snapshot['watch'] = { checking: false, done: 0, total: 0, offline: false, clock_wrong: false };

const PORTS = [17653, 27653, 37653];

function apps(): ProviderApp[] {
  const common = { configured: true, has_secret: true, redirect: 'localhost' as const, ports: PORTS, relay_url: '', login_config: '' };
  return [
    {
      ...common,
      provider: 'meta',
      product: '',
      tier: '',
      client_id: '731204918822410',
      api_version: 'v26.0',
      redirect_uris: PORTS.map((port) => `http://localhost:${port}/callback/meta`),
      permissions: [],
    },
    {
      ...common,
      provider: 'linkedin',
      product: 'community_management',
      tier: 'development',
      client_id: '86kp2vqx0w7r1c',
      api_version: '202610',
      redirect_uris: PORTS.map((port) => `http://localhost:${port}/callback/linkedin`),
      permissions: [],
    },
  ];
}

function grants(now: number): Grant[] {
  const grant = (id: string, provider: Grant['provider'], subject: string, more: Partial<Grant>): Grant => ({
    id,
    provider,
    subject_id: `person-${subject}`,
    subject_name: subject,
    client_id: provider === 'meta' ? '731204918822410' : '86kp2vqx0w7r1c',
    state: 'active',
    health: 'healthy',
    clocks: {},
    granted: ['pages_show_list', 'pages_manage_posts', 'instagram_basic'],
    declined: [],
    lacks: [],
    connected_at: from(now, -40 * DAY),
    checked_at: from(now, -12 * MINUTE),
    good_at: from(now, -12 * MINUTE),
    ...more,
  });
  const until = (days: number): Clocks => ({ token: { kind: 'expires', at: from(now, days * DAY), source: 'provider' } });
  return [
    grant('g-joao', 'meta', 'João Prado', { clocks: until(20) }),
    grant('g-maria', 'meta', 'Maria Lima', {
      health: 'reconnect',
      cause: 'password_changed',
      connected_at: from(now, -30 * DAY),
      good_at: from(now, -5 * 60 * MINUTE),
      clocks: until(31),
    }),
    grant('g-joao-in', 'linkedin', 'João Prado', {
      health: 'unverified',
      cause: 'provider_trouble',
      trace_id: 'AAYc5tQ0mLk7bF2w',
      checked_at: from(now, -4 * MINUTE),
      good_at: from(now, -DAY),
      clocks: until(42),
      connected_at: from(now, -18 * DAY),
    }),
  ];
}

function notices(now: number): Notice[] {
  const about = { project_id: 'p-cafe', provider: 'meta' as const };
  return [
    {
      ...about,
      grant_id: 'g-maria',
      subject_name: 'Maria Lima',
      health: 'reconnect',
      cause: 'password_changed',
      account_id: 'a-torra',
      accounts: 2,
      told_at: from(now, -3 * 60 * MINUTE),
    },
    {
      ...about,
      grant_id: 'g-joao',
      subject_name: 'João Prado',
      health: 'expiring',
      clock: 'data_access',
      ends_at: from(now, 6 * DAY),
      account_id: 'a-cafe-ig',
      accounts: 1,
    },
  ];
}

function accounts(now: number): Account[] {
  const account = (id: string, grant: string, kind: Account['kind'], name: string, more: Partial<Account> = {}): Account => ({
    id,
    project_id: 'p-cafe',
    grant_id: grant,
    provider: kind.startsWith('linkedin') ? 'linkedin' : 'meta',
    kind,
    remote_id: `r-${id}`,
    name,
    username: '',
    parent_id: '',
    detail: '',
    picture: '',
    state: 'active',
    health: 'healthy',
    clocks: { token: { kind: 'never', source: 'provider' } },
    capabilities: ALL,
    connected_at: from(now, -40 * DAY),
    checked_at: from(now, -12 * MINUTE),
    good_at: from(now, -12 * MINUTE),
    ...more,
  });
  const expires = (days: number) => ({ kind: 'expires' as const, at: from(now, days * DAY), source: 'provider' as const });
  const broken = { health: 'reconnect' as const, cause: 'password_changed' as const };
  return [
    account('a-cafe', 'g-joao', 'facebook_page', 'Café da Esquina', { picture: '24' }),
    account('a-cafe-ig', 'g-joao', 'instagram_account', 'Café da Esquina', {
      username: 'cafedaesquina',
      parent_id: 'r-a-cafe',
      health: 'expiring',
      clock: 'data_access',
      ends_at: expires(6).at,
      clocks: { token: { kind: 'never', source: 'provider' }, data_access: expires(6) },
    }),
    account('a-franquias', 'g-joao', 'facebook_page', 'Café da Esquina – Franquias', {
      detail: 'Portfólio Prado',
      health: 'limited',
      cause: 'permission_missing',
      capabilities: { ...ALL, messages: 'missing' },
    }),
    account('a-emporio', 'g-joao', 'facebook_page', 'Empório e Torrefação Artesanal do Vale do Rio Doce'),
    account('a-emporio-ig', 'g-joao', 'instagram_account', 'Empório do Vale', {
      username: 'emporiodovale',
      picture: '140',
      parent_id: 'r-a-emporio',
      clocks: { token: { kind: 'never', source: 'provider' }, data_access: expires(71) },
    }),
    account('a-torra', 'g-maria', 'facebook_page', 'Torrefação Prado', broken),
    account('a-torra-ig', 'g-maria', 'instagram_account', 'Torrefação Prado', {
      username: 'torrefacaoprado',
      parent_id: 'r-a-torra',
      ...broken,
    }),
    account('a-cafe-in', 'g-joao-in', 'linkedin_organization', 'Café da Esquina', {
      detail: 'Superadministrador',
      health: 'unverified',
      cause: 'provider_trouble',
      clocks: { token: expires(42) },
      capabilities: COMPANY,
      good_at: from(now, -DAY),
    }),
    account('a-joao-in', 'g-joao-in', 'linkedin_member', 'João Prado', {
      picture: '210',
      health: 'unverified',
      cause: 'provider_trouble',
      clocks: { token: expires(42) },
      capabilities: PROFILE,
      good_at: from(now, -DAY),
    }),
    account('a-old', 'g-joao', 'facebook_page', 'Café da Esquina – Quiosque', {
      state: 'disconnected',
      health: 'disconnected',
      disconnected_at: from(now, -20 * DAY),
    }),
    account('a-loja', 'g-joao', 'facebook_page', 'Loja do Bairro', { project_id: 'p-loja' }),
  ];
}

export function fakeSnapshot(now: number): Snapshot {
  return {
    revision: 1,
    version: '0.1.0',
    demo: false,
    updates: false,
    data_folder: '/home/maria/.local/share/kontent-connect',
    preferences: {
      language: 'pt-BR',
      theme: 'system',
      project: 'p-cafe',
      notices: { desktop: true, discreet: false, quiet: false, quiet_from: '22:00', quiet_to: '08:00' },
      background: true,
      close_explained: false,
      updates: true,
    },
    projects: [
      { id: 'p-cafe', name: 'Café da Esquina', created_at: from(now, -60 * DAY) },
      { id: 'p-loja', name: 'Loja do Bairro', created_at: from(now, -10 * DAY) },
    ],
    apps: apps(),
    grants: grants(now),
    accounts: accounts(now),
    attempts: [],
    notices: notices(now),
    watch: {
      ...NOT_WATCHING,
      checked_at: from(now, -12 * MINUTE),
      next_at: from(now, 38 * MINUTE),
    },
    system: { notifications: 'available', buttons: true, tray: true, start_at_login: false, can_start_at_login: true },
  };
}

/** A program that was just installed: one project, nothing set up. */
export function freshSnapshot(now: number): Snapshot {
  const base = fakeSnapshot(now);
  const bare = base.apps.map((app) => ({ ...app, configured: false, has_secret: false, client_id: '' }));
  return { ...base, projects: base.projects.slice(0, 1), apps: bare, grants: [], accounts: [], notices: [], watch: NOT_WATCHING };
}

export function fakeHistory(now: number): HistoryEntry[] {
  const entry = (
    id: number,
    minutes: number,
    kind: HistoryEntry['kind'],
    subject: string,
    more: Partial<HistoryEntry> = {},
  ): HistoryEntry => ({
    id,
    at: from(now, -minutes * MINUTE),
    kind,
    subject,
    provider: 'meta',
    project_id: 'p-cafe',
    ...more,
  });
  return [
    entry(9, 4, 'notified', 'Café da Esquina', { provider: 'linkedin', grant_id: 'g-joao-in', cause: 'expired' }),
    entry(8, 12, 'health_changed', 'João Prado', { grant_id: 'g-joao', project_id: '' }),
    entry(7, 175, 'notified', '@torrefacaoprado', { grant_id: 'g-maria', cause: 'password_changed' }),
    entry(6, 180, 'health_changed', 'Maria Lima', { grant_id: 'g-maria', cause: 'password_changed', project_id: '' }),
    entry(5, 1500, 'renewed', 'João Prado', { grant_id: 'g-joao', project_id: '' }),
    entry(4, 28_800, 'still_listed', 'João Prado', { grant_id: 'g-joao', project_id: '' }),
    entry(3, 28_801, 'disconnected', 'Café da Esquina – Quiosque', { account_id: 'a-old', grant_id: 'g-joao' }),
    entry(2, 57_600, 'connected', '@cafedaesquina', { account_id: 'a-cafe-ig', grant_id: 'g-joao' }),
    entry(1, 57_600, 'connected', 'Café da Esquina', { account_id: 'a-cafe', grant_id: 'g-joao' }),
  ];
}

/** A disc before a sky; the version is the hue of both. */
export function fakePicture(version: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><path fill="hsl(${version} 40% 55%)" d="M0 0h96v96H0z"/><circle cx="48" cy="66" r="34" fill="hsl(${version} 45% 35%)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function candidate(kind: Candidate['kind'], id: string, name: string, more: Partial<Candidate> = {}): Candidate {
  return { kind, remote_id: id, name, username: '', parent_id: '', detail: '', usable: true, capabilities: ALL, connected: false, ...more };
}

export function metaCandidates(): Candidate[] {
  return [
    candidate('facebook_page', 'r-a-cafe', 'Café da Esquina', { connected: true }),
    candidate('instagram_account', 'r-a-cafe-ig', 'Café da Esquina', { username: 'cafedaesquina', parent_id: 'r-a-cafe', connected: true }),
    candidate('facebook_page', 'r-padaria', 'Padaria São Bento', { detail: 'Portfólio Prado' }),
    candidate('instagram_account', 'r-padaria-ig', 'Padaria São Bento', { username: 'padariasaobento', parent_id: 'r-padaria' }),
    candidate('facebook_page', 'r-sorvetes', 'Sorvetes da Praça', { connected_in: 'Loja do Bairro' }),
    candidate('facebook_page', 'r-feira', 'Feira Livre de Orgânicos da Zona Oeste e Adjacências', { reason: 'instagram_unreadable' }),
    candidate('facebook_page', 'r-doceria', 'Doceria Aurora', { usable: false, reason: 'not_ticked' }),
    candidate('facebook_page', 'r-bistro', 'Bistrô da Ladeira', { usable: false, reason: 'no_content_task' }),
    candidate('instagram_account', 'r-bistro-ig', 'Bistrô', {
      username: 'bistrodaladeira',
      parent_id: 'r-bistro',
      usable: false,
      reason: 'instagram_personal',
    }),
  ];
}

export function linkedInCandidates(): Candidate[] {
  return [
    candidate('linkedin_organization', 'urn:li:organization:11', 'Padaria São Bento', {
      detail: 'Administrador de conteúdo',
      capabilities: COMPANY,
    }),
    candidate('linkedin_organization', 'urn:li:organization:12', 'Bistrô da Ladeira', {
      usable: false,
      reason: 'role_insufficient',
      detail: 'Analista',
      capabilities: COMPANY,
    }),
    candidate('linkedin_member', 'urn:li:person:9', 'Rita Campos', { reason: 'profile_limits', capabilities: PROFILE }),
  ];
}

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

/** One account in each state that an account can be in, each with a cause that goes with it. */
export function everyState(now: number): Account[] {
  const base = accounts(now);
  const [page, instagram, , , , , , company] = base as [Account, Account, ...Account[]];
  const one = (id: string, like: Account | undefined, more: Partial<Account>): Account => {
    const { cause: _, clock: __, ends_at: ___, ...rest } = like ?? page;
    return { ...rest, id: `a-state-${id}`, remote_id: `r-state-${id}`, parent_id: '', health: 'healthy', ...more };
  };
  return [
    one('healthy', page, { name: 'Conectada' }),
    one('expiring', instagram, { name: 'Expira', username: 'expira', health: 'expiring', clock: 'token', ends_at: from(now, 6 * DAY) }),
    one('reconnect', page, { name: 'Reconectar', health: 'reconnect', cause: 'revoked' }),
    one('limited', page, {
      name: 'Com limite',
      health: 'limited',
      cause: 'permission_missing',
      capabilities: { ...ALL, messages: 'missing', analytics: 'missing' },
    }),
    one('role', page, { name: 'Papel limitado', health: 'limited', cause: 'role_lost' }),
    one('unverified', company, { name: 'Não verificada', health: 'unverified', cause: 'offline' }),
    one('set-up', company, { name: 'Aplicativo recusado', health: 'unverified', cause: 'app_setup' }),
    one('missing', page, { name: 'Fora da autorização', health: 'missing', cause: 'not_in_grant' }),
    one('checkpoint', instagram, { name: 'Confirmação', username: 'confirmacao', health: 'checkpoint', cause: 'checkpoint' }),
    one('keychain', page, { name: 'Chaveiro', health: 'keychain', cause: 'keychain_locked' }),
    one('disconnected', page, {
      name: 'Desconectada',
      state: 'disconnected',
      health: 'disconnected',
      disconnected_at: from(now, -20 * DAY),
    }),
  ];
}

export function manyCandidates(count: number): Candidate[] {
  return Array.from({ length: count }, (_, index) => {
    const number = Math.floor(index / 2) + 1;
    if (index % 2 === 0) return candidate('facebook_page', `r-new-${index}`, `Filial ${number}`, { detail: 'Portfólio Prado' });
    const reason = number % 9 === 0 ? ({ usable: false, reason: 'instagram_not_ticked' } as const) : {};
    return candidate('instagram_account', `r-new-${index}`, `Filial ${number}`, {
      username: `filial.${number}`,
      parent_id: `r-new-${index - 1}`,
      ...reason,
    });
  });
}

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

export function hostileCandidates(): Candidate[] {
  return HOSTILE.map((name, index) => candidate('facebook_page', `r-hostile-${index}`, name, { detail: name }));
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

/** A timeline of so many lines, one every few hours. */
export function longHistory(now: number, count: number): HistoryEntry[] {
  const lines = fakeHistory(now);
  return Array.from({ length: count }, (_, index) => ({
    ...(lines[index % lines.length] as HistoryEntry),
    id: count - index,
    at: from(now, -index * 200 * MINUTE),
  }));
}
