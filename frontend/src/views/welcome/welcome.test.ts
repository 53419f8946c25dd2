import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { fakeSnapshot, freshSnapshot } from '../../lib/backend/fake-data';
import { callsOf, click, openWindow } from '../../testing/window';

const WELCOME = 'Boas-vindas ao Kontent Connect';
const heading = (name: string) => screen.findByRole('heading', { level: 1, name });

describe('the welcome', () => {
  it('greets who has set nothing up, and says what to have at hand', async () => {
    await openWindow({ snapshot: freshSnapshot(Date.now()) });
    expect(await heading(WELCOME)).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Para conectar suas contas, tenha à mão' }).querySelectorAll('li')).toHaveLength(4);
  });

  it('leads to the apps', async () => {
    const { user } = await openWindow({ snapshot: freshSnapshot(Date.now()) });
    await click(user, 'Configurar os aplicativos');
    expect(await heading('Aplicativos dos provedores')).toBeInTheDocument();
  });

  it('opens the demonstration, and says why where it cannot', async () => {
    const { fake, user } = await openWindow({ snapshot: freshSnapshot(Date.now()) });
    await click(user, 'Experimentar com a demonstração');
    expect(await screen.findByText('Abrindo a demonstração em outra janela…')).toBeInTheDocument();
    fake.failing.openDemo = 'demo_start';
    await click(user, 'Experimentar com a demonstração');
    expect(await screen.findByText(/kontent-connect --demo/)).toBeInTheDocument();
    expect(callsOf(fake, 'openDemo')).toHaveLength(2);
  });

  it.each([
    ['who has an app', { apps: fakeSnapshot(Date.now()).apps }],
    ['the demonstration', { demo: true }],
  ])('does not greet %s', async (_, more) => {
    await openWindow({ snapshot: { ...freshSnapshot(Date.now()), ...more } });
    expect(await heading('Integrações')).toBeInTheDocument();
  });
});

describe('about', () => {
  it('opens the data folder by name, copies its path, and leads back to the welcome', async () => {
    const { fake, user } = await openWindow();
    await user.click(screen.getByRole('link', { name: 'Sobre' }));
    expect(screen.getByText(/0\.1\.0 · Licença Apache 2\.0/)).toBeInTheDocument();
    await click(user, 'Abrir pasta');
    expect(callsOf(fake, 'openPage')).toEqual([['data_folder']]);
    await click(user, 'Copiar: Pasta de dados');
    expect(fake.clipboard).toBe('/home/maria/.local/share/kontent-connect');
    await click(user, 'Rever as boas-vindas');
    expect(await heading(WELCOME)).toBeInTheDocument();
  });
});
