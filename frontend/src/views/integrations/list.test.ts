import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { agency } from '../../lib/backend/fake-crowd';
import { fakeSnapshot } from '../../lib/backend/fake-data';
import { everyState } from '../../lib/backend/fake-states';
import { button, callsOf, click, dialogNamed, noDialog, openWindow, row } from '../../testing/window';

const search = () => screen.getByRole('searchbox', { name: 'Buscar conta' });
/** In its row: what needs attention is also named above the list. */
const name = (account: string) => row(account).getByRole('button', { name: account });
const choose = (world: Awaited<ReturnType<typeof openWindow>>, filter: string, option: string | RegExp) =>
  world.user.selectOptions(screen.getByRole('combobox', { name: filter }), screen.getByRole('option', { name: option }));

describe('a data file that was replaced', () => {
  it('is told above the list, with what to do', async () => {
    const snapshot = fakeSnapshot(Date.now());
    snapshot.data = { code: 'database_restored', args: { at: new Date(2026, 10, 24, 18, 5).toISOString(), accounts: '7' } };
    await openWindow({ snapshot });
    expect(screen.getByText(/última cópia boa, de 24 de nov. de 2026, 18:05 \(contas conectadas: 7\)/)).toBeInTheDocument();
    expect(screen.getByText(/conecte de novo as que faltarem/)).toBeInTheDocument();
  });
});

describe('a list of which only a part is here', () => {
  it('is shown uncounted, and counted once the rest is here', async () => {
    const { fake } = await openWindow({ first: 2 });
    expect(callsOf(fake, 'opening')).toHaveLength(1);
    expect(screen.queryByText(/^\d+ contas$/)).toBeNull();
    await waitFor(() => expect(screen.getAllByText('9 contas').length).toBeGreaterThan(0));
    expect(callsOf(fake, 'snapshot')).toHaveLength(1);
  });
});

describe('filters', () => {
  it('are told in words and numbers, and are cleared at once', async () => {
    const world = await openWindow();
    await choose(world, 'Estado', 'Precisam de atenção (6)');
    expect(screen.getByText('6 de 9 contas')).toBeInTheDocument();
    expect(screen.queryByText('@emporiodovale')).toBeNull();
    await choose(world, 'Rede', 'LinkedIn');
    expect(screen.getByText('2 de 9 contas')).toBeInTheDocument();
    await click(world.user, 'Limpar filtros');
    expect(screen.queryByText(/de 9 contas/)).toBeNull();
    expect(search()).toHaveFocus();
    expect(name('@emporiodovale')).toBeInTheDocument();
  });

  it('name the project of each row when all are on show', async () => {
    const world = await openWindow();
    expect(screen.queryByText('Loja do Bairro')).toBeNull();
    await choose(world, 'Projeto', 'Todos os projetos');
    expect(row('Loja do Bairro').getByText('Projeto Loja do Bairro')).toBeInTheDocument();
    expect(row('@emporiodovale').getByText('Projeto Café da Esquina')).toBeInTheDocument();
  });

  it('explain an empty result, and lead to what another project has', async () => {
    const world = await openWindow();
    await world.user.type(search(), 'loja');
    expect(screen.getByRole('heading', { name: 'Nenhuma conta encontrada' })).toBeInTheDocument();
    expect(screen.getByText('Filtros em uso: “loja”. Onde procuramos: Café da Esquina.')).toBeInTheDocument();
    await click(world.user, 'Ver 1 conta em outro projeto');
    expect(search()).toHaveFocus();
    expect(name('Loja do Bairro')).toBeInTheDocument();
  });

  it('show what was disconnected, with the way back', async () => {
    const world = await openWindow();
    await choose(world, 'Estado', 'Desconectadas (1)');
    const gone = row('Café da Esquina – Quiosque');
    expect(gone.getByText(/^Desconectada em/)).toBeInTheDocument();
    expect(gone.queryByRole('checkbox')).toBeNull();
    await click(world.user, 'Conectar de novo: Café da Esquina – Quiosque');
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
  });

  it('give way to a notification', async () => {
    const world = await openWindow();
    await world.user.type(search(), 'torrefacao');
    world.fake.emit({ revision: 1, show: true, account: 'a-emporio-ig' });
    await waitFor(() => expect(name('@emporiodovale')).toHaveFocus());
    expect(search()).toHaveValue('');
    // And take over again.
    await world.user.type(search(), 'torrefacao');
    Object.assign(world.fake.state, { demo: true, revision: 99 });
    world.fake.emit({});
    await screen.findByText(/nada aqui fala com o Facebook/);
    expect(search()).toHaveFocus();
    expect(screen.queryByText('@emporiodovale')).toBeNull();
  });
});

