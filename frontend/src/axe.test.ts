import { screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { fakeSnapshot, freshSnapshot } from './lib/backend/fake-data';
import { act, click, dialogNamed, lastAttempt, openWindow, type World } from './testing/window';

/** Colours need a real engine; tools/shots.mjs asks Chromium about them. */
async function violations(): Promise<string[]> {
  const found = await axe.run(document.documentElement, { rules: { 'color-contrast': { enabled: false } } });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

const META = 'Conectar conta: Instagram/Facebook';

async function waiting({ user }: World) {
  await click(user, META);
  await click(user, 'Abrir o navegador');
  await dialogNamed('Aguardando o navegador');
  await click(user, 'Colar o endereço');
}

const screens: [string, (world: World) => Promise<unknown>][] = [
  ['the list', async () => {}],
  ['a menu', ({ user }) => click(user, 'Mais ações: Café da Esquina – Franquias')],
  ['the projects', ({ user }) => click(user, /^Projeto:/)],
  [
    'connect',
    async ({ user }) => {
      await click(user, META);
      await click(user, 'Escolher');
    },
  ],
  ['waiting', waiting],
  [
    'choosing',
    async (world) => {
      await waiting(world);
      world.fake.finish(lastAttempt(world.fake));
      await dialogNamed('Escolha o que conectar');
    },
  ],
  ['disconnect', ({ user }) => act(user, '@emporiodovale', 'Desconectar…')],
  [
    'history',
    async ({ user }) => {
      await user.click(screen.getByRole('link', { name: 'Histórico' }));
      await screen.findByRole('table');
    },
  ],
  ['provider apps', ({ user }) => user.click(screen.getByRole('link', { name: 'Aplicativos dos provedores' }))],
  ['appearance', ({ user }) => user.click(screen.getByRole('link', { name: 'Aparência e idioma' }))],
];

describe('axe finds nothing on', () => {
  it.each(screens)(
    '%s',
    async (_, go) => {
      const world = await openWindow({ snapshot: { ...fakeSnapshot(Date.now()), demo: true } });
      await go(world);
      expect(await violations()).toEqual([]);
    },
    20_000,
  );

  it('an installation without anything', async () => {
    await openWindow({ snapshot: freshSnapshot(Date.now()) });
    expect(await violations()).toEqual([]);
  }, 20_000);
});
