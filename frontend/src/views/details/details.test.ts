import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { ALL_LINES } from '../../lib/backend/backend';
import { act, callsOf, dialogNamed, noDialog, openWindow } from '../../testing/window';

async function details(account: string) {
  const world = await openWindow();
  await act(world.user, account, 'Detalhes');
  return { ...world, panel: within(await dialogNamed(account)) };
}

describe('the details of an account', () => {
  it('tell every date with who says so', async () => {
    const { panel } = await details('@cafedaesquina');
    const [access, data] = panel.getAllByText(/^Acesso/, { selector: 'dt' }).map((term) => term.nextElementSibling?.textContent);
    expect(access).toMatch(/Sem expiração.*informado pela rede/);
    expect(data).toMatch(/Expira em 6 dias.*informado pela rede/);
    expect(panel.getByText('Do login de João Prado')).toBeInTheDocument();
  });

  it('name the failure as the network does, for its support', async () => {
    const { panel } = await details('João Prado');
    expect(panel.getByText('Código da falha na rede', { selector: 'dt' }).nextElementSibling).toHaveTextContent('AAYc5tQ0mLk7bF2w');
  });

  it('tell who connected it, where, when it was last asked about, and what happened to it', async () => {
    const { fake, panel } = await details('@torrefacaoprado');
    const fact = (term: string) => panel.getByText(term, { selector: 'dt' }).nextElementSibling?.textContent;
    expect(fact('Conectada por')).toBe('Maria Lima');
    expect(fact('Projeto')).toBe('Café da Esquina');
    expect(fact('Última verificação')).toMatch(/^há 12 min/);
    expect(fact('Identificador na rede')).toBe('r-a-torra-ig');
    expect(await panel.findByText('Estado alterado')).toBeInTheDocument();
    expect(callsOf(fake, 'history')[0]).toEqual([{ ...ALL_LINES, account_id: 'a-torra-ig', limit: 20 }]);
  });

  it('say why the timeline cannot be read', async () => {
    const world = await openWindow();
    world.fake.failing.history = 'database_busy';
    await act(world.user, '@emporiodovale', 'Detalhes');
    expect(await screen.findByRole('alert')).toHaveTextContent('O arquivo de dados está em uso por outro programa.');
  });

  it('offer what mends the account, here too', async () => {
    const { user } = await details('@torrefacaoprado');
    await user.click(screen.getByRole('button', { name: 'Reconectar login' }));
    expect(await screen.findAllByRole('dialog')).toHaveLength(2);
  });

  it('copy a report without names, and give the focus back to the row', async () => {
    const { fake, panel, user } = await details('@torrefacaoprado');
    await panel.findByText('Estado alterado');
    await user.click(panel.getByRole('button', { name: 'Copiar relatório' }));
    await waitFor(() => expect(fake.clipboard).toContain('password_changed'));
    expect(fake.clipboard).toContain('health_changed');
    expect(fake.clipboard).not.toMatch(/torrefa|Maria|Café/i);
    expect(panel.getByText('Copiado.')).toBeInTheDocument();
    await user.click(panel.getByRole('button', { name: 'Fechar' }));
    await noDialog();
    await waitFor(() => expect(screen.getByRole('button', { name: '@torrefacaoprado' })).toHaveFocus());
  });
});
