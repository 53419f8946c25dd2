import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Snapshot, System } from '../../lib/backend/backend';
import { fakeSnapshot } from '../../lib/backend/fake-data';
import { button, callsOf, click, openWindow } from '../../testing/window';

async function world(change: (snapshot: Snapshot) => void = () => {}) {
  const snapshot = fakeSnapshot(Date.now());
  change(snapshot);
  const opened = await openWindow({ snapshot });
  await opened.user.click(screen.getByRole('link', { name: 'Notificações' }));
  await screen.findByRole('heading', { level: 1, name: 'Notificações' });
  return opened;
}

const toggle = (name: string) => screen.getByRole('switch', { name });
const system = (change: Partial<System>) => world((snapshot) => Object.assign(snapshot.system, change));

describe('notifications on this computer', () => {
  const states: [System['notifications'], string, RegExp][] = [
    ['available', 'Este computador mostra notificações.', /mesmo com esta janela fechada/],
    ['no_service', 'Nada neste computador mostra notificações.', /Ative o serviço de notificações/],
    ['denied', 'O sistema não permite notificações do Kontent Connect.', /Permita o Kontent Connect/],
    ['silenced', 'O “não perturbe” deste computador está ligado.', /Desligue o “não perturbe”/],
    ['unknown', 'Não dá para saber se este computador mostra notificações.', /Envie uma de teste/],
  ];
  it.each(states)('%s: what that is, and the cure', async (notifications, what, cure) => {
    await system({ notifications });
    expect(screen.getByText(what)).toBeInTheDocument();
    expect(screen.getByText(cure)).toBeInTheDocument();
  });

  it('do not promise to arrive without the window where nothing watches then', async () => {
    await world((snapshot) => Object.assign(snapshot.preferences, { background: false }));
    expect(screen.queryByText(/mesmo com esta janela fechada/)).toBeNull();
    expect(screen.getByText(/só chegam enquanto esta janela está aberta/)).toBeInTheDocument();
  });

  it('says where they have no buttons', async () => {
    await system({ buttons: false });
    expect(screen.getByText(/Aqui elas não têm botões/)).toBeInTheDocument();
  });

  it('are switched off and on, and names left out', async () => {
    const { fake, user } = await world();
    await user.click(toggle('Não mostrar nomes'));
    await waitFor(() => expect(toggle('Não mostrar nomes')).toBeChecked());
    await user.click(toggle('Notificações neste computador'));
    expect(await screen.findByText('Desligadas: os avisos aparecem só nesta janela.')).toBeInTheDocument();
    expect(toggle('Não mostrar nomes')).toBeDisabled();
    expect(fake.state.preferences.notices).toMatchObject({ desktop: false, discreet: true });
  });

  it('stay as they were where the change was refused', async () => {
    const { fake, user } = await world();
    fake.failing.setPreferences = 'database_failed';
    await user.click(toggle('Notificações neste computador'));
    expect(await screen.findByText('Não foi possível gravar os dados neste computador.')).toBeInTheDocument();
    expect(toggle('Notificações neste computador')).toBeChecked();
  });

  it('send one to try, and say what is known of it', async () => {
    const { fake, user } = await world();
    await click(user, 'Enviar uma notificação de teste');
    expect(await screen.findByText(/^Enviada\. Se ela não apareceu/)).toBeInTheDocument();
    expect(callsOf(fake, 'testNotice')).toHaveLength(1);
  });

  it('say when one cannot be sent', async () => {
    const { user } = await system({ notifications: 'denied' });
    await click(user, 'Enviar uma notificação de teste');
    expect(await screen.findByRole('alert')).toHaveTextContent('Permita-as nas configurações de notificações do sistema.');
    expect(screen.queryByText(/^Enviada/)).toBeNull();
  });
});

describe('quiet hours', () => {
  const quiet = (snapshot: Snapshot) => {
    snapshot.preferences.notices.quiet = true;
  };

  it('are off to begin with, and show their times once they are on', async () => {
    const { user } = await world();
    expect(screen.queryByLabelText('Das')).toBeNull();
    await user.click(toggle('Horário de silêncio'));
    expect(await screen.findByLabelText('Das')).toHaveValue('22:00');
    expect(screen.getByText('do dia seguinte')).toBeInTheDocument();
  });

  it('are saved when a time was changed', async () => {
    const { fake } = await world(quiet);
    await fireEvent.input(screen.getByLabelText('Das'), { target: { value: '07:30' } });
    expect(screen.queryByText('do dia seguinte')).toBeNull();
    await fireEvent.change(screen.getByLabelText('Das'));
    await waitFor(() => expect(fake.state.preferences.notices).toMatchObject({ quiet: true, quiet_from: '07:30', quiet_to: '08:00' }));
  });

  it.each([
    ['', 'Use horas como 22:00.'],
    ['08:00', 'O início e o fim precisam ser diferentes.'],
  ])('with the time %j are not saved, and say why', async (value, why) => {
    const { fake } = await world(quiet);
    await fireEvent.input(screen.getByLabelText('Das'), { target: { value } });
    await fireEvent.change(screen.getByLabelText('Das'));
    expect(screen.getByRole('alert')).toHaveTextContent(why);
    expect(screen.getByLabelText('Das')).toHaveAttribute('aria-invalid', 'true');
    expect(callsOf(fake, 'setPreferences')).toEqual([]);
  });
});

