import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Watch } from '../../lib/backend/backend';
import { fakeSnapshot, freshSnapshot } from '../../lib/backend/fake-data';
import { callsOf, click, openWindow } from '../../testing/window';

function world(change: Partial<Watch> = {}) {
  const snapshot = fakeSnapshot(Date.now());
  Object.assign(snapshot.watch, change);
  return openWindow({ snapshot });
}

const foot = () => within(screen.getByRole('navigation'));

describe('the watch', () => {
  it('says when it looked and when it will', async () => {
    await world();
    expect(foot().getByText('Vigilância ativa')).toBeInTheDocument();
    expect(foot().getByText('verificado há 12 min')).toBeInTheDocument();
    expect(foot().getByText('próxima em 38 min')).toBeInTheDocument();
  });

  it('looks now, from any page', async () => {
    const { fake, user } = await world();
    await user.click(screen.getByRole('link', { name: 'Histórico' }));
    await click(user, 'Verificar agora: todos os logins');
    expect(callsOf(fake, 'check')).toEqual([[[]]]);
  });

  it('says how far it has come, politely', async () => {
    await world({ checking: true, done: 3, total: 12 });
    const words = foot().getByText('Verificando 3 de 12 logins');
    expect(words.closest('[aria-live=polite]')).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Verificar agora: todos os logins' })).toBeDisabled();
  });

  it('says that it waits for the network', async () => {
    await world({ offline: true });
    expect(foot().getByText('Sem internet')).toBeInTheDocument();
    expect(foot().getByText('As verificações continuam quando a rede voltar.')).toBeInTheDocument();
    expect(foot().getByText('verificado há 12 min')).toBeInTheDocument();
  });

  it('says that the clock is wrong, and what to do', async () => {
    await world({ clock_wrong: true });
    expect(foot().getByText('O relógio deste computador está errado')).toBeInTheDocument();
    expect(foot().getByText(/Acerte a data e a hora/)).toBeInTheDocument();
  });

  it('says until when notifications are paused, and lets them through again', async () => {
    const { fake, user } = await world({ paused_until: new Date(Date.now() + 60_000).toISOString() });
    expect(foot().getByText(/^Notificações em pausa até/)).toBeInTheDocument();
    await user.click(foot().getByRole('button', { name: 'Retomar' }));
    await waitFor(() => expect(foot().queryByText(/^Notificações em pausa/)).toBeNull());
    expect(callsOf(fake, 'pauseNotices')).toEqual([[0]]);
  });

  it('does not call itself active while the agent is lost', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { fake } = await world();
    fake.emitAgent({ connected: false });
    vi.advanceTimersByTime(1_000);
    expect(await foot().findByText('Vigilância parada')).toBeInTheDocument();
    expect(foot().queryByText('Vigilância ativa')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Verificar agora: todos os logins' })).toBeNull();
  });

  it('offers no check where there is nothing to check', async () => {
    await openWindow({ snapshot: freshSnapshot(Date.now()) });
    expect(screen.queryByRole('button', { name: 'Verificar agora: todos os logins' })).toBeNull();
    expect(foot().getByText('ainda sem verificação')).toBeInTheDocument();
  });

  it('opens from its mark in the folded menu, and closes with Escape', async () => {
    const { user } = await world();
    const mark = screen.getByRole('button', { name: 'Vigilância: Vigilância ativa' });
    await user.click(mark);
    expect(mark).toHaveAttribute('aria-expanded', 'true');
    await user.keyboard('{Escape}');
    expect(mark).toHaveAttribute('aria-expanded', 'false');
    expect(mark).toHaveFocus();
  });
});
