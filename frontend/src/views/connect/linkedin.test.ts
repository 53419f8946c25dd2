/** What LinkedIn alone does: products that give permissions, walls that call nobody, renewals in five seconds. */
import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Account, Attempt, Grant, Snapshot } from '../../lib/backend/backend';
import { fakeSnapshot, from } from '../../lib/backend/fake-data';
import { endOf, isQuick, renewalOf } from '../../lib/text/words';
import { act, button, callsOf, click, dialogNamed, lastAttempt, openWindow } from '../../testing/window';

const LINKEDIN = 'Conectar conta: LinkedIn';
const META = 'Conectar conta: Instagram/Facebook';
const DAY = 86_400_000;
const COMMUNITY = 'Community Management API';

const LACKS: Attempt['lacks'] = [
  { scope: 'w_organization_social', product: COMMUNITY, uses: [{ kind: 'linkedin_organization', capability: 'publish' }] },
  { scope: 'rw_organization_admin', product: COMMUNITY, uses: [] },
];

async function waiting(provider = LINKEDIN, snapshot = fakeSnapshot(Date.now())) {
  const world = await openWindow({ snapshot });
  await click(world.user, provider);
  await click(world.user, 'Abrir o navegador');
  await dialogNamed('Aguardando o navegador');
  return world;
}

/** A snapshot whose LinkedIn login has so many days left, and a state of health. */
function aging(days: number, health: Grant['health'] = 'expiring', refresh?: number): Snapshot {
  const now = Date.now();
  const snapshot = fakeSnapshot(now);
  const expires = (left: number) => ({ kind: 'expires' as const, at: from(now, left * DAY), source: 'provider' as const });
  const clocks = { token: expires(days), ...(refresh === undefined ? {} : { refresh: expires(refresh) }) };
  for (const one of [...snapshot.grants, ...snapshot.accounts]) {
    if (one.provider === 'linkedin') Object.assign(one, { health, cause: health === 'reconnect' ? 'expired' : undefined, clocks });
  }
  for (const one of snapshot.accounts) if (one.provider === 'linkedin') Object.assign(one, { clock: 'token', ends_at: clocks.token.at });
  return snapshot;
}

const ofLinkedIn = (snapshot: Snapshot) => snapshot.accounts.find(({ provider }) => provider === 'linkedin') as Account;

describe('a wall that never calls back', () => {
  it('is explained on demand from the start, with what to compare and to copy', async () => {
    const { fake, user } = await waiting();
    expect(screen.queryByText(/Authorized redirect URLs/)).toBeNull();
    await click(user, 'Nada aconteceu no navegador?');
    expect(button('Nada aconteceu no navegador?')).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByRole('textbox', { name: 'Endereço de retorno em uso' })).toHaveValue('http://localhost:17653/callback/linkedin');
    expect(screen.getByRole('textbox', { name: 'Client ID em uso' })).toHaveValue('86kp2vqx0w7r1c');
    expect(within(await dialogNamed('Aguardando o navegador')).getAllByRole('listitem')).toHaveLength(4);
    await click(user, 'Copiar: Endereço de retorno em uso');
    expect(fake.clipboard).toBe('http://localhost:17653/callback/linkedin');
  });

  it('says of the native flow that any port will do', async () => {
    const { fake, user } = await waiting();
    fake.update(lastAttempt(fake), { redirect_uri: 'http://127.0.0.1:40123/callback/linkedin' });
    await click(user, 'Nada aconteceu no navegador?');
    expect(await screen.findByText(/a porta pode ser qualquer uma/)).toBeInTheDocument();
    expect(screen.queryByText(/Authorized redirect URLs/)).toBeNull();
  });

  it('has words of its own for Meta', async () => {
    const { user } = await waiting(META);
    await click(user, 'Nada aconteceu no navegador?');
    expect(screen.getByText(/URL bloqueada/)).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'App ID em uso' })).toHaveValue('731204918822410');
  });

  it('stands open when the time is over', async () => {
    const { fake } = await waiting();
    const args = { redirect_uri: 'http://localhost:17653/callback/linkedin', client_id: '86kp2vqx0w7r1c' };
    fake.update(lastAttempt(fake), { state: 'failed', problem: { code: 'sign_in_timeout', args } });
    await dialogNamed('O login não foi concluído');
    expect(screen.getByRole('heading', { name: 'Nada aconteceu no navegador?' })).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Endereço de retorno em uso' })).toHaveValue(args.redirect_uri);
  });

  it('is no matter for a choice that nobody made in time', async () => {
    const { fake } = await waiting();
    fake.update(lastAttempt(fake), { state: 'failed', problem: { code: 'sign_in_timeout' } });
    await dialogNamed('O login não foi concluído');
    expect(screen.queryByText('Nada aconteceu no navegador?')).toBeNull();
  });
});

