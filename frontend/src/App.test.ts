import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { bareAttempt } from './lib/backend/fake';
import { addLogins, manyAccounts } from './lib/backend/fake-crowd';
import { fakeSnapshot, freshSnapshot } from './lib/backend/fake-data';
import { act, button, callsOf, click, dialogNamed, noDialog, openWindow, row } from './testing/window';

describe('the list of integrations', () => {
  it('shows each account with its state, the line below and its four capabilities', async () => {
    await openWindow();
    const limited = row('Café da Esquina – Franquias');
    expect(limited.getByText('Falta a permissão de mensagens')).toBeInTheDocument();
    expect(limited.getByText('Sem expiração')).toBeInTheDocument();
    expect(within(limited.getByRole('list', { name: 'O que esta conta pode fazer' })).getAllByRole('listitem')).toHaveLength(4);
    expect(limited.getByText('Mensagens: falta a permissão')).toBeInTheDocument();
  });

  it('offers to reconnect on the login, and says so at the top', async () => {
    await openWindow();
    expect(screen.getByText('2 contas precisam de reconexão.')).toBeInTheDocument();
    expect(button('Reconectar login de Maria Lima')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Reconectar login de João Prado' })).toBeNull();
  });

  it('checks everything, one account, and tells what came of it', async () => {
    const { fake, user } = await openWindow();
    await click(user, 'Verificar agora');
    expect(await screen.findByText('Verificação concluída. 1 login não pôde ser consultado.')).toBeInTheDocument();
    await act(user, '@emporiodovale', 'Verificar');
    expect(callsOf(fake, 'check')).toEqual([[[]], [['a-emporio-ig']]]);
  });

  it('says what went wrong with a check', async () => {
    const { fake, user } = await openWindow();
    fake.failing.check = 'offline';
    await click(user, 'Verificar agora');
    expect(await screen.findByText('Este computador está sem internet.')).toBeInTheDocument();
  });

  it('sends a person to the network that asks for her, and then looks again', async () => {
    const snapshot = fakeSnapshot(Date.now());
    for (const id of ['a-cafe', 'a-cafe-in']) {
      Object.assign(snapshot.accounts.find((one) => one.id === id)!, { health: 'checkpoint', cause: 'checkpoint' });
    }
    const { fake, user } = await openWindow({ snapshot });
    await click(user, 'Abrir o Facebook: Café da Esquina');
    await click(user, 'Abrir o LinkedIn: Café da Esquina');
    expect(callsOf(fake, 'openPage')).toEqual([['meta_site'], ['linkedin_site']]);
    const [first] = screen.getAllByRole('button', { name: 'Verificar: Café da Esquina' });
    await user.click(first!);
    expect(callsOf(fake, 'check')).toEqual([[['a-cafe']]]);
  });

  it('shows eight hundred accounts from the start, and finds any of them', async () => {
    const snapshot = fakeSnapshot(Date.now());
    snapshot.accounts.push(...manyAccounts(snapshot, 800));
    const { fake, user } = await openWindow({ snapshot });
    expect(screen.getAllByRole('button', { name: /^Mais ações: / }).length).toBeLessThan(40);
    await user.type(screen.getByRole('searchbox', { name: 'Buscar conta' }), 'loja.399');
    expect(screen.getByText('@loja.399')).toBeInTheDocument();
    await user.clear(screen.getByRole('searchbox', { name: 'Buscar conta' }));
    fake.emit({ revision: 1, show: true, account: 'a-many-61' });
    await waitFor(() => expect(document.querySelector('[data-account="a-many-61"]')).toHaveClass('shown'));
  });

  it('searches', async () => {
    const { user } = await openWindow();
    await user.type(screen.getByRole('searchbox', { name: 'Buscar conta' }), 'torrefacaoprado');
    expect(screen.getByText('@torrefacaoprado')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Mais ações: @cafedaesquina' })).toBeNull();
    expect(screen.queryByRole('heading', { level: 2, name: 'LinkedIn' })).toBeNull();
  });

  it('leads from a notification to the account, in whichever project it is', async () => {
    const { fake } = await openWindow();
    fake.emit({ revision: 1, show: true, account: 'a-loja' });
    expect(await screen.findByRole('button', { name: 'Projeto: Loja do Bairro' })).toBeInTheDocument();
    await waitFor(() => expect(document.querySelector('[data-account="a-loja"]')).toHaveClass('shown'));
  });

  it('leads there before all accounts are read', async () => {
    await openWindow({ first: 1 }, (fake) => fake.emit({ revision: 1, show: true, account: 'a-loja' }));
    expect(await screen.findByRole('button', { name: 'Projeto: Loja do Bairro' })).toBeInTheDocument();
    await waitFor(() => expect(document.querySelector('[data-account="a-loja"]')).toHaveClass('shown'));
  });

  it('leads from the tray to a sign-in that waits, and to its project', async () => {
    const snapshot = fakeSnapshot(Date.now());
    snapshot.attempts.push({ ...bareAttempt('t-old', 'meta'), project_id: 'p-loja', authorize_url: 'https://www.facebook.com/' });
    const { fake } = await openWindow({ snapshot });
    expect(screen.queryByRole('dialog')).toBeNull();
    fake.emit({ show: true, attempt: 't-old' });
    await dialogNamed('Aguardando o navegador');
    expect(fake.state.preferences.project).toBe('p-loja');
  });

  it('comes forward to what needs attention when nothing else is named', async () => {
    const snapshot = fakeSnapshot(Date.now());
    addLogins(snapshot, 6, 6);
    const { fake, user } = await openWindow({ snapshot });
    await user.click(screen.getByRole('link', { name: 'Histórico' }));
    fake.emit({ show: true, attempt: 'long-gone' });
    const block = within(await screen.findByRole('region', { name: 'Precisa de atenção' }));
    await waitFor(() => expect(block.getByRole('status')).toHaveFocus());
    expect(block.getAllByRole('listitem')).toHaveLength(8);
  });

  it('says what to do first where nothing is set up', async () => {
    const { user } = await openWindow({ snapshot: freshSnapshot(Date.now()) });
    await user.click(screen.getByRole('link', { name: /^Integrações/ }));
    expect(screen.queryByRole('button', { name: /^Conectar conta/ })).toBeNull();
    await click(user, 'Configurar aplicativo: LinkedIn');
    expect(await screen.findByRole('heading', { level: 1, name: 'Aplicativos dos provedores' })).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Identificador do cliente (Client ID)' })).toHaveFocus());
  });
});

describe('the shell', () => {
  it('marks the demonstration', async () => {
    await openWindow({ snapshot: { ...fakeSnapshot(Date.now()), demo: true } });
    expect(screen.getByText(/nada aqui fala com o Facebook/)).toBeInTheDocument();
  });

  it('stays calm while the agent is away, and asks again when told to', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { fake, user } = await openWindow();
    fake.emitAgent({ connected: false });
    vi.advanceTimersByTime(1_000);
    expect(await screen.findByText('Reconectando ao Kontent…')).toBeInTheDocument();
    fake.emitAgent({ connected: false, problem: { code: 'agent_version' } });
    expect(await screen.findByText('O Kontent em segundo plano é de outra versão.')).toBeInTheDocument();
    await click(user, 'Tentar de novo');
    await waitFor(() => expect(screen.queryByText('O Kontent em segundo plano é de outra versão.')).toBeNull());
  });

  it('switches, adds, renames and removes projects', async () => {
    const { fake, user } = await openWindow();
    const pick = async (name: string, role: 'menuitem' | 'menuitemradio' = 'menuitem') => {
      await click(user, /^Projeto:/);
      await user.click(screen.getByRole(role, { name }));
    };
    await pick('Loja do Bairro', 'menuitemradio');
    expect(await screen.findByRole('button', { name: 'Projeto: Loja do Bairro' })).toBeInTheDocument();
    await pick('Novo projeto');
    await user.type(screen.getByRole('textbox', { name: 'Nome do projeto' }), 'Padaria');
    await click(user, 'Criar projeto');
    expect(await screen.findByRole('button', { name: 'Projeto: Padaria' })).toBeInTheDocument();
    await noDialog();
    await pick('Renomear projeto');
    await user.clear(screen.getByRole('textbox', { name: 'Nome do projeto' }));
    await user.type(screen.getByRole('textbox', { name: 'Nome do projeto' }), 'Padaria Nova{Enter}');
    expect(await screen.findByRole('button', { name: 'Projeto: Padaria Nova' })).toBeInTheDocument();
    await noDialog();
    await pick('Remover projeto');
    await dialogNamed('Remover Padaria Nova?');
    await click(user, 'Remover projeto');
    await noDialog();
    expect(fake.state.projects).toHaveLength(2);
  });

  it('says why a project cannot be removed', async () => {
    const { user } = await openWindow();
    await click(user, /^Projeto:/);
    await user.click(screen.getByRole('menuitem', { name: 'Remover projeto' }));
    await click(user, 'Remover projeto');
    expect(await screen.findByRole('alert')).toHaveTextContent('Este projeto ainda tem contas conectadas.');
  });

  it('opens menus with the keyboard and closes them with Escape', async () => {
    const { user } = await openWindow();
    button('Mais ações: @emporiodovale').focus();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('menuitem', { name: 'Detalhes' })).toHaveFocus();
    await user.keyboard('{End}');
    expect(screen.getByRole('menuitem', { name: 'Desconectar…' })).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(button('Mais ações: @emporiodovale')).toHaveFocus();
  });
});

