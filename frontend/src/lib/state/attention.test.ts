import { describe, expect, it } from 'vitest';
import type { Health, Notice } from '../backend/backend';
import { fakeSnapshot } from '../backend/fake-data';
import { firstInQueue, heldPlaces, isSnoozed, mendedBySignIn, placesOf, remedyFor } from './attention';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const base = fakeSnapshot(NOW).notices[0] as Notice;
const notice = (id: string, health: Health, more: Partial<Notice> = {}): Notice => ({ ...base, grant_id: id, health, ...more });
const ids = (notices: readonly Notice[]) => notices.map(({ grant_id }) => grant_id);

describe('what helps a login', () => {
  const cases: [Health, string, boolean][] = [
    ['reconnect', 'reconnect', true],
    ['expiring', 'renew', true],
    ['missing', 'choose', true],
    ['checkpoint', 'site', false],
    ['keychain', 'check', false],
    ['unverified', 'check', false],
  ];
  it.each(cases)('that is %s is to %s', (health, remedy, signIn) => {
    expect(remedyFor({ health })).toBe(remedy);
    expect(mendedBySignIn({ health })).toBe(signIn);
  });
});

describe('a queue begins', () => {
  it('with what is broken, and leaves what only ends soon for later', () => {
    const notices = [notice('a', 'expiring'), notice('b', 'reconnect'), notice('c', 'checkpoint'), notice('d', 'missing')];
    expect(ids(firstInQueue(notices))).toEqual(['b', 'd']);
  });

  it('with what ends soon where nothing is broken', () => {
    expect(ids(firstInQueue([notice('a', 'expiring'), notice('c', 'checkpoint')]))).toEqual(['a']);
  });
});

describe('a list that must hold still', () => {
  const before = placesOf([notice('a', 'reconnect'), notice('b', 'expiring')]);

  it('keeps the place of what was settled, and lets nothing in', () => {
    const held = heldPlaces(before, [notice('new', 'reconnect'), notice('b', 'expiring')]);
    expect(held.map(({ notice: { grant_id }, gone }) => [grant_id, gone])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('shows what is new about those that it has', () => {
    const [first] = heldPlaces(before, [notice('a', 'reconnect', { accounts: 9 })]);
    expect(first?.notice.accounts).toBe(9);
  });
});

describe('a snooze', () => {
  it('lasts until its time and no longer', () => {
    const until = new Date(NOW + 60_000).toISOString();
    expect(isSnoozed({ snoozed_until: until }, NOW)).toBe(true);
    expect(isSnoozed({ snoozed_until: until }, NOW + 60_000)).toBe(false);
    expect(isSnoozed({}, NOW)).toBe(false);
  });
});
