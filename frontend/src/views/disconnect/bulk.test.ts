import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { DisconnectResult } from '../../lib/backend/backend';
import { callsOf, click, dialogNamed, noDialog, openWindow } from '../../testing/window';

async function asking(...accounts: string[]) {
  const world = await openWindow();
  for (const account of accounts) await world.user.click(screen.getAllByRole('checkbox', { name: `Marcar ${account}` })[0] as HTMLElement);
  await click(world.user, new RegExp(`^Desconectar ${accounts.length} conta`));
  const dialog = within(await dialogNamed(/^Desconectar \d contas?\?/));
  return { ...world, dialog };
}

describe('disconnecting several accounts', () => {
  it('asks once: what stops, what stays, which login loses its last', async () => {
    const { dialog, fake, user } = await asking('@emporiodovale', 'Torrefação Prado', '@torrefacaoprado');
    expect(dialog.getByText('@emporiodovale, Torrefação Prado, @torrefacaoprado')).toBeInTheDocument();
    expect(dialog.getByText('Publicar nas 3 contas')).toBeInTheDocument();
    expect(dialog.getByText('Tudo o que já foi publicado')).toBeInTheDocument();
    expect(dialog.getByText(/O login de Maria Lima fica sem contas/)).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Cancelar' })).toHaveFocus();
    expect(dialog.getByRole('button', { name: 'Desconectar 3 contas' })).toBeDisabled();
    await click(user, 'Cancelar');
    await noDialog();
    expect(callsOf(fake, 'disconnect')).toEqual([]);
  });

  it('goes one after the other and tells of each what became of it', async () => {
    const { dialog, fake, user } = await asking('@emporiodovale', 'Torrefação Prado', '@torrefacaoprado', 'João Prado');
    const own = fake.disconnect.bind(fake);
    const outcomes: Record<string, DisconnectResult['outcome']> = { 'a-torra-ig': 'withdrawn', 'a-joao-in': 'unreachable' };
    fake.disconnect = async (id, whole) => {
      fake.outcome = outcomes[id];
      fake.failing.disconnect = id === 'a-torra' ? 'database_busy' : undefined;
      return own(id, whole);
    };
    await user.click(dialog.getByRole('checkbox', { name: /^Sei que as 4 contas/ }));
    await user.click(dialog.getByRole('button', { name: 'Desconectar 4 contas' }));
    const over = within(await dialogNamed('3 de 4 contas foram desconectadas'));
    expect(callsOf(fake, 'disconnect')).toEqual([
      ['a-emporio-ig', false],
      ['a-torra', false],
      ['a-torra-ig', false],
      ['a-joao-in', false],
    ]);
    const result = within(over.getByRole('list', { name: 'Resultado por conta' }));
    expect(result.getAllByRole('listitem').map((item) => item.textContent?.trim().split(/\s{2,}|\. /)[0])).toEqual([
      expect.stringMatching(/^Não foram desconectadas \(1\)/),
      expect.stringMatching(/^Torrefação Prado/),
      expect.stringMatching(/^Retirada pendente \(1\)/),
      expect.stringMatching(/^João Prado/),
      expect.stringMatching(/^Desconectadas aqui \(1\)/),
      expect.stringMatching(/^@emporiodovale/),
      expect.stringMatching(/^Acesso retirado \(1\)/),
      expect.stringMatching(/^@torrefacaoprado/),
    ]);
    expect(result.getByText(/O arquivo de dados está em uso/)).toBeInTheDocument();
    await user.click(over.getByRole('button', { name: 'Abrir página do LinkedIn' }));
    expect(callsOf(fake, 'openPage')).toEqual([['linkedin_apps']]);
    await user.click(over.getByRole('button', { name: 'Pronto' }));
    await noDialog();
    expect(screen.getByText('1 conta marcada')).toBeInTheDocument();
  });

  it('asks for no tick where it is one account', async () => {
    const { dialog, fake, user } = await asking('@emporiodovale');
    expect(dialog.queryByRole('checkbox')).toBeNull();
    await user.click(dialog.getByRole('button', { name: 'Desconectar 1 conta' }));
    await dialogNamed(/foi desconectada|foram desconectadas/);
    expect(callsOf(fake, 'disconnect')).toEqual([['a-emporio-ig', false]]);
  });

  it('stops when told to, and says which were not begun', async () => {
    const { dialog, fake, user } = await asking('@emporiodovale', 'Torrefação Prado');
    const own = fake.disconnect.bind(fake);
    let go = () => {};
    fake.disconnect = async (id, whole) => {
      await new Promise<void>((done) => {
        go = done;
      });
      return own(id, whole);
    };
    await user.click(dialog.getByRole('checkbox', { name: /^Sei que as 2 contas/ }));
    await user.click(dialog.getByRole('button', { name: 'Desconectar 2 contas' }));
    expect(dialog.getByRole('progressbar', { name: '0 de 2 contas' })).toBeInTheDocument();
    await user.keyboard('{Escape}');
    await user.click(dialog.getByRole('button', { name: 'Parar' }));
    go();
    const over = within(await dialogNamed('1 de 2 contas foram desconectadas'));
    expect(over.getByText('Não começadas (1)')).toBeInTheDocument();
  });
});