describe('the keyboard', () => {
  it('goes from anywhere to the search, to a row, to its details and back', async () => {
    const { user } = await openWindow();
    await user.keyboard('/');
    expect(search()).toHaveFocus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(name('@cafedaesquina')).toHaveFocus();
    await user.keyboard('{Enter}');
    await dialogNamed('@cafedaesquina');
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Fechar' }));
    await noDialog();
    await waitFor(() => expect(name('@cafedaesquina')).toHaveFocus());
    await user.keyboard('{Escape}');
    expect(search()).toHaveFocus();
  });

  it('opens the menu of a row, and gives the focus back', async () => {
    const { user } = await openWindow();
    await user.keyboard('{Control>}f{/Control}{ArrowDown}{Shift>}{F10}{/Shift}');
    expect(screen.getByRole('menuitem', { name: 'Detalhes' })).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(screen.getAllByRole('button', { name: 'Mais ações: Café da Esquina' })[0]).toHaveFocus();
  });

  it('writes a slash where somebody is writing', async () => {
    const { user } = await openWindow();
    await user.type(search(), 'a/b');
    expect(search()).toHaveValue('a/b');
    await user.keyboard('{Escape}');
    expect(search()).toHaveValue('');
  });

  it('reaches the end of ten thousand accounts, each with its place told', async () => {
    const snapshot = fakeSnapshot(Date.now());
    Object.assign(snapshot, agency(snapshot, 10_000));
    const { user } = await openWindow({ snapshot });
    expect(document.querySelectorAll('[data-account]').length).toBeLessThan(60);
    await user.keyboard('/{ArrowDown}{End}');
    const last = document.activeElement?.closest('li');
    expect(last).toHaveAttribute('aria-setsize', '245');
    expect(last).toHaveAttribute('aria-posinset', '245');
    await user.keyboard('{Home}{ArrowUp}');
    expect(search()).toHaveFocus();
  }, 20_000);
});

describe('each state', () => {
  const cases: [string, string, string | undefined][] = [
    ['Conectada', 'Conectada', undefined],
    ['@expira', 'Expira em 6 dias', 'Renovar: @expira'],
    ['Reconectar', 'Reconexão necessária', undefined],
    ['Com limite', 'Faltam 2 permissões', 'Conceder: Com limite'],
    ['Papel limitado', 'Conectada com limites', 'Verificar: Papel limitado'],
    ['Não verificada', 'Não foi possível verificar', 'Verificar: Não verificada'],
    ['Aplicativo recusado', 'Não foi possível verificar', 'Corrigir aplicativo: Aplicativo recusado'],
    ['Fora da autorização', 'Fora da autorização atual', 'Escolher de novo: Fora da autorização'],
    ['@confirmacao', 'O Facebook pede confirmação', 'Abrir o Facebook: @confirmacao'],
    ['Chaveiro', 'Chaveiro indisponível', 'Tentar de novo: Chaveiro'],
  ];

  it('has its own words and its own cure', async () => {
    const snapshot = fakeSnapshot(Date.now());
    await openWindow({ snapshot: { ...snapshot, accounts: everyState(Date.now()) } });
    for (const [account, word, cure] of cases) {
      const one = row(account);
      expect(one.getAllByText(word).length).toBeGreaterThan(0);
      const acts = one.getAllByRole('button').map((found: HTMLElement) => found.getAttribute('aria-label') ?? '');
      expect([account, acts.filter((act: string) => act && !act.startsWith('Mais ações'))]).toEqual([account, cure ? [cure] : []]);
    }
    // What one sign-in mends for all of a login is on the login's line.
    expect(button('Reconectar login de João Prado')).toBeInTheDocument();
  });

  it('tells of a sign-in that waits in the browser, on its login', async () => {
    const snapshot = fakeSnapshot(Date.now());
    const { fake, user } = await openWindow({ snapshot });
    await click(user, 'Reconectar login de Maria Lima');
    await click(user, 'Abrir o navegador');
    await dialogNamed('Aguardando o navegador');
    expect(fake.state.attempts.at(-1)?.grant_id).toBe('g-maria');
    expect(screen.getByText('aguardando o navegador')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Reconectar login de Maria Lima' })).toBeNull();
  });
});

describe('several accounts', () => {
  const tick = (account: string) => screen.getAllByRole('checkbox', { name: `Marcar ${account}` })[0] as HTMLElement;

  it('are ticked one by one, in a range, by login and all at once', async () => {
    const { user } = await openWindow();
    await user.click(tick('Café da Esquina'));
    expect(screen.getByText('1 conta marcada')).toBeInTheDocument();
    await user.keyboard('{Shift>}');
    await user.click(tick('@emporiodovale'));
    await user.keyboard('{/Shift}');
    expect(screen.getByText('5 contas marcadas')).toBeInTheDocument();
    await user.click(screen.getByRole('checkbox', { name: 'Marcar as 2 contas do login de Maria Lima' }));
    expect(screen.getByText('7 contas marcadas')).toBeInTheDocument();
    await click(user, 'Marcar as 9 contas da lista');
    expect(button('Desconectar 9 contas…')).toBeInTheDocument();
    await click(user, 'Desmarcar tudo');
    expect(screen.queryByRole('region', { name: 'Contas marcadas' })).toBeNull();
  });

  it('are never acted on while the filter hides them', async () => {
    const { fake, user } = await openWindow();
    await user.click(tick('@emporiodovale'));
    await user.click(tick('Torrefação Prado'));
    await user.type(search(), 'torrefação prado');
    await click(user, 'Verificar 1 conta');
    expect(callsOf(fake, 'check')).toEqual([[['a-torra']]]);
  });

  it('are checked together', async () => {
    const { fake, user } = await openWindow();
    await user.click(tick('@emporiodovale'));
    await user.click(tick('Torrefação Prado'));
    await click(user, 'Verificar 2 contas');
    expect(callsOf(fake, 'check')).toEqual([[['a-emporio-ig', 'a-torra']]]);
    expect(await screen.findByText('2 contas verificadas.')).toBeInTheDocument();
    await waitFor(() => expect(name('Torrefação Prado')).toHaveFocus());
  });
});