describe('an app of Sign In and Share', () => {
  function sharing(): Snapshot {
    const snapshot = fakeSnapshot(Date.now());
    for (const app of snapshot.apps) if (app.provider === 'linkedin') app.product = 'sign_in_share';
    return snapshot;
  }

  it('is asked for the profile and for publishing, and for nothing else', async () => {
    const { fake, user } = await openWindow({ snapshot: sharing() });
    await click(user, LINKEDIN);
    await click(user, 'Escolher');
    expect(screen.getByRole('checkbox', { name: /^Comentários – só com o produto/ })).toBeDisabled();
    expect(screen.getByRole('checkbox', { name: /^Mensagens – o LinkedIn não oferece/ })).toBeDisabled();
    expect(screen.queryByRole('checkbox', { name: /^Páginas de empresa/ })).toBeNull();
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({ kinds: ['linkedin_member'], capabilities: ['publish'] });
  });

  it('never says of a person that she has no Company Pages', async () => {
    const { fake } = await waiting(LINKEDIN, sharing());
    fake.finish(lastAttempt(fake), { candidates: [], granted: ['openid', 'profile', 'w_member_social'] });
    expect(await screen.findByText('O aplicativo não pode ver páginas de empresa.')).toBeInTheDocument();
    expect(screen.queryByText('Esta pessoa não administra nenhuma página de empresa.')).toBeNull();
  });
});

describe('a permission that LinkedIn did not give', () => {
  it('is named with its product, what it costs, and the way there', async () => {
    const { fake } = await waiting();
    fake.finish(lastAttempt(fake), { declined: LACKS.map(({ scope }) => scope), lacks: LACKS });
    await dialogNamed('Escolha o que conectar');
    expect(screen.getByText('2 permissões não foram concedidas')).toBeInTheDocument();
    const publishing = screen.getByText(`w_organization_social – produto ${COMMUNITY}`).closest('li');
    expect(publishing).toHaveTextContent('Publicar (páginas de empresa). Sem ela, o Kontent não publica nesta conta.');
    expect(screen.getByText(`rw_organization_admin – produto ${COMMUNITY}`).closest('li')).toHaveTextContent(
      'Sem elas não se vê quem entrou ou quais são as páginas de empresa.',
    );
    expect(screen.getByText(/linkedin.com\/developers, abra o aplicativo, peça o produto em Products/)).toBeInTheDocument();
  });

  it('is named when it fails the whole sign-in, with the settings one click away', async () => {
    const { fake, user } = await waiting();
    const args = { scope: 'w_organization_social', permission: 'w_organization_social', product: COMMUNITY };
    fake.update(lastAttempt(fake), { state: 'failed', problem: { code: 'scope_unauthorized', args } });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `não tem a permissão w_organization_social, que vem do produto ${COMMUNITY}.`,
    );
    await user.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Aplicativos dos provedores' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Aplicativos dos provedores' })).toBeInTheDocument();
  });

  it('keeps the general words where its product is not known', async () => {
    const { fake } = await waiting();
    fake.update(lastAttempt(fake), { state: 'failed', problem: { code: 'scope_unauthorized', args: { scope: 'x' } } });
    expect(await screen.findByRole('alert')).toHaveTextContent('não tem direito a uma das permissões pedidas.');
  });

  it('is told before a new sign-in that could not bring it', async () => {
    const snapshot = aging(42, 'healthy');
    const grant = snapshot.grants.find(({ provider }) => provider === 'linkedin') as Grant;
    Object.assign(grant, { declined: ['w_organization_social'], lacks: [LACKS[0]] });
    const account = ofLinkedIn(snapshot);
    Object.assign(account, {
      health: 'limited',
      cause: 'permission_missing',
      capabilities: { ...account.capabilities, publish: 'missing' },
    });
    const { user } = await openWindow({ snapshot });
    await click(user, `Conceder: ${account.name}`);
    const dialog = within(await dialogNamed(`Conceder permissões: ${account.name}`));
    expect(dialog.getByText(`w_organization_social – produto ${COMMUNITY}`)).toBeInTheDocument();
  });
});

