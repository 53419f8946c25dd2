import { describe, expect, it } from 'vitest';
import type { Account } from '../backend/backend';
import { agency } from '../backend/fake-crowd';
import { fakeSnapshot } from '../backend/fake-data';
import { everyState } from '../backend/fake-states';
import { countsOf, type Filter, finder, isNarrow, narrowed } from './filter';
import { groupsOf } from './groups';
import { byName, endOrder } from './order';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const NOTHING: Filter = { query: '', health: 'all', provider: '' };

function found(filter: Partial<Filter>, project: string | undefined = 'p-cafe') {
  const groups = narrowed(groupsOf(fakeSnapshot(NOW), { project }), { ...NOTHING, ...filter });
  return groups.flatMap(({ logins }) =>
    logins.flatMap(({ rows }) => rows.map(({ account, child }) => `${child ? '> ' : ''}${account.username || account.name}`)),
  );
}

describe('the filter', () => {
  it('leaves the groups alone when nothing is looked for', () => {
    const groups = groupsOf(fakeSnapshot(NOW), { project: 'p-cafe' });
    expect(narrowed(groups, NOTHING)).toEqual(groups);
    expect(isNarrow({ ...NOTHING, query: '  ' })).toBe(false);
  });

  it('finds an account without its accents, and keeps the count of the login', () => {
    const [meta, linkedin] = narrowed(groupsOf(fakeSnapshot(NOW), { project: 'p-cafe' }), { ...NOTHING, query: ' EMPORIO ' });
    expect(meta?.logins).toHaveLength(1);
    expect(meta?.logins[0]?.total).toBe(5);
    expect(linkedin?.logins).toHaveLength(0);
    expect(found({ query: 'emporio' })).toEqual(['Empório e Torrefação Artesanal do Vale do Rio Doce', '> emporiodovale']);
  });

  it('finds all accounts of a login by its person', () => {
    expect(found({ query: 'maria' })).toEqual(['Torrefação Prado', '> torrefacaoprado']);
  });

  it('shows an Instagram account on its own when its Page is filtered away', () => {
    expect(found({ health: 'expiring' })).toEqual(['cafedaesquina']);
  });

  it('joins state, network and words', () => {
    expect(found({ health: 'attention' })).toHaveLength(6);
    expect(found({ health: 'attention', provider: 'linkedin' })).toEqual(['Café da Esquina', 'João Prado']);
    expect(found({ health: 'attention', provider: 'linkedin', query: 'esquina' })).toEqual(['Café da Esquina']);
    expect(found({ health: 'reconnect', provider: 'linkedin' })).toEqual([]);
  });

  it('puts every state that is not healthy into what needs attention, and each into one choice more', () => {
    const states = everyState(NOW);
    const projects = fakeSnapshot(NOW).projects.map((project, index) => ({ ...project, former: index + 1 }));
    const counts = countsOf({ accounts: states, projects }, undefined);
    expect(counts).toEqual({ all: 10, attention: 9, reconnect: 3, expiring: 1, limited: 2, unverified: 3, healthy: 1, disconnected: 4 });
    const { attention, reconnect, expiring, limited, unverified } = counts;
    expect(reconnect + expiring + limited + unverified).toBe(attention);
  });

  it('counts what another project would add', () => {
    const { accounts } = fakeSnapshot(NOW);
    expect(accounts.filter(finder({ ...NOTHING, query: 'loja' })).map(({ id }) => id)).toEqual(['a-loja']);
  });

  it('takes ten thousand accounts in a blink', () => {
    const snapshot = fakeSnapshot(NOW);
    Object.assign(snapshot, agency(snapshot, 10_000));
    const groups = groupsOf(snapshot, { project: undefined });
    const rows = narrowed(groups, { ...NOTHING, query: '@loja.40.' }).flatMap(({ logins }) => logins.flatMap((login) => login.rows));
    expect(snapshot.accounts).toHaveLength(10_000);
    expect(rows.every(({ account }) => account.grant_id === 'g-agency-39')).toBe(true);
  });
});

describe('the order', () => {
  const named = (name: string) => ({ name, username: '', id: name });

  it('is that of the names, without accents, 2 before 10', () => {
    const names = ['Loja 10', 'Árvore', 'loja 2', 'Zebra', 'arte'].map(named);
    expect(names.sort((a, b) => byName(a, b, 'id')).map(({ name }) => name)).toEqual(['arte', 'Árvore', 'loja 2', 'Loja 10', 'Zebra']);
  });

  it('by end begins with what has ended and closes with what never does', () => {
    const [healthy, expiring, reconnect] = everyState(NOW) as [Account, Account, Account, ...Account[]];
    expect([healthy, expiring, reconnect].sort((a, b) => endOrder(a) - endOrder(b)).map(({ id }) => id)).toEqual([
      'a-state-reconnect',
      'a-state-expiring',
      'a-state-healthy',
    ]);
  });
});