describe('a pause', () => {
  it('of an hour says until when, and can be ended', async () => {
    const { fake, user } = await world();
    await click(user, 'Por 1 hora');
    const page = within(screen.getByRole('main'));
    expect(await page.findByText(/^Notificações em pausa até/)).toBeInTheDocument();
    await waitFor(() => expect(page.getByRole('button', { name: 'Retomar' })).toHaveFocus());
    await user.click(page.getByRole('button', { name: 'Retomar' }));
    expect(await page.findByText('Pausar todas')).toBeInTheDocument();
    expect(callsOf(fake, 'pauseNotices')).toEqual([[60], [0]]);
  });

  it('until tomorrow ends in the morning', async () => {
    const { user } = await world();
    await click(user, 'Até amanhã');
    expect(await within(screen.getByRole('main')).findByText('Notificações em pausa até amanhã, 08:00')).toBeInTheDocument();
  });
});

describe('in the background', () => {
  it('says plainly what stops when it is off', async () => {
    const { fake, user } = await world();
    await user.click(toggle('Vigiar com a janela fechada'));
    expect(await screen.findByText('Com a janela fechada, nada é verificado e nenhum aviso chega.')).toBeInTheDocument();
    expect(fake.state.preferences.background).toBe(false);
  });

  it('starts with the computer when that is wanted', async () => {
    const { fake, user } = await world();
    await user.click(toggle('Iniciar com o computador'));
    await waitFor(() => expect(toggle('Iniciar com o computador')).toBeChecked());
    expect(callsOf(fake, 'setStartAtLogin')).toEqual([[true]]);
  });

  it('says why it cannot', async () => {
    await system({ can_start_at_login: false });
    expect(toggle('Iniciar com o computador')).toBeDisabled();
    expect(toggle('Iniciar com o computador')).toHaveAccessibleDescription('Este sistema não oferece início automático a este programa.');
  });

  it('says how to come back to the window, with an icon and without', async () => {
    await world();
    expect(screen.getByText(/O ícone do Kontent fica na área de ícones/)).toBeInTheDocument();
  });

  it('says so where there is no place for an icon', async () => {
    await system({ tray: false });
    expect(screen.getByText(/Este ambiente não tem área de ícones/)).toBeInTheDocument();
    expect(screen.getByText('kontent window')).toBeInTheDocument();
  });
});

describe('closing the window for the first time', () => {
  const TITLE = 'O Kontent Connect continua vigiando';
  const asked = (fake: { calls: [string, ...unknown[]][] }) => fake.calls.filter(([name]) => name === 'askBeforeClosing');

  it('is asked for once the window knows that nothing was said yet', async () => {
    const { fake } = await openWindow();
    await waitFor(() => expect(asked(fake)).toEqual([['askBeforeClosing', true]]));
  });

  it('is not asked for where it was said, and not in the demonstration', async () => {
    const said = fakeSnapshot(Date.now());
    said.preferences.close_explained = true;
    const first = await openWindow({ snapshot: said });
    const second = await openWindow({ snapshot: { ...fakeSnapshot(Date.now()), demo: true } });
    expect([...asked(first.fake), ...asked(second.fake)]).toEqual([]);
  });

  it('says what goes on, and saves the choice before it closes', async () => {
    const { fake, user } = await openWindow();
    fake.emitClosing();
    const dialog = within(await screen.findByRole('dialog', { name: TITLE }));
    expect(dialog.getByText(/O ícone do Kontent fica/)).toBeInTheDocument();
    await user.click(dialog.getByRole('switch'));
    expect(await screen.findByRole('dialog', { name: 'Sem a janela, nada é vigiado' })).toBeInTheDocument();
    expect(dialog.getByRole('switch')).toHaveFocus();
    await click(user, 'Fechar janela');
    await waitFor(() => expect(callsOf(fake, 'closeWindow')).toHaveLength(1));
    expect(fake.state.preferences).toMatchObject({ close_explained: true, background: false });
    const names = fake.calls.map(([name]) => name);
    expect(names.indexOf('setPreferences')).toBeLessThan(names.indexOf('closeWindow'));
  });

  it('promises no notification where the desktop shows none', async () => {
    const snapshot = fakeSnapshot(Date.now());
    Object.assign(snapshot.system, { notifications: 'no_service', tray: false });
    const { fake } = await openWindow({ snapshot });
    fake.emitClosing();
    const dialog = within(await screen.findByRole('dialog', { name: TITLE }));
    expect(dialog.getByText('As notificações não aparecem neste computador.')).toBeInTheDocument();
    expect(dialog.getByText('kontent window')).toBeInTheDocument();
  });

  it('can be cancelled, and asks again the next time', async () => {
    const { fake, user } = await openWindow();
    fake.emitClosing();
    await screen.findByRole('dialog', { name: TITLE });
    await click(user, 'Cancelar');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked(fake)).toHaveLength(2);
    expect(callsOf(fake, 'closeWindow')).toEqual([]);
    expect(fake.state.preferences.close_explained).toBe(false);
  });

  it('keeps nobody in whose choice cannot be saved', async () => {
    const { fake, user } = await openWindow();
    fake.failing.setPreferences = 'database_failed';
    fake.emitClosing();
    await click(user, 'Fechar janela');
    expect(await screen.findByRole('alert')).toHaveTextContent('Não foi possível gravar os dados');
    expect(callsOf(fake, 'closeWindow')).toEqual([]);
    await user.click(button('Fechar janela'));
    await waitFor(() => expect(callsOf(fake, 'closeWindow')).toHaveLength(1));
  });
});
