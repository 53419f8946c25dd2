import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { bareAttempt, FakeBackend } from '../../lib/backend/fake';
import { manyCandidates } from '../../lib/backend/fake-candidates';
import { fakeSnapshot } from '../../lib/backend/fake-data';
import { requestFor } from '../../lib/state/desk.svelte';
import { SignIn } from '../../lib/state/sign-in.svelte';
import { act, button, callsOf, click, dialogNamed, lastAttempt, noDialog, openWindow, row } from '../../testing/window';

const META = 'Conectar conta: Instagram/Facebook';

async function choosing(options = {}) {
  const world = await openWindow(options);
  await click(world.user, META);
  await click(world.user, 'Abrir o navegador');
  await dialogNamed('Aguardando o navegador');
  world.fake.finish(lastAttempt(world.fake));
  const dialog = await dialogNamed('Escolha o que conectar');
  return { ...world, dialog, id: lastAttempt(world.fake) };
}

describe('before the browser', () => {
  it('says what will happen, what to have ready and what will be asked', async () => {
    const { user } = await openWindow();
    await click(user, META);
    const dialog = within(await dialogNamed('Conectar Instagram/Facebook'));
    expect(dialog.getAllByRole('listitem')).toHaveLength(3);
    expect(within(dialog.getByRole('group', { name: 'Antes de começar' })).getAllByRole('checkbox')).toHaveLength(4);
    expect(dialog.getByText(/ler e responder mensagens/)).toBeInTheDocument();
  });

  it('asks only for what was left ticked', async () => {
    const { fake, user } = await openWindow();
    await click(user, META);
    await click(user, 'Escolher');
    await user.click(screen.getByRole('checkbox', { name: /^Mensagens/ }));
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({
      project_id: 'p-cafe',
      provider: 'meta',
      capabilities: ['publish', 'comments', 'analytics'],
      kinds: [],
      choose_again: false,
    });
  });

  it('offers LinkedIn pages and profile, and no messages', async () => {
    const { fake, user } = await openWindow();
    await click(user, 'Conectar conta: LinkedIn');
    await click(user, 'Escolher');
    expect(screen.getByRole('checkbox', { name: /^Mensagens/ })).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: /^Perfil pessoal/ }));
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({
      capabilities: ['publish', 'comments', 'analytics'],
      kinds: ['linkedin_organization'],
    });
  });

  it('does not open a browser for nothing', async () => {
    const { user } = await openWindow();
    await click(user, META);
    await click(user, 'Escolher');
    for (const name of [/^Publicar/, /^Mensagens/, /^Comentários/, /^Analytics/]) await user.click(screen.getByRole('checkbox', { name }));
    expect(button('Abrir o navegador')).toBeDisabled();
  });

  it('says why a sign-in cannot start, and leads to the settings', async () => {
    const { fake, user } = await openWindow();
    fake.failing.connect = 'app_secret_missing';
    await click(user, META);
    await click(user, 'Abrir o navegador');
    expect(await screen.findByRole('alert')).toHaveTextContent('Falta o segredo do aplicativo do provedor.');
    await user.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Aplicativos dos provedores' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Aplicativos dos provedores' })).toBeInTheDocument();
  });
});

