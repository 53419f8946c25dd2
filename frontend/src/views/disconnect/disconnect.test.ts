import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { FakeBackend } from '../../lib/backend/fake';
import { act, button, callsOf, click, dialogNamed, noDialog, openWindow } from '../../testing/window';

async function asking() {
  const world = await openWindow();
  await act(world.user, '@emporiodovale', 'Desconectar…');
  const dialog = await dialogNamed('Desconectar @emporiodovale?');
  return { ...world, dialog };
}

/** The tick without which what stops several accounts is not done. */
const sure = (count: number) => screen.getByRole('checkbox', { name: new RegExp(`^Sei que as ${count} contas deixam de funcionar`) });
const active = (fake: FakeBackend) => fake.state.accounts.filter(({ state }) => state === 'active').length;

describe('disconnecting', () => {
  it('E11 says what stops and what stays, and starts on Cancelar', async () => {
    const { fake, user, dialog } = await asking();
    expect(within(dialog).getByText('Publicar neste Instagram')).toBeInTheDocument();
    expect(within(dialog).getByText('Tudo o que já foi publicado')).toBeInTheDocument();
    expect(button('Cancelar')).toHaveFocus();
    await user.keyboard('{Enter}');
    await noDialog();
    expect(callsOf(fake, 'disconnect')).toHaveLength(0);
  });

  it('gives the focus back to where it was asked for', async () => {
    const { user } = await asking();
    await click(user, 'Cancelar');
    await noDialog();
    expect(button('Mais ações: @emporiodovale')).toHaveFocus();
  });

  it('takes only this account unless told otherwise', async () => {
    const { fake, user } = await asking();
    const before = active(fake);
    expect(screen.getByRole('radio', { name: 'Só esta conta' })).toBeChecked();
    await click(user, 'Desconectar @emporiodovale');
    await dialogNamed('@emporiodovale foi desconectada');
    expect(callsOf(fake, 'disconnect')).toEqual([['a-emporio-ig', false]]);
    expect(active(fake)).toBe(before - 1);
    // Removing the app there would stop the accounts that stay.
    expect(screen.queryByRole('button', { name: 'Abrir página do Facebook' })).toBeNull();
    await click(user, 'Pronto');
    await noDialog();
    expect(screen.queryByText('@emporiodovale')).toBeNull();
  });

  it('names and counts everything that the whole login takes, other projects included', async () => {
    const { fake, user } = await asking();
    const whole = screen.getByRole('radio', { name: 'O login inteiro de João Prado' });
    expect(whole).toHaveAccessibleDescription(
      /6 contas: Café da Esquina, @cafedaesquina, Café da Esquina – Franquias e mais 3\. 1 delas é de outro projeto/,
    );
    await user.click(whole);
    expect(button('Desconectar 6 contas')).toBeDisabled();
    await user.click(sure(6));
    await click(user, 'Desconectar 6 contas');
    await dialogNamed('6 contas foram desconectadas');
    expect(callsOf(fake, 'disconnect')).toEqual([['a-emporio-ig', true]]);
    expect(screen.getByText('Acesso retirado')).toBeInTheDocument();
  });

  it('tells when the network still lists the app, with the way there', async () => {
    const { fake, user } = await asking();
    fake.outcome = 'still_listed';
    await user.click(screen.getByRole('radio', { name: 'O login inteiro de João Prado' }));
    await user.click(sure(6));
    await click(user, 'Desconectar 6 contas');
    await click(user, 'Abrir página do Facebook');
    expect(callsOf(fake, 'openPage')).toEqual([['meta_apps']]);
    expect(screen.getByText(/Só João Prado pode removê-lo lá/)).toBeInTheDocument();
  });

  it('tells when the network could not be reached, here and afterwards in the list', async () => {
    const { fake, user } = await asking();
    fake.outcome = 'unreachable';
    await user.click(screen.getByRole('radio', { name: 'O login inteiro de João Prado' }));
    await user.click(sure(6));
    await click(user, 'Desconectar 6 contas');
    expect(await screen.findByText(/Vamos tentar retirar o acesso de novo/)).toBeInTheDocument();
    await click(user, 'Pronto');
    await noDialog();
    expect(screen.getByText('Login de João Prado: vamos tentar retirar o acesso no Facebook de novo.')).toBeInTheDocument();
  });

  it('takes a whole login from its own line, with the count', async () => {
    const { fake, user } = await openWindow();
    await click(user, 'Mais ações do login de Maria Lima');
    await user.click(screen.getByRole('menuitem', { name: 'Desconectar login… (2 contas)' }));
    const dialog = within(await dialogNamed('Desconectar o login de Maria Lima?'));
    expect(dialog.queryByRole('radio')).toBeNull();
    expect(dialog.getByText(/2 contas: Torrefação Prado, @torrefacaoprado/)).toBeInTheDocument();
    expect(dialog.getByText('Publicar nas 2 contas')).toBeInTheDocument();
    expect(button('Cancelar')).toHaveFocus();
    await user.click(sure(2));
    await click(user, 'Desconectar 2 contas');
    await dialogNamed('2 contas foram desconectadas');
    expect(callsOf(fake, 'disconnect')).toEqual([['a-torra', true]]);
  });

  it('says what went wrong and changes nothing', async () => {
    const { fake, user } = await asking();
    fake.failing.disconnect = 'database_busy';
    const before = active(fake);
    await click(user, 'Desconectar @emporiodovale');
    expect(await screen.findByRole('alert')).toHaveTextContent('O arquivo de dados está em uso por outro programa.');
    expect(active(fake)).toBe(before);
  });
});
