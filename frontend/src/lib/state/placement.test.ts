import { describe, expect, it } from 'vitest';
import { agency } from '../backend/fake-crowd';
import { fakeSnapshot } from '../backend/fake-data';
import { groupsOf } from './groups';
import { inView, placed, rowsInView, WIDE } from './placement';

const snapshot = fakeSnapshot(Date.parse('2026-11-22T12:00:00Z'));
Object.assign(snapshot, agency(snapshot, 1000));
const logins = groupsOf(snapshot, { project: undefined })[0]?.logins ?? [];
const all = placed(logins, WIDE);
const [first, second] = all as [(typeof all)[0], (typeof all)[0]];
const indexes = (place: (typeof all)[0], from: number, to: number, pinned?: string) =>
  rowsInView(place, WIDE, { from, to }, pinned).map(({ index }) => index);

describe('placement', () => {
  it('stacks logins, each its line and its rows high', () => {
    expect(first).toMatchObject({ top: 0, height: WIDE.login + 250 * WIDE.row });
    expect(second.top).toBe(first.height);
  });

  it('puts on the page only what a span touches', () => {
    expect(inView(all, { from: 0, to: 500 }, undefined)).toEqual([first]);
    expect(inView(all, { from: first.height - 10, to: first.height + 10 }, undefined)).toEqual([first, second]);
    expect(indexes(first, 0, 300)).toEqual([0, 1, 2, 3]);
    expect(indexes(first, WIDE.login + 640, WIDE.login + 768)).toEqual([10, 11]);
    expect(indexes(first, -5000, -1000)).toEqual([]);
    expect(indexes(second, 0, 300)).toEqual([]);
  });

  it('keeps the row that has the focus, in its place, wherever the page is', () => {
    const id = second.login.rows[200]?.account.id;
    expect(inView(all, { from: 0, to: 500 }, id)).toEqual([first, second]);
    expect(indexes(second, 0, 500, id)).toEqual([200]);
    expect(indexes(second, second.top, second.top + 200, id)).toEqual([0, 1, 2, 200]);
    expect(rowsInView(second, WIDE, { from: 0, to: 500 }, id)[0]?.top).toBe(200 * WIDE.row);
  });
});