describe('while the browser is open', () => {
  it('offers to reopen it, to copy the link and to cancel, and counts down', async () => {
    const { fake, user } = await openWindow();
    await click(user, META);
    await click(user, 'Abrir o navegador');
    await dialogNamed('Aguardando o navegador');
    expect(screen.getByRole('timer')).toHaveTextContent(/^Tempo restante: (10:00|09:5\d)$/);
    await click(user, 'Reabrir o navegador');
    expect(callsOf(fake, 'openBrowser')).toEqual([[lastAttempt(fake)]]);
    await click(user, 'Copiar link');
    expect(fake.clipboard).toContain('https://www.facebook.com/');
    await click(user, 'Cancelar');
    await noDialog();
    expect(callsOf(fake, 'cancel')).toEqual([[lastAttempt(fake)]]);
    expect(fake.state.accounts).toHaveLength(fakeSnapshot(0).accounts.length);
  });

  it('takes the address that the browser stopped at', async () => {
    const { fake, user } = await openWindow();
    await click(user, META);
    await click(user, 'Abrir o navegador');
    await click(user, 'Colar o endereço');
    await user.type(screen.getByRole('textbox', { name: /^Endereço da página/ }), 'http://example.com/');
    await click(user, 'Usar endereço');
    expect(await screen.findByRole('alert')).toHaveTextContent('O endereço colado não é o do retorno deste login.');
    await user.clear(screen.getByRole('textbox', { name: /^Endereço da página/ }));
    await user.type(screen.getByRole('textbox', { name: /^Endereço da página/ }), 'http://localhost:17653/callback/meta?code=x');
    await click(user, 'Usar endereço');
    await dialogNamed('Escolha o que conectar');
    expect(fake.calls.some(([name]) => name === 'pasteAddress')).toBe(true);
  });

  it('says when no browser could be opened, and shows the link', async () => {
    const { user } = await openWindow({ browser: false });
    await click(user, META);
    await click(user, 'Abrir o navegador');
    await dialogNamed('Aguardando o navegador');
    expect(screen.getByText('O navegador não pôde ser aberto.')).toBeInTheDocument();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Link para abrir no navegador' }).value).toContain(
      'https://www.facebook.com/',
    );
  });

  it('asks before Escape ends it', async () => {
    const { fake, user } = await openWindow();
    await click(user, META);
    await click(user, 'Abrir o navegador');
    const dialog = await dialogNamed('Aguardando o navegador');
    dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    await dialogNamed('Cancelar este login?');
    await click(user, 'Continuar o login');
    await dialogNamed('Aguardando o navegador');
    expect(callsOf(fake, 'cancel')).toHaveLength(0);
  });

  it('comes back after a reload of the page', async () => {
    const snapshot = fakeSnapshot(Date.now());
    snapshot.attempts.push(bareAttempt('t-1', 'meta'));
    const { fake } = await openWindow({ snapshot });
    await dialogNamed('Aguardando o navegador');
    fake.finish('t-1');
    await dialogNamed('Escolha o que conectar');
  });

  it('shows a sign-in that another face started, without a dialog', async () => {
    const { fake, user } = await openWindow();
    await fake.connect({
      project_id: 'p-cafe',
      provider: 'meta',
      capabilities: [],
      kinds: [],
      choose_again: false,
      no_browser: true,
      timeout_seconds: 0,
    });
    expect(await screen.findByText('Um login aguarda o navegador.')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).toBeNull();
    await click(user, 'Continuar');
    await dialogNamed('Aguardando o navegador');
  });
});

