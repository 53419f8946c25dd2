import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { fakeSnapshot } from '../../lib/backend/fake-data';
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
    await user.click(screen.getByRole('checkbox', { name: 'Perfil pessoal' }));
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
    snapshot.attempts.push({
      id: 't-1',
      project_id: 'p-cafe',
      provider: 'meta',
      state: 'waiting',
      browser_opened: true,
      complete: false,
      candidates: [],
      connected: [],
      declined: [],
    });
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
    await click(user, 'conectar como um novo login');
    await waitFor(() => expect(callsOf(fake, 'connect')).toHaveLength(2));
    expect(callsOf(fake, 'connect')[1]?.[0]).not.toHaveProperty('grant_id', 'g-maria');
  });

  it('asks the network for a permission again', async () => {
    const { fake, user } = await openWindow();
    await click(user, 'Conceder: Café da Esquina – Franquias');
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({ grant_id: 'g-joao', choose_again: true });
  });

  it('is offered while all is well', async () => {
    const { user } = await openWindow();
    await act(user, 'Café da Esquina – Franquias', 'Reconectar');
    await dialogNamed('Reconectar o login de João Prado');
  });
});
