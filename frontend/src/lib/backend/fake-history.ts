/** Timelines of the stand-in. */
import type { HistoryEntry } from './backend';
import { from, MINUTE } from './fake-data';

export function fakeHistory(now: number): HistoryEntry[] {
  const entry = (
    id: number,
    minutes: number,
    kind: HistoryEntry['kind'],
    subject: string,
    more: Partial<HistoryEntry> = {},
  ): HistoryEntry => ({
    id,
    at: from(now, -minutes * MINUTE),
    kind,
    subject,
    provider: 'meta',
    project_id: 'p-cafe',
    ...more,
  });
  return [
    entry(9, 4, 'notified', 'Café da Esquina', { provider: 'linkedin', grant_id: 'g-joao-in', cause: 'expired' }),
    entry(8, 12, 'health_changed', 'João Prado', { grant_id: 'g-joao', project_id: '' }),
    entry(7, 175, 'notified', '@torrefacaoprado', { grant_id: 'g-maria', cause: 'password_changed' }),
    entry(6, 180, 'health_changed', 'Maria Lima', { grant_id: 'g-maria', cause: 'password_changed', project_id: '' }),
    entry(5, 1500, 'renewed', 'João Prado', { grant_id: 'g-joao', project_id: '' }),
    entry(4, 28_800, 'still_listed', 'João Prado', { grant_id: 'g-joao', project_id: '' }),
    entry(3, 28_801, 'disconnected', 'Café da Esquina – Quiosque', { account_id: 'a-old', grant_id: 'g-joao' }),
    entry(2, 57_600, 'connected', '@cafedaesquina', { account_id: 'a-cafe-ig', grant_id: 'g-joao' }),
    entry(1, 57_600, 'connected', 'Café da Esquina', { account_id: 'a-cafe', grant_id: 'g-joao' }),
  ];
}

/** A timeline of so many lines, one every few hours. */
export function longHistory(now: number, count: number): HistoryEntry[] {
  const lines = fakeHistory(now);
  return Array.from({ length: count }, (_, index) => ({
    ...(lines[index % lines.length] as HistoryEntry),
    id: count - index,
    at: from(now, -index * 200 * MINUTE),
  }));
}