describe('choosing', () => {
  it('locks what is connected, disables what cannot be, and says why', async () => {
    await choosing();
    const [page] = screen.getAllByRole('checkbox', { name: /^Café da Esquina/ });
    expect(page).toBeChecked();
    expect(page).toBeDisabled();
    const unusable = screen.getByRole('checkbox', { name: /^Doceria Aurora/ });
    expect(unusable).toBeDisabled();
    expect(unusable).toHaveAccessibleDescription(/Não foi marcada.*Abra de novo a escolha/);
  });

  it('counts on the button, and sends what was ticked together with what is connected', async () => {
    const { fake, user, id } = await choosing();
    expect(button('Concluir: conectar 0')).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: /^Padaria São Bento/ }));
    await user.click(screen.getByRole('checkbox', { name: /^@padariasaobento/ }));
    await click(user, 'Concluir: conectar 2');
    await dialogNamed(/^Pronto:/);
    expect(callsOf(fake, 'select')).toEqual([[id, ['r-a-cafe', 'r-a-cafe-ig', 'r-padaria', 'r-padaria-ig']]]);
    expect(within(screen.getByRole('list', { name: 'Resultado por conta' })).getByText('@padariasaobento')).toBeInTheDocument();
    await click(user, 'Pronto');
    await noDialog();
    expect(row('@padariasaobento').getByText('Conectada')).toBeInTheDocument();
  });

  it('ticks and unticks all that the filter shows', async () => {
    const { user } = await choosing();
    await user.type(screen.getByRole('searchbox', { name: 'Filtrar contas' }), 'padaria sao');
    await click(user, 'Marcar todas');
    expect(button('Concluir: conectar 2')).toBeEnabled();
    await click(user, 'Desmarcar todas');
    expect(button('Concluir: conectar 0')).toBeDisabled();
  });

  it('says Confirmar for LinkedIn', async () => {
    const { fake, user } = await openWindow();
    await click(user, 'Conectar conta: LinkedIn');
    await click(user, 'Abrir o navegador');
    fake.finish(lastAttempt(fake));
    await user.click(await screen.findByRole('checkbox', { name: /^Padaria São Bento/ }));
    expect(button('Confirmar: conectar 1')).toBeEnabled();
    expect(screen.getByText('O acesso só é guardado depois de Confirmar.')).toBeInTheDocument();
  });

  it('keeps the choice when saving fails', async () => {
    const { fake, user } = await choosing();
    await user.click(screen.getByRole('checkbox', { name: /^Sorvetes/ }));
    fake.failing.select = 'keychain_locked';
    await click(user, 'Concluir: conectar 1');
    expect(await screen.findByRole('alert')).toHaveTextContent('O chaveiro do sistema está bloqueado.');
    expect(screen.getByRole('checkbox', { name: /^Sorvetes/ })).toBeChecked();
  });

  it('opens the choice of the network again', async () => {
    const { fake, user, id } = await choosing();
    await click(user, 'Abrir de novo a escolha de páginas');
    await dialogNamed('Aguardando o navegador');
    expect(callsOf(fake, 'cancel')).toEqual([[id]]);
    expect(callsOf(fake, 'connect')[1]?.[0]).toMatchObject({
      choose_again: true,
      capabilities: ['publish', 'messages', 'comments', 'analytics'],
    });
  });

  it('explains how to use another login before it opens the browser', async () => {
    const { fake, user } = await choosing();
    await click(user, 'usar outro login');
    expect(screen.getByText(/janela anônima/)).toBeVisible();
    await click(user, 'Abrir o navegador');
    await dialogNamed('Aguardando o navegador');
    expect(callsOf(fake, 'connect')).toHaveLength(2);
  });
});

describe('a sign-in that comes to nothing', () => {
  it('says what happened and what is next, and starts again', async () => {
    const { fake, user } = await openWindow();
    await click(user, META);
    await click(user, 'Abrir o navegador');
    fake.update(lastAttempt(fake), { state: 'failed', problem: { code: 'consent_denied' } });
    await dialogNamed('O login não foi concluído');
    expect(screen.getByRole('alert')).toHaveTextContent('A autorização não foi concedida no navegador. Nada foi guardado. Comece de novo');
    await click(user, 'Tentar de novo');
    await dialogNamed('Aguardando o navegador');
    expect(callsOf(fake, 'connect')).toHaveLength(2);
  });
});

