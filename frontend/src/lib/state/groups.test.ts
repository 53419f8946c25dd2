import { describe, expect, it } from 'vitest';
import type { Account, Snapshot } from '../backend/backend';
import { fakeSnapshot } from '../backend/fake-data';
import { groupsOf, rowsOf, searched } from './groups';

const NOW = Date.parse('2026-11-22T12:00:00Z');

function world(change: (snapshot: Snapshot) => void = () => {}) {
  const snapshot = fakeSnapshot(NOW);
  change(snapshot);
  return snapshot;
}

const names = (rows: { account: Account; child: boolean }[]) =>
  rows.map(({ account, child }) => `${child ? '> ' : ''}${account.username || account.name}`);

describe('groups', () => {
  it('come by provider, then login, then Page with its Instagram account', () => {
    const [meta, linkedin] = groupsOf(world(), 'p-cafe');
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
    const [meta] = groupsOf(world(), 'p-cafe');
    expect(meta?.total).toBe(7);
    expect(groupsOf(world(), 'p-loja')[0]?.total).toBe(1);
  });

  it('find an account without its accents, and keep the count of the login', () => {
    const [meta, linkedin] = searched(groupsOf(world(), 'p-cafe'), ' EMPORIO ');
    expect(names(meta?.logins[0]?.rows ?? [])).toEqual(['Empório e Torrefação Artesanal do Vale do Rio Doce', '> emporiodovale']);
    expect(meta?.logins).toHaveLength(1);
    expect(meta?.logins[0]?.total).toBe(5);
    expect(linkedin?.logins).toHaveLength(0);
  });

  it('call a login broken when it is, or when one of its accounts needs a new sign-in', () => {
    const [meta] = groupsOf(world(), 'p-cafe');
    expect(meta?.logins.map(({ broken }) => broken)).toEqual([false, true]);
  });

  it('show an Instagram account on its own when its Page is not connected', () => {
    const rows = rowsOf(world().accounts.filter(({ id }) => id === 'a-cafe-ig'));
    expect(names(rows)).toEqual(['cafedaesquina']);
  });

  it('show a pending withdrawal in the projects it came from, or everywhere when no one knows', () => {
    const gone = world((snapshot) => {
      snapshot.grants.push({ ...snapshot.grants[0]!, id: 'g-gone', state: 'revoking' });
    });
    expect(groupsOf(gone, 'p-loja')[0]?.withdrawing).toHaveLength(1);
    gone.accounts.push({ ...gone.accounts[0]!, id: 'a-gone', grant_id: 'g-gone', state: 'disconnected' });
    expect(groupsOf(gone, 'p-loja')[0]?.withdrawing).toHaveLength(0);
    expect(groupsOf(gone, 'p-cafe')[0]?.withdrawing).toHaveLength(1);
  });
});
