import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/backend/backend';
import { fakeFindings } from '../../lib/backend/fake-findings';
import { CHECKS } from '../../lib/state/diagnosis.svelte';
import { loadSeldom } from '../../lib/text/seldom.svelte';
import { text } from '../../lib/text/text.svelte';
import { callsOf, click, openWindow, type World } from '../../testing/window';
import { titleOf, wordsOf } from './words';

async function diagnosis(): Promise<World> {
  const world = await openWindow();
  await world.user.click(screen.getByRole('link', { name: 'Diagnóstico' }));
  await screen.findByRole('heading', { level: 1, name: 'Diagnóstico' });
  return world;
}

const line = (title: RegExp) => within(screen.getByRole('heading', { level: 2, name: title }).closest('li') as HTMLElement);

describe('the diagnosis', () => {
  it('asks nothing before it is asked to', async () => {
    const { fake } = await diagnosis();
    expect(screen.getByText('Ainda não verificado.')).toBeInTheDocument();
    expect(callsOf(fake, 'diagnose')).toEqual([]);
  });

  it('shows how far it is, and that all is well', async () => {
    const { fake, user } = await diagnosis();
    let go = () => {};
    fake.patience = new Promise((resolved) => (go = resolved));
    await click(user, 'Verificar tudo');
    expect(await screen.findByText('0 de 13 verificados')).toBeInTheDocument();
    expect(callsOf(fake, 'diagnose').map(([checks]) => checks)).toEqual(CHECKS.map((check) => [check]));
    go();
    expect(await screen.findByText('Nenhum problema encontrado.')).toBeInTheDocument();
    expect(line(/^Chaveiro: Certo/).getByText('Guarda, lê e apaga.')).toBeInTheDocument();
  });

  it('says what is wrong, the cure, and leads to where that is', async () => {
    const { fake, user } = await diagnosis();
    fake.troubled = true;
    await click(user, 'Verificar tudo');
    expect(await screen.findByText('4 problemas encontrados.')).toBeInTheDocument();
    expect(line(/^Relógio/).getByText('Está 95 min longe da hora das redes.')).toBeInTheDocument();
    expect(line(/^Relógio/).getByText(/Ligue o ajuste automático/)).toBeInTheDocument();
    expect(line(/^Chaveiro/).getByText('O chaveiro do sistema está bloqueado.')).toBeInTheDocument();
    await user.click(line(/^Aplicativo do Facebook/).getByRole('button'));
    expect(await screen.findByRole('heading', { level: 1, name: 'Aplicativos dos provedores' })).toBeInTheDocument();
  });

  it('keeps what it found while one looks elsewhere', async () => {
    const { user } = await diagnosis();
    await click(user, 'Verificar tudo');
    await screen.findByText('Nenhum problema encontrado.');
    await user.click(screen.getByRole('link', { name: 'Sobre' }));
    await user.click(screen.getByRole('link', { name: 'Diagnóstico' }));
    expect(await screen.findByText('Nenhum problema encontrado.')).toBeInTheDocument();
  });

  it('says in each place that the program did not answer', async () => {
    const { fake, user } = await diagnosis();
    fake.failing.diagnose = 'agent_unreachable';
    await click(user, 'Verificar tudo');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Verificar de novo' })).toBeEnabled());
    expect(screen.getAllByText('O Kontent em segundo plano não está respondendo.')).toHaveLength(13);
  });

  it('saves a report', async () => {
    const { user } = await diagnosis();
    await click(user, 'Salvar relatório');
    expect(await screen.findByText('Salvo em kontent-diagnostico.txt.')).toBeInTheDocument();
  });
});

describe('the words of the diagnosis', () => {
  it('are there for every check and finding, in every language', async () => {
    for (const language of ['pt-BR', 'en', 'es'] as const) {
      await Promise.all([text.use(language), loadSeldom(language)]);
      for (const finding of [...fakeFindings(false), ...fakeFindings(true)]) {
        const { said, cure } = wordsOf(finding as Finding);
        expect([language, finding.check, titleOf(finding.check)]).not.toContain('');
        expect(said).not.toMatch(/^$|[{}]/);
        if (finding.state !== 'ok') expect([finding.code, cure]).not.toContain('');
      }
    }
    await text.use('pt-BR');
  });

  it('know the same checks as the program, in the same order', () => {
    const source = readFileSync(resolve(import.meta.dirname, '../../../../backend/view/diagnosis.go'), 'utf8');
    const values = new Map([...source.matchAll(/(Check\w+)\s+Check = "(\w+)"/g)].map(([, name, value]) => [name, value]));
    const [, list = ''] = /func Checks\(\)[^{]*{\s*return \[\]Check{([^}]*)}/.exec(source) ?? [];
    expect(
      list
        .split(',')
        .map((name) => values.get(name.trim()))
        .filter(Boolean),
    ).toEqual(CHECKS);
  });
});
