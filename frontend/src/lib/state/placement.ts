/**
 * Where logins and their rows stand in a long list, so that only what is in
 * view has to be on the page. All rows are of one height, and so are the lines
 * of logins: a place is a product, nothing is measured, nothing jumps.
 *
 * A library that measures rows (virtua) was weighed and left out: a login's line
 * that stays at the top while its rows pass needs rows that hang in their
 * login, several lists share one scrolling page with things above them that
 * come and go, and the keyboard needs the place of rows that are not there yet.
 */
import type { LoginGroup, Row } from './groups';

/** The heights in pixels; the style sheets of the row and the line are told of them. */
export interface Heights {
  row: number;
  login: number;
}

export const WIDE: Heights = { row: 64, login: 44 };
/** Where the window is too narrow for one line per row. */
export const NARROW: Heights = { row: 104, login: 64 };

export interface Placed {
  login: LoginGroup;
  top: number;
  height: number;
}

export interface Span {
  from: number;
  to: number;
}

export function placed(logins: readonly LoginGroup[], heights: Heights): Placed[] {
  let top = 0;
  return logins.map((login) => {
    const height = heights.login + login.count * heights.row;
    top += height;
    return { login, top: top - height, height };
  });
}

/** The logins that a span touches, and the one that holds the pinned account. */
export function inView(all: readonly Placed[], { from, to }: Span, pinned: string | undefined): Placed[] {
  return all.filter(({ login, top, height }) => (top < to && top + height > from) || holds(login, pinned));
}

export interface PlacedRow {
  row: Row;
  index: number;
  top: number;
}

/** The rows of a login that a span touches, and the pinned one. */
export function rowsInView({ login, top }: Placed, heights: Heights, { from, to }: Span, pinned: string | undefined): PlacedRow[] {
  const start = top + heights.login;
  const first = Math.max(Math.floor((from - start) / heights.row), 0);
  const last = Math.min(Math.ceil((to - start) / heights.row), login.count);
  const place = (row: Row, index: number) => ({ row, index, top: index * heights.row });
  const rows = login.rows.slice(first, Math.max(last, first)).map((row, index) => place(row, first + index));
  const at = holds(login, pinned) ? login.rows.findIndex(({ account }) => account.id === pinned) : -1;
  if (at < 0 || (at >= first && at < last)) return rows;
  const kept = place(login.rows[at] as Row, at);
  return at < first ? [kept, ...rows] : [...rows, kept];
}

function holds(login: LoginGroup, id: string | undefined): boolean {
  return id !== undefined && login.rows.some(({ account }) => account.id === id);
}
