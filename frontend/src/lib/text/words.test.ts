import { describe, expect, it } from 'vitest';
import type { Account } from '../backend/backend';
import { fakeSnapshot } from '../backend/fake-data';
import { text } from './text.svelte';
import { actionOf, endOf, lineOf, messageOf, stateOf, titleOf } from './words';

const NOW = new Date('2026-11-22T12:00:00').getTime();
const base = fakeSnapshot(NOW).accounts[0] as Account;
const account = (more: Partial<Account>): Account => ({ ...base, ...more });
const expires = (day: string) => ({ kind: 'expires' as const, at: new Date(`${day}T12:00:00`).toISOString() });

describe('the state of an account', () => {
  const cases: [string, Partial<Account>, string, string][] = [
    ['healthy without an end', {}, 'Conectada', 'Sem expiração'],
    ['healthy with a date', { clocks: { token: expires('2026-12-12') } }, 'Conectada', 'Expira em 20 dias (12/12)'],
    ['healthy with an unknown end', { clocks: { token: { kind: 'unknown' } } }, 'Conectada', 'Expiração desconhecida'],
    ['healthy without a word about its end', { clocks: {} }, 'Conectada', 'Expiração desconhecida'],
    [
      'ending soon',
      { health: 'expiring', clock: 'token', ends_at: expires('2026-11-28').at, clocks: { token: expires('2026-11-28') } },
      'Expira em 6 dias',
      'Acesso até 28/11',
    ],
    [
      'its data ending soon',
      { health: 'expiring', clock: 'data_access', ends_at: expires('2026-11-28').at, clocks: { data_access: expires('2026-11-28') } },
      'Expira em 6 dias',
      'Acesso a dados até 28/11',
    ],
    ['to be reconnected', { health: 'reconnect', cause: 'password_changed' }, 'Reconexão necessária', 'A senha da conta foi alterada.'],
    [
      'without one permission',
      { health: 'limited', cause: 'permission_missing', capabilities: { ...base.capabilities, messages: 'missing' } },
      'Falta a permissão de mensagens',
      'Sem expiração',
    ],
    [
      'without two permissions',
      { health: 'limited', cause: 'permission_missing', capabilities: { ...base.capabilities, messages: 'missing', comments: 'missing' } },
      'Faltam 2 permissões',
      'Sem expiração',
    ],
    [
      'held up by the network',
      { health: 'checkpoint', cause: 'checkpoint' },
      'O Facebook pede confirmação',
      'A rede pede que esta pessoa confirme a identidade no site dela.',
    ],
    ['not checked', { health: 'unverified', cause: 'offline' }, 'Não foi possível verificar', 'Este computador está sem internet.'],
  ];
  it.each(cases)('%s', (_, more, state, line) => {
    expect(stateOf(account(more), NOW)).toBe(state);
    expect(lineOf(account(more), NOW)).toBe(line);
  });

  it('takes the first of two dates', () => {
    expect(endOf({ clocks: { token: expires('2027-02-01'), data_access: expires('2026-12-01') } }, NOW)).toBe('Acesso a dados até 01/12');
  });

  it('follows the language', () => {
    void text.use('en');
    expect(
      stateOf(
        account({ health: 'expiring', clock: 'token', ends_at: expires('2026-11-28').at, clocks: { token: expires('2026-11-28') } }),
        NOW,
      ),
    ).toBe('Expires in 6 days');
  });
});

describe('names of the networks', () => {
  it('are put in as text, whatever they hold', () => {
    const name = '<b>{{.count}}</b> $t(health.healthy)';
    expect(titleOf(account({ name }))).toBe(name);
    expect(messageOf({ code: 'candidate_unusable', args: { name } })).toBe(`${name} não pode ser conectada.`);
  });

  it('may be missing', () => {
    expect(titleOf(account({ name: '', username: '' }))).toBe('Conta sem nome');
  });
});

describe('a problem', () => {
  it('that nobody knows is told as an internal one, without its text', () => {
    expect(messageOf({ code: 'brand_new', message: 'dial tcp: refused' })).toBe(messageOf({ code: 'internal' }));
    expect(actionOf({ code: 'brand_new' })).toBe(actionOf({ code: 'internal' }));
  });

  it('that lacks an argument shows no braces', () => {
    expect(messageOf({ code: 'data_folder' })).not.toContain('{{');
  });
});
