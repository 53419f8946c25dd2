import { describe, expect, it } from 'vitest';
import type { Account, Clock, Grant } from '../backend/backend';
import { fakeSnapshot } from '../backend/fake-data';
import { calendarOf, type ExpiryDay, lanesOf, loginsOf, ticksOf } from './expiries';

/** Noon, local time: days are counted as people count them. */
const NOW = new Date('2026-11-22T12:00:00').getTime();
const base = fakeSnapshot(NOW);
const inDays = (days: number, source: Clock['source'] = 'provider'): Clock => ({
  kind: 'expires',
  at: new Date(NOW + days * 86_400_000).toISOString(),
  source,
});

const grant = (id: string, more: Partial<Grant> = {}): Grant => ({ ...base.grants[0]!, id, subject_name: id, clocks: {}, ...more });
const account = (grantID: string, more: Partial<Account> = {}): Account => ({
  ...base.accounts[0]!,
  id: `a-${grantID}`,
  grant_id: grantID,
  clocks: {},
  ...more,
});
const calendar = (grants: Grant[], accounts = grants.map(({ id }) => account(id))) => calendarOf({ grants, accounts }, NOW);
const told = (days: ExpiryDay[]) =>
  days.map(({ day, health, expiries }) => [day, health, expiries.map((one) => `${one.grant.id} ${one.clock ?? 'ended'}`)]);

describe('the calendar', () => {
  it('has one mark for all logins of a day, in the order of the days', () => {
    const { days } = calendar([
      grant('late', { clocks: { token: inDays(40) } }),
      grant('one', { clocks: { token: inDays(5) } }),
      grant('two', { clocks: { token: inDays(5) } }),
    ]);
    expect(told(days)).toEqual([
      [5, 'healthy', ['one token', 'two token']],
      [40, 'healthy', ['late token']],
    ]);
    expect(loginsOf(days[0]?.expiries ?? []).map(({ id }) => id)).toEqual(['one', 'two']);
  });

  it('shows LinkedIn’s renewal limit and not the access that is renewed until then', () => {
    const { days } = calendar([grant('in', { provider: 'linkedin', clocks: { token: inDays(20), refresh: inDays(80) } })]);
    expect(told(days)).toEqual([[80, 'healthy', ['in refresh']]]);
  });

  it('shows the access all the same once the program warns of it', () => {
    const login = grant('in', { health: 'expiring', ends_at: inDays(6).at, clocks: { token: inDays(6), refresh: inDays(80) } });
    expect(told(calendar([login]).days)).toEqual([
      [6, 'expiring', ['in token']],
      [80, 'healthy', ['in refresh']],
    ]);
  });

  it('names Meta’s data access of an account apart from the access of its login', () => {
    const login = grant('meta', { clocks: { token: inDays(30) } });
    const { days } = calendar(
      [login],
      [account('meta', { health: 'expiring', clock: 'data_access', ends_at: inDays(6).at, clocks: { data_access: inDays(6) } })],
    );
    expect(told(days)).toEqual([
      [6, 'expiring', ['meta data_access']],
      [30, 'healthy', ['meta token']],
    ]);
  });

  it('follows the login’s own access, and an account’s only where that ends first', () => {
    const login = grant('meta', { clocks: { token: inDays(30) } });
    const { days } = calendar(
      [login],
      [
        account('meta', { id: 'lasts', clocks: { token: inDays(60) } }),
        account('meta', { id: 'endless', clocks: { token: { kind: 'never', source: 'provider' } } }),
        account('meta', { id: 'first', clocks: { token: inDays(10) } }),
      ],
    );
    expect(days.map(({ day, expiries }) => [day, expiries[0]?.accounts.map(({ id }) => id)])).toEqual([
      [10, ['first']],
      [30, ['lasts', 'endless', 'first']],
    ]);
  });

  it('has no date for what is broken: it needs somebody today', () => {
    const login = grant('meta', { health: 'reconnect', cause: 'password_changed', clocks: { token: inDays(30) } });
    expect(told(calendar([login], [account('meta', { health: 'reconnect' })]).days)).toEqual([[0, 'reconnect', ['meta ended']]]);
  });

  it('keeps the dates of the accounts that still work', () => {
    const login = grant('meta', { clocks: { token: inDays(30) } });
    const { days } = calendar([login], [account('meta'), account('meta', { id: 'lost', health: 'missing' })]);
    expect(days.map(({ day, expiries }) => [day, expiries[0]?.accounts.map(({ id }) => id)])).toEqual([
      [0, ['lost']],
      [30, ['a-meta']],
    ]);
  });

  it('says “no end”, “unknown” and “later” in words, and makes up no date', () => {
    const found = calendar([
      grant('never', { clocks: { token: { kind: 'never', source: 'provider' } } }),
      grant('unknown', { clocks: { token: { kind: 'unknown', source: 'provider' } } }),
      grant('silent'),
      grant('later', { clocks: { token: inDays(91) } }),
      grant('edge', { clocks: { token: inDays(90, 'assumed') } }),
    ]);
    expect(found.never.map(({ id }) => id)).toEqual(['never']);
    expect(found.unknown.map(({ id }) => id)).toEqual(['unknown', 'silent']);
    expect(found.later.map((one) => one.grant.id)).toEqual(['later']);
    expect(told(found.days)).toEqual([[90, 'healthy', ['edge token']]]);
    expect(found.days[0]?.expiries[0]?.assumed).toBe(true);
  });

  it('leaves out logins without an account, and those that are being taken back', () => {
    const { days } = calendar(
      [grant('empty', { clocks: { token: inDays(3) } }), grant('gone', { state: 'revoking', clocks: { token: inDays(3) } })],
      [account('gone')],
    );
    expect(days).toEqual([]);
  });

  it('does not call a login that could not be asked about a healthy one', () => {
    expect(told(calendar([grant('in', { health: 'unverified', clocks: { token: inDays(42) } })]).days)).toEqual([
      [42, 'unverified', ['in token']],
    ]);
  });
});

describe('marks', () => {
  it('stand above each other where days are close, and as low as they can', () => {
    expect(lanesOf([0, 1, 5, 6, 30], 5)).toEqual([0, 1, 0, 1, 0]);
    expect(lanesOf([0, 1, 2], 5)).toEqual([0, 1, 2]);
  });

  it('have Mondays and firsts of months to be read against', () => {
    const ticks = ticksOf(NOW);
    expect(ticks.filter(({ kind }) => kind === 'month').map(({ day }) => day)).toEqual([9, 40, 71]);
    expect(ticks.filter(({ kind }) => kind === 'week')).toHaveLength(13);
    expect(ticks.filter(({ kind }) => kind === 'week')[0]?.day).toBe(1);
  });
});
