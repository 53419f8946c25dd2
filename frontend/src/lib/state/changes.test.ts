import { describe, expect, it } from 'vitest';
import { differenceOf } from '../backend/fake-changes';
import { fakeSnapshot } from '../backend/fake-data';
import { applied } from './changes';

const NOW = Date.parse('2026-03-10T12:00:00Z');

function world() {
  const before = { ...fakeSnapshot(NOW), revision: 7 };
  const { accounts, grants } = before;
  const now = {
    ...before,
    revision: 9,
    accounts: [
      ...accounts.slice(1).map((one) => (one.id === accounts[2]?.id ? { ...one, name: 'Outro' } : one)),
      { ...accounts[0]!, id: 'new' },
    ],
    grants: grants.slice(0, -1),
  };
  return { before, now };
}

describe('a snapshot with the changes since', () => {
  it('is the snapshot of then', () => {
    const { before, now } = world();
    expect(applied(before, differenceOf(before, now))).toEqual(now);
  });

  it('leaves alone what did not change', () => {
    const { before, now } = world();
    const next = applied(before, differenceOf(before, now));
    expect(next?.accounts[0]).toBe(before.accounts[1]);
    expect(next?.accounts[1]).not.toBe(before.accounts[2]);
    expect(next?.notices).toBe(before.notices);
    const same = applied(before, { ...differenceOf(before, before), revision: 8 });
    expect(same?.accounts).toBe(before.accounts);
  });

  it('forgets trouble with the keychain that is over', () => {
    const { before } = world();
    const locked = { ...before, keychain: { code: 'keychain_locked' } };
    expect(applied(locked, differenceOf(locked, before))).toEqual(before);
  });

  it('is none where the changes are lost, or are those of another revision', () => {
    const { before, now } = world();
    const changes = differenceOf(before, now);
    expect(applied(before, { ...changes, lost: true })).toBeUndefined();
    expect(applied(now, changes)).toBeUndefined();
  });
});
