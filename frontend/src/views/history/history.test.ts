import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { FakeBackend } from '../../lib/backend/fake';
import { fakeSnapshot } from '../../lib/backend/fake-data';
import { longHistory } from '../../lib/backend/fake-history';
import { daysOf, Timeline } from '../../lib/state/timeline.svelte';
import { act, button, callsOf, click, openWindow, type World } from '../../testing/window';

const lines = () => screen.getAllByRole('listitem').filter((item) => item.querySelector('time'));

async function history(count?: number): Promise<World> {
  const world = await openWindow();
  if (count) world.fake.timeline = longHistory(Date.now(), count);
  await world.user.click(screen.getByRole('link', { name: 'Histórico' }));
  await screen.findByRole('heading', { level: 2, name: 'Hoje' });
  return world;
}

describe('the history', () => {
  it('says in a sentence what happened to whom and why, under the day', async () => {
    await history();
    const today = within(screen.getByRole('region', { name: 'Hoje' }));
    const line = within(today.getByText('O login de Maria Lima deixou de funcionar.').closest('li') as HTMLElement);
    expect(line.getByText('A senha da conta foi alterada.')).toBeInTheDocument();
    expect(line.getByText('Instagram/Facebook')).toBeInTheDocument();
    expect(screen.getByText('O login de João Prado voltou a funcionar.')).toBeInTheDocument();
  });

  it('shows older lines when asked, and each only once', async () => {
    const { fake, user } = await history(120);
    expect(lines()).toHaveLength(50);
    await click(user, 'Mostrar mais antigos');
    await waitFor(() => expect(lines()).toHaveLength(100));
    await click(user, 'Mostrar mais antigos');
    await waitFor(() => expect(lines()).toHaveLength(120));
    expect(screen.queryByRole('button', { name: 'Mostrar mais antigos' })).toBeNull();
    expect(callsOf(fake, 'history').at(-1)?.[0]).toMatchObject({ before_id: 21, limit: 50 });
  });

  it('puts what has just happened on top and keeps the rest', async () => {
    const { fake, user } = await history(60);
    await click(user, 'Mostrar mais antigos');
    await waitFor(() => expect(lines()).toHaveLength(60));
    const [newest] = fake.timeline;
    fake.timeline = [{ ...newest!, id: 61, kind: 'connected', subject: 'Padaria Nova' }, ...fake.timeline];
    fake.state.revision += 1;
    fake.emit({});
    expect(await screen.findByText('A conta Padaria Nova foi conectada.')).toBeInTheDocument();
    expect(lines()).toHaveLength(61);
  });

  it('narrows by name, kind, network, account and project, and lets go of all', async () => {
    const { fake, user } = await history();
    const asked = () => callsOf(fake, 'history').at(-1)?.[0];
    await user.selectOptions(screen.getByRole('combobox', { name: 'Eventos' }), 'Desconexões');
    await waitFor(() => expect(lines()).toHaveLength(2));
    expect(asked()).toMatchObject({ kinds: ['disconnected', 'withdrawn', 'still_listed', 'withdrawal_pending'], project_id: 'p-cafe' });
    await user.type(screen.getByRole('searchbox', { name: 'Buscar por nome' }), 'quiosque');
    await waitFor(() => expect(lines()).toHaveLength(1));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Rede' }), 'LinkedIn');
    expect(await screen.findByText('Nada com este filtro.')).toBeInTheDocument();
    await click(user, 'Limpar filtro');
    expect(screen.getByRole('searchbox', { name: 'Buscar por nome' })).toHaveFocus();
    await waitFor(() => expect(lines()).toHaveLength(9));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Projeto' }), 'Todos os projetos');
    await waitFor(() => expect(asked()).toMatchObject({ project_id: '' }));
  });

  it('begins with the account that was asked for', async () => {
    const { user } = await openWindow();
    await act(user, '@torrefacaoprado', 'Histórico da conta');
    await waitFor(() => expect(screen.getByRole('combobox', { name: 'Conta' })).toHaveDisplayValue(/@torrefacaoprado/));
  });

  it('saves what the filter shows, and says the name of the file', async () => {
    const { fake, user } = await history();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Eventos' }), 'Avisos');
    await click(user, 'Exportar');
    await user.click(screen.getByRole('menuitem', { name: 'Planilha (CSV)' }));
    expect(await screen.findByText('Salvo em kontent-historico.csv.')).toBeInTheDocument();
    expect(callsOf(fake, 'saveHistory')[0]?.[0]).toMatchObject({ format: 'csv', query: { kinds: ['notified'], project_id: 'p-cafe' } });
  });

  it('says nothing when the dialog was cancelled, and why where it failed', async () => {
    const { fake, user } = await history();
    fake.nowhere = true;
    await click(user, 'Exportar');
    await user.click(screen.getByRole('menuitem', { name: 'Para programas (JSON)' }));
    await waitFor(() => expect(callsOf(fake, 'saveHistory')).toHaveLength(1));
    expect(screen.queryByText(/^Salvo/)).toBeNull();
    fake.failing.saveHistory = 'file_not_saved';
    await click(user, 'Exportar');
    await user.click(screen.getByRole('menuitem', { name: 'Planilha (CSV)' }));
    expect(await screen.findByText(/não pôde ser salvo/)).toBeInTheDocument();
  });

  it('says why it cannot be read', async () => {
    const { fake, user } = await openWindow({ snapshot: fakeSnapshot(Date.now()) });
    fake.failing.history = 'database_damaged';
    await user.click(screen.getByRole('link', { name: 'Histórico' }));
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(button('Exportar')).toBeEnabled();
  });
});

describe('a timeline', () => {
  it('never mixes the lines of two filters, whatever happens meanwhile', async () => {
    const fake = new FakeBackend();
    const timeline = new Timeline(fake);
    const filter = { account_id: '', project_id: '', provider: '' as const, kinds: [], text: '' };
    await timeline.show(filter);
    const narrowing = timeline.show({ ...filter, text: 'quiosque' });
    const refreshing = timeline.newer();
    await Promise.all([narrowing, refreshing]);
    expect(timeline.entries?.map(({ subject }) => subject)).toEqual(['Café da Esquina – Quiosque']);
    expect(timeline.loading).toBe(false);
    // The refresh was not forgotten.
    expect(callsOf(fake, 'history')).toHaveLength(3);
  });
});

describe('days', () => {
  it('are those of this computer, in the order of the lines', () => {
    const at = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();
    const line = (id: number, time: string) => ({ id, at: time, kind: 'checked' as const, subject: '' });
    const days = daysOf([line(3, at(2, 0)), line(2, at(1, 23)), line(1, at(1, 1))]);
    expect(days.map(({ entries }) => entries.map(({ id }) => id))).toEqual([[3], [2, 1]]);
  });
});
