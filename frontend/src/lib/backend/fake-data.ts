/** A believable set of projects, logins and accounts, told from now. No real person or company is meant. */
import type { Account, Capabilities, Clocks, Grant, Notice, ProviderApp, Snapshot } from './backend';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export function from(now: number, span: number): string {
  return new Date(now + span).toISOString();
}

export const ALL: Capabilities = { publish: 'granted', messages: 'granted', comments: 'granted', analytics: 'granted' };
export const COMPANY: Capabilities = { ...ALL, messages: 'unavailable' };
export const PROFILE: Capabilities = { publish: 'granted', messages: 'unavailable', comments: 'unknown', analytics: 'unavailable' };

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
      allow_token: false,
    },
    projects: [
      { id: 'p-cafe', name: 'Café da Esquina', created_at: from(now, -60 * DAY), former: 0 },
      { id: 'p-loja', name: 'Loja do Bairro', created_at: from(now, -10 * DAY), former: 0 },
    ],
    apps: apps(),
    grants: grants(now),
    accounts: accounts(now),
    attempts: [],
    last_line: 0,
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

/** A disc before a sky; the version is the hue of both. */
export function fakePicture(version: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><path fill="hsl(${version} 40% 55%)" d="M0 0h96v96H0z"/><circle cx="48" cy="66" r="34" fill="hsl(${version} 45% 35%)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
