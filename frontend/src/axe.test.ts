import { screen, waitFor } from '@testing-library/svelte';
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
  [
    'reading',
    async (world) => {
      await waiting(world);
      world.fake.update(lastAttempt(world.fake), { state: 'reading', found: 128, expected: 500 });
      await screen.findByRole('progressbar');
    },
  ],
  [
    'what was declined',
    async (world) => {
      await waiting(world);
      world.fake.finish(lastAttempt(world.fake), { declined: ['pages_messaging'] });
      await screen.findByText('1 permissão não foi concedida');
    },
  ],
  ['a permission to ask for', ({ user }) => click(user, 'Conceder: Café da Esquina – Franquias')],
  [
    'pasting',
    async ({ fake, user }) => {
      fake.state.apps = fake.state.apps.map((app) => (app.provider === 'meta' ? { ...app, redirect: 'paste' as const } : app));
      fake.state.revision += 1;
      fake.emit({});
      await waitFor(async () => {
        if (!screen.queryByRole('dialog')) await click(user, META);
        await screen.findByLabelText('Acesso do usuário do sistema', {}, { timeout: 300 });
      });
      await user.type(screen.getByLabelText('Acesso do usuário do sistema'), 'EAAG');
      await click(user, 'Ler o acesso');
      fake.finish(lastAttempt(fake), { granted: ['pages_show_list'] });
      await dialogNamed('Escolha o que conectar');
    },
  ],
  [
    'another person',
    async (world) => {
      await click(world.user, 'Reconectar login de Maria Lima');
      await click(world.user, 'Abrir o navegador');
      world.fake.update(lastAttempt(world.fake), {
        state: 'failed',
        problem: { code: 'wrong_person', args: { expected: 'A', received: 'B' } },
      });
      await dialogNamed('O login não foi concluído');
    },
  ],
  [
    'the details of an account',
    async ({ user }) => {
      await act(user, '@cafedaesquina', 'Detalhes');
      await screen.findByText('Conta conectada');
    },
  ],
  ['a search without a result', ({ user }) => user.type(screen.getByRole('searchbox', { name: 'Buscar conta' }), 'quiosque')],
  [
    'ticked accounts',
    async ({ user }) => {
      await user.click(screen.getByRole('checkbox', { name: 'Marcar @emporiodovale' }));
      await screen.findByText('1 conta marcada');
    },
  ],
  [
    'several accounts disconnected',
    async ({ user }) => {
      await user.click(screen.getByRole('checkbox', { name: 'Marcar @emporiodovale' }));
      await user.click(screen.getByRole('checkbox', { name: 'Marcar Torrefação Prado' }));
      await click(user, 'Desconectar 2 contas…');
      await user.click(screen.getByRole('checkbox', { name: /^Sei que as 2 contas/ }));
      await click(user, 'Desconectar 2 contas');
      await dialogNamed('2 contas foram desconectadas');
    },
  ],
  ['a menu of a login', ({ user }) => click(user, 'Mais ações do login de Maria Lima')],
  [
    'a test of an app',
    async ({ fake, user }) => {
      fake.failing.testApp = 'app_secret_wrong';
      await user.click(screen.getByRole('link', { name: 'Aplicativos dos provedores' }));
      await click(user, 'Testar aplicativo: Instagram/Facebook');
      await screen.findByText('O aplicativo ainda não funciona');
    },
  ],
  ['disconnect', ({ user }) => act(user, '@emporiodovale', 'Desconectar…')],
  [
    'history',
    async ({ user }) => {
      await user.click(screen.getByRole('link', { name: 'Histórico' }));
      await screen.findByRole('heading', { level: 2, name: 'Hoje' });
    },
  ],
  ['provider apps', ({ user }) => user.click(screen.getByRole('link', { name: 'Aplicativos dos provedores' }))],
  ['reconnecting all', ({ user }) => click(user, 'Reconectar tudo')],
  [
    'a turn of the queue and its result',
    async ({ user }) => {
      await click(user, 'Reconectar tudo');
      await click(user, 'Começar com 1 login');
      expect(await violations()).toEqual([]);
      await click(user, 'Pular este login');
      await dialogNamed('Nenhum login recuperado');
    },
  ],
  [
    'expiry dates',
    async ({ user }) => {
      await user.click(screen.getByRole('link', { name: 'Vencimentos' }));
      await click(user, 'Ver como tabela');
    },
  ],
  [
    'notifications',
    async ({ user }) => {
      await user.click(screen.getByRole('link', { name: 'Notificações' }));
      await user.click(screen.getByRole('switch', { name: 'Horário de silêncio' }));
      await screen.findByLabelText('Das');
      await click(user, 'Enviar uma notificação de teste');
      await screen.findByText(/^Enviada/);
    },
  ],
  [
    'closing',
    async ({ fake }) => {
      fake.emitClosing();
      await screen.findByRole('dialog');
    },
  ],
  [
    'a diagnosis that found something',
    async ({ fake, user }) => {
      fake.troubled = true;
      await user.click(screen.getByRole('link', { name: 'Diagnóstico' }));
      await click(user, 'Verificar tudo');
      await screen.findByText('4 problemas encontrados.');
    },
  ],
  ['about', ({ user }) => user.click(screen.getByRole('link', { name: 'Sobre' }))],
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