describe('what is connected at LinkedIn', () => {
  it('is said to be asked for again where somebody chooses', async () => {
    const { user } = await openWindow();
    await click(user, LINKEDIN);
    await click(user, 'Escolher');
    expect(screen.getByText(/é pedido de novo de qualquer forma/)).toBeVisible();
  });
});

describe('a renewal at LinkedIn', () => {
  const quick = /leva cerca de cinco segundos/;

  it('takes five seconds while the access lives, and says why', async () => {
    const { fake, user } = await openWindow({ snapshot: aging(3) });
    expect(screen.getAllByText(quick).length).toBeGreaterThan(0);
    await act(user, 'João Prado', 'Renovar');
    const dialog = within(await dialogNamed('Reconectar o login de João Prado'));
    expect(dialog.getByText(/o LinkedIn pula a tela de permissões/)).toHaveTextContent(quick);
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({ grant_id: 'g-joao-in' });
  });

  it.each([
    ['after the end', aging(-1, 'reconnect')],
    ['of an access that renews itself', aging(20, 'healthy', 300)],
    ['once it was taken away', aging(20, 'reconnect')],
  ])('promises nothing %s', (_, snapshot) => {
    const account = ofLinkedIn(snapshot);
    expect(isQuick(account, Date.now())).toBe(false);
    const login = snapshot.grants.find(({ provider }) => provider === 'linkedin') as Grant;
    expect(renewalOf(login, Date.now())).not.toMatch(quick);
  });

  it('is never promised for Meta', () => {
    expect(isQuick({ ...ofLinkedIn(aging(3)), provider: 'meta' }, Date.now())).toBe(false);
  });

  it('begins with the kinds of account that the login has', async () => {
    const snapshot = aging(3);
    snapshot.accounts = snapshot.accounts.filter(({ kind }) => kind !== 'linkedin_member');
    const { fake, user } = await openWindow({ snapshot });
    const { name } = ofLinkedIn(snapshot);
    // Of two accounts with the name, the Page at LinkedIn is the last one.
    await user.click(screen.getAllByRole('button', { name: `Mais ações: ${name}` }).at(-1) as HTMLElement);
    await user.click(screen.getByRole('menuitem', { name: 'Renovar' }));
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({ kinds: ['linkedin_organization'] });
  });
});

describe('a retired version', () => {
  it('leads to the setting and not to another look', async () => {
    const snapshot = aging(42, 'unverified');
    for (const one of snapshot.accounts) if (one.provider === 'linkedin') one.cause = 'version_retired';
    const { user } = await openWindow({ snapshot });
    await click(user, 'Corrigir aplicativo: João Prado');
    expect(await screen.findByRole('heading', { level: 1, name: 'Aplicativos dos provedores' })).toBeInTheDocument();
  });
});

describe('both dates of an access that renews itself', () => {
  const now = new Date('2026-11-25T12:00:00').getTime();
  const at = (day: string) => ({ kind: 'expires' as const, at: new Date(`${day}T12:00:00`).toISOString() });
  it.each([
    ['2027-01-24', '2027-11-25', 'Acesso até 24/01/2027; renova sozinho até 25/11/2027 (em 365 dias)'],
    ['2026-12-15', '2026-12-15', 'Acesso e renovação até 15/12 (em 20 dias); depois, novo login'],
    // What renewed it has run out, and the access lives on.
    ['2026-12-15', '2026-11-20', 'Expira em 20 dias (15/12)'],
  ])('are shown: %s and %s', (token, refresh, line) => {
    expect(endOf({ clocks: { token: at(token), refresh: at(refresh) } }, now)).toBe(line);
  });
});