describe('the other pages', () => {
  it('change language and theme at once', async () => {
    const { fake, user } = await openWindow();
    await user.click(screen.getByRole('link', { name: 'Aparência e idioma' }));
    await user.click(screen.getByRole('radio', { name: 'English' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Appearance and language' })).toBeInTheDocument();
    expect(document.documentElement.lang).toBe('en');
    await user.click(screen.getByRole('radio', { name: 'Dark' }));
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    expect(fake.state.preferences).toMatchObject({ language: 'en', theme: 'dark', project: 'p-cafe' });
  });

  it('tell the history of one account', async () => {
    const { user } = await openWindow();
    await act(user, '@torrefacaoprado', 'Histórico da conta');
    expect(await screen.findByRole('heading', { level: 1, name: 'Histórico' })).toBeInTheDocument();
    expect(await screen.findByText('O login de Maria Lima deixou de funcionar.')).toBeInTheDocument();
    expect(screen.queryByText(/Café da Esquina foi conectada/)).toBeNull();
  });

  it('save a provider app, and keep no secret on the page', async () => {
    const { fake, user } = await openWindow({ snapshot: freshSnapshot(Date.now()) });
    await user.click(screen.getByRole('link', { name: 'Aplicativos dos provedores' }));
    await user.type(screen.getByRole('textbox', { name: 'Identificador do aplicativo (App ID)' }), '  731  ');
    await user.type(screen.getByLabelText('Chave secreta do aplicativo (App Secret)'), 'shh');
    await click(user, 'Salvar aplicativo: Instagram/Facebook');
    expect(await screen.findByText('Aplicativo salvo.')).toBeInTheDocument();
    expect(callsOf(fake, 'setApp')[0]?.[0]).toEqual({
      provider: 'meta',
      client_id: '731',
      client_secret: 'shh',
      redirect: 'localhost',
      ports: [17653, 27653, 37653],
      relay_url: '',
      api_version: 'v26.0',
      login_config: '',
      product: '',
      tier: '',
    });
    expect(screen.getByLabelText('Chave secreta do aplicativo (App Secret)')).toHaveValue('');
  });

  it('copy the exact address to register, as it will be', async () => {
    const { fake, user } = await openWindow();
    await user.click(screen.getByRole('link', { name: 'Aplicativos dos provedores' }));
    const form = within(screen.getByRole('form', { name: 'Instagram/Facebook' }));
    await user.click(form.getByRole('button', { name: 'Copiar: Endereço de retorno 1' }));
    expect(fake.clipboard).toBe('http://localhost:17653/callback/meta');
    const ports = form.getByLabelText('Portas de retorno');
    await user.clear(ports);
    await user.type(ports, '80');
    expect(form.getByRole('alert')).toHaveTextContent('Use números de 1024 a 65535');
    expect(button('Salvar aplicativo: Instagram/Facebook')).toBeDisabled();
  });
});
