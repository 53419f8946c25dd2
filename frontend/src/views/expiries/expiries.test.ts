import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { addLogins } from '../../lib/backend/fake-crowd';
import { fakeSnapshot, freshSnapshot } from '../../lib/backend/fake-data';
import { callsOf, click, dialogNamed, openWindow } from '../../testing/window';

async function world(snapshot = fakeSnapshot(Date.now())) {
  const opened = await openWindow({ snapshot });
  await opened.user.click(screen.getByRole('link', { name: 'Vencimentos' }));
  await screen.findByRole('heading', { level: 1, name: 'Vencimentos' });
  return opened;
}

const marks = () => within(screen.getByRole('group', { name: 'Linha do tempo dos próximos 90 dias' })).getAllByRole('button');

describe('the coming 90 days', () => {
  it('have a mark for each day on which something ends, what is broken first', async () => {
    await world();
    expect(marks().map((mark) => mark.getAttribute('aria-label')?.replace(/^\S+, /, ''))).toEqual([
      'hoje, 1 login: Maria Lima',
      'em 6 dias, 1 login: João Prado',
      'em 20 dias, 1 login: João Prado',
      'em 42 dias, 1 login: João Prado',
      'em 71 dias, 1 login: João Prado',
    ]);
    expect(marks().map((mark) => mark.querySelector('[data-health]')?.getAttribute('data-health'))).toEqual([
      'reconnect',
      'expiring',
      'healthy',
      'unverified',
      'healthy',
    ]);
  });

  it('are one stop for the keyboard, and tell about the day that the arrows reach', async () => {
    const { user } = await world();
    expect(marks().filter((mark) => mark.tabIndex === 0)).toHaveLength(1);
    marks()[0]?.focus();
    await user.keyboard('{ArrowRight}');
    expect(marks()[1]).toHaveFocus();
    expect(screen.getByText(/Acesso aos dados na Meta \(90 dias\)/)).toBeInTheDocument();
    await user.keyboard('{End}');
    expect(marks().at(-1)).toHaveFocus();
    await user.keyboard('{Home}{ArrowLeft}');
    expect(marks()[0]).toHaveFocus();
  });

  it('lead to the renewal', async () => {
    const { fake, user } = await world();
    await user.click(marks()[1]!);
    await click(user, 'Renovar: João Prado');
    await dialogNamed('Reconectar o login de João Prado');
    expect(callsOf(fake, 'connect')).toEqual([]);
  });

  it('are the same as a table', async () => {
    const { user } = await world();
    await click(user, 'Ver como tabela');
    const [, ...rows] = within(screen.getByRole('table', { name: 'Vencimentos' })).getAllByRole('row');
    expect(rows).toHaveLength(5);
    expect(rows[0]).toHaveTextContent('A senha da conta foi alterada.');
    expect(rows[1]).toHaveTextContent('Acesso aos dados na Meta (90 dias)');
    await click(user, 'Ocultar tabela');
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('group two hundred logins, and say how many have no date', async () => {
    const snapshot = fakeSnapshot(Date.now());
    addLogins(snapshot, 200, 0);
    await world(snapshot);
    expect(marks().length).toBeLessThanOrEqual(91);
    expect(marks().some((mark) => mark.getAttribute('aria-label')?.includes(' 2 logins: '))).toBe(true);
    expect(screen.getByText(/logins sem data: a rede não informou/)).toBeInTheDocument();
    expect(screen.getByText(/^Depois disso terminam \d+ logins/)).toBeInTheDocument();
  });

  it('name LinkedIn’s limit as such', async () => {
    const snapshot = fakeSnapshot(Date.now());
    const login = snapshot.grants.find(({ id }) => id === 'g-joao-in')!;
    login.clocks = { ...login.clocks, refresh: login.clocks.token };
    const { user } = await world(snapshot);
    await user.click(marks()[3]!);
    expect(screen.getByText(/Limite de renovação do LinkedIn \(365 dias\)/)).toBeInTheDocument();
  });

  it('say so when there is nothing', async () => {
    await world(freshSnapshot(Date.now()));
    expect(screen.getByText('Nenhum login conectado ainda.')).toBeInTheDocument();
  });
});
