import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Notice, Snapshot } from '../../lib/backend/backend';
import { addLogins } from '../../lib/backend/fake-crowd';
import { fakeSnapshot } from '../../lib/backend/fake-data';
import { button, callsOf, click, dialogNamed, openWindow, type World } from '../../testing/window';

const block = () => within(screen.getByRole('region', { name: 'Precisa de atenção' }));
const rows = () => block().getAllByRole('listitem');
const noBlock = () => expect(screen.queryByRole('region', { name: 'Precisa de atenção' })).toBeNull();

function world(change: (snapshot: Snapshot) => void = () => {}) {
  const snapshot = fakeSnapshot(Date.now());
  change(snapshot);
  return openWindow({ snapshot });
}

/** What the program says next. */
function now({ fake }: World, notices: Notice[]) {
  fake.state = { ...fake.state, notices, revision: fake.state.revision + 1 };
  fake.emit({});
}

describe('what needs attention', () => {
  it('is a count, one line of cause, and a row for each login', async () => {
    await world();
    expect(block().getByRole('status')).toHaveTextContent('2 contas precisam de reconexão. A senha da conta foi alterada.');
    const [maria, joao] = rows().map((row) => within(row));
    expect(maria?.getByText('Torrefação Prado e mais 1')).toBeInTheDocument();
    expect(maria?.getByText('Login de Maria Lima · Facebook')).toBeInTheDocument();
    expect(maria?.getByText('Reconexão necessária')).toBeInTheDocument();
    expect(joao?.getByText('Expira em 6 dias')).toBeInTheDocument();
    expect(joao?.getByText('Acesso a dados até', { exact: false })).toBeInTheDocument();
  });

  it('is nothing at all where nothing does', async () => {
    await world((snapshot) => Object.assign(snapshot, { notices: [] }));
    noBlock();
  });

  it('is calm about what only ends soon', async () => {
    await world((snapshot) => Object.assign(snapshot, { notices: snapshot.notices.slice(1) }));
    expect(block().getByRole('status')).toHaveTextContent('O login de João Prado expira em 6 dias.');
    expect(screen.getByRole('region', { name: 'Precisa de atenção' })).toHaveClass('soon');
    expect(block().queryByRole('list')).toBeNull();
    expect(block().getByRole('button', { name: 'Renovar: João Prado' })).toHaveClass('primary');
  });

  it('names the project of a login that is not of the one on show, and reconnects it there', async () => {
    const { fake, user } = await world((snapshot) => {
      snapshot.notices = snapshot.notices.map((notice) => ({ ...notice, project_id: 'p-loja' }));
    });
    expect(within(rows()[0]!).getByText('Login de Maria Lima · Facebook · projeto Loja do Bairro')).toBeInTheDocument();
    await click(user, 'Reconectar: Maria Lima');
    await dialogNamed('Reconectar o login de Maria Lima');
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({ project_id: 'p-loja', grant_id: 'g-maria' });
  });

  it('opens the site that asks for the person, and looks again after that', async () => {
    const { fake, user } = await world((snapshot) => Object.assign(snapshot.notices[0]!, { health: 'checkpoint', cause: 'checkpoint' }));
    await click(user, 'Abrir o Facebook: Maria Lima');
    expect(callsOf(fake, 'openPage')).toEqual([['meta_site']]);
    await click(user, 'Verificar: Maria Lima');
    expect(callsOf(fake, 'check')).toEqual([[['g-maria']]]);
  });

  it('opens the choice of accounts again for what was left out of it', async () => {
    const { fake, user } = await world((snapshot) => Object.assign(snapshot.notices[0]!, { health: 'missing', cause: 'not_in_grant' }));
    await click(user, 'Escolher de novo: Maria Lima');
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[0]?.[0]).toMatchObject({ choose_again: true, grant_id: 'g-maria' });
  });

  it('can be put off for a day, and says until when', async () => {
    const { fake, user } = await world();
    await click(user, 'Adiar 1 dia: João Prado');
    expect(await within(rows()[1]!).findByText(/^adiado até amanhã, \d\d:\d\d$/)).toBeInTheDocument();
    expect(callsOf(fake, 'snooze')).toEqual([['g-joao']]);
    expect(rows()).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Adiar 1 dia: João Prado' })).toBeNull();
    await waitFor(() => expect(button('Renovar: João Prado')).toHaveFocus());
  });

  it('says when putting it off did not work', async () => {
    const { fake, user } = await world();
    fake.failing.snooze = 'agent_unreachable';
    await click(user, 'Adiar 1 dia: João Prado');
    expect(await screen.findByText('O Kontent em segundo plano não está respondendo.')).toBeInTheDocument();
    expect(button('Adiar 1 dia: João Prado')).toBeEnabled();
  });

  it('is one line where there is a lot, with the list behind it', async () => {
    const { user } = await world((snapshot) => addLogins(snapshot, 6, 6));
    expect(block().queryByRole('list')).toBeNull();
    await click(user, 'Ver os 8 logins');
    expect(rows()).toHaveLength(8);
    await click(user, 'Ocultar');
    expect(block().queryByRole('list')).toBeNull();
  });

  it('leads to the account', async () => {
    const { user } = await world();
    const there = block().getByRole('button', { name: '@cafedaesquina' });
    await user.click(there);
    await waitFor(() => expect(document.querySelector('[data-account="a-cafe-ig"]')).toHaveClass('shown'));
    // And once more, after the person has been elsewhere.
    await user.click(there);
    await waitFor(() => expect(document.activeElement?.closest('[data-account]')).toHaveAttribute('data-account', 'a-cafe-ig'));
  });

  it('has one filled button', async () => {
    await world();
    const filled = block()
      .getAllByRole('button')
      .filter((one) => one.classList.contains('primary'));
    expect(filled.map((one) => one.textContent)).toEqual(['Reconectar tudo']);
  });

  it.each(['no_service', 'denied'] as const)(
    'says once that the desktop does not show it (%s), with the way to the cure',
    async (state) => {
      const { user } = await world((snapshot) => Object.assign(snapshot.system, { notifications: state }));
      expect(block().getAllByText(/As notificações não aparecem neste computador/)).toHaveLength(1);
      await click(user, 'Ver o que fazer');
      expect(await screen.findByRole('heading', { level: 1, name: 'Notificações' })).toBeInTheDocument();
    },
  );

  it('does not speak of the desktop where nothing needs attention', async () => {
    await world((snapshot) => Object.assign(snapshot, { notices: [], system: { ...snapshot.system, notifications: 'denied' } }));
    expect(screen.queryByText(/As notificações não aparecem/)).toBeNull();
  });

  it('says that dates cannot be trusted while the clock is wrong', async () => {
    await world((snapshot) => Object.assign(snapshot.watch, { clock_wrong: true }));
    expect(within(screen.getByRole('main')).getByText('O relógio deste computador está errado.')).toBeInTheDocument();
  });
});

describe('under a pointer', () => {
  afterEach(() => vi.useRealTimers());

  it('nothing comes or goes until it leaves or rests', async () => {
    const opened = await world();
    const all = opened.fake.state.notices;
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await fireEvent.pointerMove(rows()[0]!);
    now(opened, [{ ...all[0]!, grant_id: 'g-new', subject_name: 'Nova' }, all[1]!]);
    expect(await within(rows()[0]!).findByText('Resolvido')).toBeInTheDocument();
    expect(rows()).toHaveLength(2);
    expect(screen.queryByText(/Login de Nova/)).toBeNull();
    await vi.advanceTimersByTimeAsync(4000);
    expect(within(rows()[0]!).getByText('Login de Nova · Facebook')).toBeInTheDocument();
  });

  it('elsewhere on the page it follows at once', async () => {
    const opened = await world();
    await fireEvent.pointerMove(rows()[0]!);
    await fireEvent.pointerMove(screen.getByRole('navigation'));
    now(opened, []);
    await waitFor(noBlock);
  });
});
