import { describe, expect, it } from 'vitest';
import type { Account, Snapshot } from '../backend/backend';
import { fakeSnapshot, freshSnapshot } from '../backend/fake-data';
import { groupsOf, isNew, rowsOf } from './groups';

const NOW = Date.parse('2026-11-22T12:00:00Z');

function world(change: (snapshot: Snapshot) => void = () => {}) {
  const snapshot = fakeSnapshot(NOW);
  change(snapshot);
  return snapshot;
}

const names = (rows: { account: Account; child: boolean }[]) =>
  rows.map(({ account, child }) => `${child ? '> ' : ''}${account.username || account.name}`);

describe('a program that is new here', () => {
  it('has no account at all, and not only none in the part that is read yet', () => {
    const fresh = freshSnapshot(NOW);
    expect(isNew(fresh)).toBe(true);
    expect(isNew({ ...fresh, partial: true })).toBe(false);
  });
});

describe('groups', () => {
  it('come by provider, then login, then Page with its Instagram account', () => {
    const [meta, linkedin] = groupsOf(world(), { project: 'p-cafe' });
    expect(meta?.logins.map(({ grant }) => grant.subject_name)).toEqual(['João Prado', 'Maria Lima']);
    expect(names(meta?.logins[0]?.rows ?? [])).toEqual([
      'Café da Esquina',
      '> cafedaesquina',
      'Café da Esquina – Franquias',
      'Empório e Torrefação Artesanal do Vale do Rio Doce',
      '> emporiodovale',
    ]);
    expect(linkedin?.logins[0]?.rows).toHaveLength(2);
  });

  it('leave out what was disconnected and what belongs to another project', () => {
    const [meta] = groupsOf(world(), { project: 'p-cafe' });
    expect(meta?.total).toBe(7);
    expect(groupsOf(world(), { project: 'p-loja' })[0]?.total).toBe(1);
  });

  it('call a login broken when it is, or when one of its accounts needs a new sign-in', () => {
    const [meta] = groupsOf(world(), { project: 'p-cafe' });
    expect(meta?.logins.map(({ broken }) => broken)).toEqual([false, true]);
  });

  it('show an Instagram account on its own when its Page is not connected', () => {
    const rows = rowsOf(world().accounts.filter(({ id }) => id === 'a-cafe-ig'));
    expect(names(rows)).toEqual(['cafedaesquina']);
  });

  it('keep a Page with its Instagram account in each project that has them', () => {
    const both = world((snapshot) => {
      const own = snapshot.accounts.slice(0, 2).map((one) => ({ ...one, id: `${one.id}-2`, project_id: 'p-loja' }));
      snapshot.accounts = [...snapshot.accounts.slice(0, 2), ...own];
    });
    const [meta] = groupsOf(both, { project: undefined });
    expect(names(meta?.logins[0]?.rows ?? [])).toEqual(['Café da Esquina', '> cafedaesquina', 'Café da Esquina', '> cafedaesquina']);
  });

  it('bring what ends first to the front, families together', () => {
    const [meta, linkedin] = groupsOf(world(), { project: 'p-cafe', sort: 'end' });
    expect(meta?.logins.map(({ grant }) => grant.subject_name)).toEqual(['Maria Lima', 'João Prado']);
    expect(names(meta?.logins[1]?.rows ?? [])).toEqual([
      'Café da Esquina',
      '> cafedaesquina',
      'Empório e Torrefação Artesanal do Vale do Rio Doce',
      '> emporiodovale',
      'Café da Esquina – Franquias',
    ]);
    expect(linkedin?.logins).toHaveLength(1);
  });

  it('show what was disconnected by itself', () => {
    const [meta, linkedin] = groupsOf(world(), { project: 'p-cafe', gone: true });
    expect(names(meta?.logins[0]?.rows ?? [])).toEqual(['Café da Esquina – Quiosque']);
    expect(meta?.logins[0]?.broken).toBe(false);
    expect(linkedin?.total).toBe(0);
  });

  it('show a pending withdrawal in the projects it came from, or everywhere when no one knows', () => {
    const gone = world((snapshot) => {
      snapshot.grants.push({ ...snapshot.grants[0]!, id: 'g-gone', state: 'revoking' });
    });
    expect(groupsOf(gone, { project: 'p-loja' })[0]?.withdrawing).toHaveLength(1);
    gone.accounts.push({ ...gone.accounts[0]!, id: 'a-gone', grant_id: 'g-gone', state: 'disconnected' });
    expect(groupsOf(gone, { project: 'p-loja' })[0]?.withdrawing).toHaveLength(0);
    expect(groupsOf(gone, { project: 'p-cafe' })[0]?.withdrawing).toHaveLength(1);
  });
});
