import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { addLogins } from '../../lib/backend/fake-crowd';
import { fakeSnapshot } from '../../lib/backend/fake-data';
import { button, callsOf, click, dialogNamed, lastAttempt, noDialog, openWindow, type World } from '../../testing/window';

/** Maria, Ana, Caio (left out of the grant) and Elisa are broken; João and Bruno end soon; Denise must go to the site. */
async function world() {
  const snapshot = fakeSnapshot(Date.now());
  addLogins(snapshot, 5, 5);
  const opened = await openWindow({ snapshot });
  await click(opened.user, 'Reconectar tudo');
  return { ...opened, dialog: await dialogNamed('Reconectar um login após o outro') };
}

async function started() {
  const opened = await world();
  await click(opened.user, 'Começar com 4 logins');
  await dialogNamed('Reconectar o login de Maria Lima');
  return opened;
}

async function finished({ fake, user }: World) {
  await click(user, 'Abrir o navegador');
  fake.finish(lastAttempt(fake));
  await dialogNamed('Escolha o que conectar');
  await click(user, /^Concluir/);
  await dialogNamed(/^Pronto/);
}

const result = () => within(screen.getByRole('list', { name: 'Logins da fila' })).getAllByRole('listitem');

describe('several logins to reconnect', () => {
  it('begin with what is broken, and leave out what a sign-in does not mend', async () => {
    const { fake, dialog } = await world();
    const boxes = within(dialog).getAllByRole('checkbox');
    expect(boxes.map((box) => (box as HTMLInputElement).checked)).toEqual([true, false, true, false, true, true]);
    expect(within(dialog).getByText(/^1 login fica de fora/)).toBeInTheDocument();
    expect(callsOf(fake, 'connect')).toEqual([]);
  });

  it('can be chosen', async () => {
    const { user, dialog } = await world();
    for (const box of within(dialog).getAllByRole('checkbox', { checked: true })) await user.click(box);
    expect(button('Começar')).toBeDisabled();
    await user.click(within(dialog).getAllByRole('checkbox')[1]!);
    await click(user, 'Começar com 1 login');
    await dialogNamed('Reconectar o login de João Prado');
  });

  it('come one after the other, each with the person that is expected, and open no browser by themselves', async () => {
    const opened = await started();
    const { fake, user } = opened;
    expect(within(screen.getByRole('dialog')).getByText('1 de 4')).toBeInTheDocument();
    expect(screen.getByText('Entre no Facebook como Maria Lima.')).toBeInTheDocument();
    expect(callsOf(fake, 'connect')).toEqual([]);
    await finished(opened);
    await click(user, 'Ir ao próximo login');
    await dialogNamed('Reconectar o login de Ana Souza');
    expect(screen.getByText('2 de 4')).toBeInTheDocument();
    expect(callsOf(fake, 'connect')).toHaveLength(1);
    await click(user, 'Abrir o navegador');
    expect(callsOf(fake, 'connect')[1]?.[0]).toMatchObject({ grant_id: 'g-more-0', project_id: 'p-cafe' });
  });

  it('go on after one that was skipped, cancelled or failed, and end with what came of each', async () => {
    const opened = await started();
    const { fake, user } = opened;
    await finished(opened);
    await click(user, 'Ir ao próximo login');
    await click(user, 'Pular este login');
    await dialogNamed('Reconectar o login de Caio Melo');
    await click(user, 'Abrir o navegador');
    await dialogNamed('Aguardando o navegador');
    await click(user, 'Cancelar');
    await dialogNamed('Reconectar o login de Elisa Ramos');
    await click(user, 'Abrir o navegador');
    fake.update(lastAttempt(fake), { state: 'failed', problem: { code: 'wrong_person', args: { expected: 'Elisa', received: 'Rita' } } });
    await click(user, 'Ver o resultado');
    const dialog = await dialogNamed('1 login recuperado');
    expect(within(dialog).getByText('3 ainda precisam de você.')).toBeInTheDocument();
    expect(result().map((row) => row.textContent)).toEqual([
      expect.stringContaining('2 contas funcionando'),
      expect.stringContaining('Pulado'),
      expect.stringContaining('Cancelado'),
      expect.stringContaining('Quem entrou foi Rita'),
    ]);
    expect(callsOf(fake, 'cancel')).toHaveLength(1);
  });

  it('can be stopped, read, and taken up again with what is left', async () => {
    const { user } = await started();
    await click(user, 'Parar aqui');
    await dialogNamed('Nenhum login recuperado');
    expect(result()[3]).toHaveTextContent('Não iniciado');
    await click(user, 'Tentar os 4 que faltam');
    await dialogNamed('Reconectar o login de Maria Lima');
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Fechar' }));
    await dialogNamed('Nenhum login recuperado');
    await click(user, 'Pronto');
    await noDialog();
  });

  it('keep their turns when a notification leads to the sign-in on show', async () => {
    const { fake, user } = await started();
    await click(user, 'Abrir o navegador');
    fake.emit({ show: true, attempt: lastAttempt(fake) });
    fake.emit({ show: true });
    await waitFor(() => expect(callsOf(fake, 'changes').length).toBeGreaterThan(1));
    await click(user, 'Cancelar');
    await dialogNamed('Reconectar o login de Ana Souza');
    expect(screen.getByText('2 de 4')).toBeInTheDocument();
  });

  it('tell what did not come back with its login', async () => {
    const { fake, user } = await started();
    await click(user, 'Abrir o navegador');
    const own = fake.state.accounts.filter(({ grant_id }) => grant_id === 'g-maria');
    fake.finish(lastAttempt(fake), {
      candidates: own.map((one, index) => ({ ...one, connected: true, usable: index > 0, reason: index > 0 ? undefined : 'not_ticked' })),
    });
    await click(user, /^Concluir/);
    await click(user, 'Ir ao próximo login');
    await click(user, 'Parar aqui');
    await dialogNamed('Nenhum login recuperado');
    expect(result()[0]).toHaveTextContent('Não voltou: Torrefação Prado');
  });
});