describe('reconnecting', () => {
  it('says who must sign in and what it heals, and asks for that login', async () => {
    const { fake, user } = await openWindow();
    await click(user, 'Reconectar login de Maria Lima');
    const dialog = within(await dialogNamed('Reconectar o login de Maria Lima'));
    expect(dialog.getByText('Entre no Facebook como Maria Lima.')).toBeInTheDocument();
    expect(dialog.getByText(/2 contas de uma vez: Torrefação Prado, @torrefacaoprado/)).toBeInTheDocument();
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({ grant_id: 'g-maria', choose_again: false });
    fake.finish(lastAttempt(fake));
    await click(user, 'Concluir: renovar 2');
    await click(user, 'Pronto');
    await noDialog();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Reconectar login de Maria Lima' })).toBeNull());
    expect(row('@torrefacaoprado').getByText('Conectada')).toBeInTheDocument();
  });

  it('names both people when another one signs in, and offers a new login', async () => {
    const { fake, user } = await openWindow();
    await click(user, 'Reconectar login de Maria Lima');
    await click(user, 'Abrir o navegador');
    fake.update(lastAttempt(fake), {
      state: 'failed',
      problem: { code: 'wrong_person', args: { expected: 'Maria Lima', received: 'João Prado' } },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent('Quem entrou foi João Prado, mas este login é de Maria Lima.');
    expect(screen.getByText('Esperado neste login').closest('div')).toHaveTextContent('Maria Lima');
    expect(screen.getByText('Quem entrou').closest('div')).toHaveTextContent('João Prado');
    await click(user, 'Conectar como novo login');
    await waitFor(() => expect(callsOf(fake, 'connect')).toHaveLength(2));
    expect(callsOf(fake, 'connect')[1]?.[0]).toMatchObject({ grant_id: undefined });
    // Nobody is expected any more.
    expect(screen.queryByText(/Maria Lima e conceda/)).toBeNull();
  });

  it('tries the same login again after another person signed in', async () => {
    const { fake, user } = await openWindow();
    await click(user, 'Reconectar login de Maria Lima');
    await click(user, 'Abrir o navegador');
    fake.update(lastAttempt(fake), { state: 'failed', problem: { code: 'wrong_person', args: { expected: 'Maria', received: 'João' } } });
    await click(user, 'Tentar com outro login');
    await waitFor(() => expect(callsOf(fake, 'connect')).toHaveLength(2));
    expect(callsOf(fake, 'connect')[1]?.[0]).toMatchObject({ grant_id: 'g-maria' });
    expect(fake.state.accounts.find(({ id }) => id === 'a-torra')).toMatchObject({ health: 'reconnect' });
  });

  it('warns before the browser that what is unticked there stops here, with the accounts at stake', async () => {
    const { user } = await openWindow();
    await click(user, 'Reconectar login de Maria Lima');
    expect(screen.getByText('Mantenha marcadas todas as páginas que já usa.')).toBeInTheDocument();
    await user.click(screen.getByText('Ver as 2 contas deste login'));
    const dialog = within(await dialogNamed('Reconectar o login de Maria Lima'));
    expect(await dialog.findByText('Instagram profissional')).toBeInTheDocument();
  });

  it('warns of nothing at LinkedIn, where there is no choice of pages', async () => {
    const { user } = await openWindow();
    await act(user, 'João Prado', 'Reconectar');
    expect(screen.queryByText('Mantenha marcadas todas as páginas que já usa.')).toBeNull();
  });

  it('says before and after saving which accounts did not come back, and opens the choice again', async () => {
    const { fake, user } = await openWindow();
    await click(user, 'Reconectar login de Maria Lima');
    await click(user, 'Abrir o navegador');
    const own = fake.state.accounts.filter(({ grant_id }) => grant_id === 'g-maria');
    const candidates = own.map((one, index) => ({ ...one, connected: true, usable: index > 0, reason: 'not_ticked' as const }));
    fake.finish(lastAttempt(fake), { candidates });
    expect(await screen.findByText(/1 conta deste login não veio/)).toBeInTheDocument();
    await click(user, 'Concluir: renovar 1');
    await dialogNamed('Pronto: 1 conta conectada');
    const list = within(screen.getByRole('list', { name: 'Resultado por conta' }));
    expect(list.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Funcionando'),
      expect.stringContaining('@torrefacaoprado'),
      expect.stringContaining('Não voltaram'),
      expect.stringContaining('Torrefação Prado'),
    ]);
    await click(user, 'Escolher páginas de novo');
    await dialogNamed('Aguardando o navegador');
    expect(callsOf(fake, 'connect')[1]?.[0]).toMatchObject({ grant_id: 'g-maria', choose_again: true });
  });

  it('asks the network for the missing permission, says so, and for nothing else', async () => {
    const { fake, user } = await openWindow();
    await click(user, 'Conceder: Café da Esquina – Franquias');
    const dialog = within(await dialogNamed('Conceder permissões: Café da Esquina – Franquias'));
    expect(dialog.getByText('pages_manage_metadata pages_messaging instagram_manage_messages')).toBeInTheDocument();
    expect(dialog.queryByRole('button', { name: 'Escolher' })).toBeNull();
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({
      grant_id: 'g-joao',
      choose_again: true,
      capabilities: ['messages'],
      kinds: [],
    });
  });

  it('asks LinkedIn for all kinds that the login has, because a new consent replaces the former one', async () => {
    const snapshot = fakeSnapshot(Date.now());
    const page = snapshot.accounts.find(({ id }) => id === 'a-cafe-in')!;
    Object.assign(page, { health: 'limited', cause: 'permission_missing', capabilities: { ...page.capabilities, comments: 'missing' } });
    const { fake, user } = await openWindow({ snapshot });
    await click(user, 'Conceder: Café da Esquina');
    expect(screen.getByText(/O LinkedIn pede de novo também o que este login já tem/)).toBeInTheDocument();
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({
      capabilities: ['comments'],
      kinds: ['linkedin_organization', 'linkedin_member'],
    });
  });

  it('is offered while all is well', async () => {
    const { user } = await openWindow();
    await act(user, 'Café da Esquina – Franquias', 'Reconectar');
    await dialogNamed('Reconectar o login de João Prado');
  });
});

describe('a permission that was declined', () => {
  it('is named with what does not work without it, and can be asked for again', async () => {
    const { fake, user } = await openWindow();
    await click(user, META);
    await click(user, 'Abrir o navegador');
    fake.finish(lastAttempt(fake), { declined: ['pages_messaging', 'instagram_manage_insights', 'business_management'] });
    await user.click(await screen.findByRole('checkbox', { name: /^Sorvetes/ }));
    await click(user, 'Concluir: conectar 1');
    const dialog = within(await dialogNamed(/^Pronto:/));
    expect(dialog.getByText('3 permissões não foram concedidas')).toBeInTheDocument();
    const lines = dialog.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(lines).toContain('Mensagens (Facebook). Sem ela, as mensagens não chegam ao Kontent. pages_messaging');
    expect(lines).toContain('Analytics (Instagram). Sem ela, não há números das publicações. instagram_manage_insights');
    await click(user, 'Pedir de novo');
    await waitFor(() => expect(callsOf(fake, 'connect')).toHaveLength(2));
    expect(callsOf(fake, 'connect')[1]?.[0]).toMatchObject({
      grant_id: 'g-joao',
      choose_again: true,
      capabilities: ['messages', 'analytics'],
    });
  });
});

describe('reading', () => {
  it('shows how far it has come once that is known, and can be cancelled', async () => {
    const { fake, user } = await openWindow();
    await click(user, META);
    await click(user, 'Abrir o navegador');
    await dialogNamed('Aguardando o navegador');
    fake.update(lastAttempt(fake), { state: 'reading' });
    expect(await screen.findByRole('progressbar', { name: 'Perguntando quais contas há…' })).not.toHaveAttribute('value');
    fake.update(lastAttempt(fake), { found: 25 });
    expect(await screen.findByRole('progressbar', { name: '25 contas lidas' })).not.toHaveAttribute('value');
    fake.update(lastAttempt(fake), { found: 128, expected: 500 });
    const bar = await screen.findByRole<HTMLProgressElement>('progressbar', { name: '128 de 500 contas lidas' });
    expect([bar.value, bar.max]).toEqual([128, 500]);
    await click(user, 'Cancelar');
    await noDialog();
    expect(callsOf(fake, 'cancel')).toHaveLength(1);
  });

  it('shows each answer although more is asked meanwhile', async () => {
    const { fake, user } = await openWindow();
    await click(user, META);
    await click(user, 'Abrir o navegador');
    await dialogNamed('Aguardando o navegador');
    const id = lastAttempt(fake);
    const waiting: (() => void)[] = [];
    const real = fake.attempt.bind(fake);
    fake.attempt = async (one) => {
      const answer = await real(one);
      await new Promise<void>((done) => waiting.push(done));
      return answer;
    };
    fake.update(id, { state: 'reading', found: 1, expected: 9 });
    fake.update(id, { state: 'reading', found: 2, expected: 9 });
    await waitFor(() => expect(waiting).toHaveLength(2));
    waiting[0]?.();
    expect(await screen.findByText('1 de 9 contas lidas')).toBeInTheDocument();
    waiting[1]?.();
    expect(await screen.findByText('2 de 9 contas lidas')).toBeInTheDocument();
  });
});

describe('pasting an access', () => {
  const SECRET = 'EAAG-never-to-be-seen-again';

  function pasteMode() {
    const snapshot = fakeSnapshot(Date.now());
    Object.assign(snapshot.apps[0]!, { redirect: 'paste', redirect_uris: [] });
    return snapshot;
  }

  async function pasted(grant?: string) {
    const world = await openWindow({ snapshot: pasteMode() });
    await click(world.user, grant ?? META);
    const field = await screen.findByLabelText<HTMLInputElement>('Acesso do usuário do sistema');
    expect(field.type).toBe('password');
    await world.user.type(field, `  ${SECRET} `);
    await click(world.user, 'Ler o acesso');
    await dialogNamed('Acesso recebido');
    return world;
  }

  /** Everything that the window holds: its document, and what its state can be reached by. */
  function seen(): string {
    const values = [...document.querySelectorAll('input')].map(({ value }) => value);
    return `${document.documentElement.outerHTML} ${values.join(' ')} ${JSON.stringify({ ...localStorage, ...sessionStorage })}`;
  }

  it('sends it once, trimmed, and keeps it nowhere', async () => {
    const { fake, user } = await pasted();
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({ token: SECRET, provider: 'meta' });
    expect(seen()).not.toContain(SECRET);
    fake.finish(lastAttempt(fake));
    await dialogNamed('Escolha o que conectar');
    await click(user, 'Colar outro acesso');
    expect(await screen.findByLabelText('Acesso do usuário do sistema')).toHaveValue('');
    expect(seen()).not.toContain(SECRET);
  });

  it('is not kept by the state of the sign-in either', async () => {
    const fake = new FakeBackend({ snapshot: pasteMode() });
    const signIn = new SignIn(fake);
    await signIn.start(requestFor('p-cafe', 'meta', { token: SECRET }));
    expect(signIn.attempt?.state).toBe('reading');
    expect(JSON.stringify([signIn.request, signIn.attempt, signIn.problem])).not.toContain(SECRET);
  });

  it('leaves the field empty when it could not be sent', async () => {
    const { fake, user } = await openWindow({ snapshot: pasteMode() });
    fake.failing.connect = 'keychain_locked';
    await click(user, META);
    await user.type(screen.getByLabelText('Acesso do usuário do sistema'), SECRET);
    await click(user, 'Ler o acesso');
    expect(await screen.findByRole('alert')).toHaveTextContent('O chaveiro do sistema está bloqueado.');
    expect(screen.getByLabelText('Acesso do usuário do sistema')).toHaveValue('');
  });

  it('says what it allows and what it lacks before anything is saved', async () => {
    const { fake } = await pasted();
    fake.finish(lastAttempt(fake), {
      granted: [
        'pages_show_list',
        'pages_read_engagement',
        'pages_manage_posts',
        'instagram_basic',
        'instagram_content_publish',
        'read_insights',
      ],
    });
    const allows = within(await screen.findByRole('region', { name: 'Este acesso permite' }));
    expect(allows.getAllByRole('listitem').map(({ textContent }) => textContent?.trim())).toEqual([
      'Publicar sim',
      expect.stringMatching(/^Mensagens não.*pages_messaging/),
      expect.stringMatching(/^Comentários não.*pages_manage_engagement/),
      'Analytics só Facebook Falta: instagram_manage_insights',
    ]);
    expect(callsOf(fake, 'select')).toHaveLength(0);
  });

  it('is asked for again after an access of another app', async () => {
    const { fake, user } = await pasted();
    fake.update(lastAttempt(fake), { state: 'failed', problem: { code: 'token_foreign' } });
    expect(await screen.findByRole('alert')).toHaveTextContent('O acesso colado é de outro aplicativo.');
    await click(user, 'Colar outro acesso');
    expect(await screen.findByLabelText('Acesso do usuário do sistema')).toHaveValue('');
    expect(callsOf(fake, 'connect')).toHaveLength(1);
  });

  it('renews a login', async () => {
    const { fake } = await pasted('Reconectar login de Maria Lima');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({ token: SECRET, grant_id: 'g-maria' });
  });
});

describe('eight hundred candidates', () => {
  it('are shown from the start, and all of those that the filter finds are ticked', async () => {
    const { fake, user } = await openWindow();
    await click(user, META);
    await click(user, 'Abrir o navegador');
    fake.finish(lastAttempt(fake), { candidates: manyCandidates(800) });
    await dialogNamed('Escolha o que conectar');
    expect(screen.getAllByRole('checkbox').length).toBeLessThan(40);
    await click(user, /^Mostrar mais/);
    expect(screen.getByRole('checkbox', { name: /^Filial 9 / })).toBeInTheDocument();
    await user.type(screen.getByRole('searchbox', { name: 'Filtrar contas' }), 'filial 3');
    await click(user, 'Marcar todas');
    const found = manyCandidates(800).filter(({ name, usable }) => usable && name.startsWith('Filial 3'));
    expect(button(`Concluir: conectar ${found.length}`)).toBeEnabled();
  });
});
