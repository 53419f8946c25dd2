import { describe, expect, it } from 'vitest';
import { ago, dayOf, daysUntil, inDays, inWhile, minutesLeft, monthOf, untilWhen } from './dates';

/** Local times, because people read local times. */
const at = (text: string) => new Date(text).toISOString();
const NOW = new Date('2026-11-22T12:00:00').getTime();

describe('dates', () => {
  it('count calendar days, not spans of 24 hours', () => {
    expect(daysUntil(at('2026-11-22T23:59:00'), NOW)).toBe(0);
    expect(daysUntil(at('2026-11-23T00:01:00'), NOW)).toBe(1);
    expect(daysUntil(at('2026-11-21T23:59:00'), NOW)).toBe(-1);
  });

  it('say how many days are left', () => {
    expect(inDays(at('2026-11-28T09:00:00'), 'pt-BR', NOW)).toBe('em 6 dias');
    expect(inDays(at('2026-11-22T18:00:00'), 'pt-BR', NOW)).toBe('hoje');
    expect(inDays(at('2026-11-23T18:00:00'), 'en', NOW)).toBe('tomorrow');
    expect(inDays(at('2026-11-28T09:00:00'), 'es', NOW)).toBe('dentro de 6 días');
  });

  it('write the day as people of that language do, and the year only when it is another', () => {
    expect(dayOf(at('2026-12-11T09:00:00'), 'pt-BR', NOW)).toBe('11/12');
    expect(dayOf(at('2026-12-11T09:00:00'), 'en', NOW)).toBe('Dec 11');
    expect(dayOf(at('2027-01-03T09:00:00'), 'pt-BR', NOW)).toBe('03/01/2027');
  });

  it('say how long ago', () => {
    expect(ago(at('2026-11-22T11:59:40'), 'pt-BR', NOW)).toBe('agora');
    expect(ago(at('2026-11-22T11:48:00'), 'pt-BR', NOW)).toBe('há 12 min');
    expect(ago(at('2026-11-22T11:48:00'), 'en', NOW)).toBe('12 min ago');
    expect(ago(at('2026-11-22T09:00:00'), 'pt-BR', NOW)).toBe('há 3 h');
    expect(ago(at('2026-11-21T18:02:00'), 'pt-BR', NOW)).toBe('ontem, 18:02');
    expect(ago(at('2026-11-18T18:02:00'), 'pt-BR', NOW)).toBe('18/11, 18:02');
  });

  it('say how long until', () => {
    expect(inWhile(at('2026-11-22T12:38:00'), 'pt-BR', NOW)).toBe('em 38 min');
    expect(inWhile(at('2026-11-22T15:00:00'), 'en', NOW)).toBe('in 3 hr');
  });

  it('say until when something lasts, as short as it can be said', () => {
    expect(untilWhen(at('2026-11-22T18:02:00'), 'pt-BR', NOW)).toBe('18:02');
    expect(untilWhen(at('2026-11-23T08:00:00'), 'pt-BR', NOW)).toBe('amanhã, 08:00');
    expect(untilWhen(at('2026-11-23T08:00:00'), 'en', NOW)).toMatch(/^tomorrow, 8:00\sAM$/);
    expect(untilWhen(at('2026-11-28T08:00:00'), 'pt-BR', NOW)).toBe('28/11, 08:00');
  });

  it('name the months of an axis without a full stop', () => {
    expect(monthOf(at('2026-12-01T12:00:00'), 'pt-BR')).toBe('dez');
    expect(monthOf(at('2026-12-01T12:00:00'), 'en')).toBe('Dec');
  });

  it('count down, and stop at nothing', () => {
    expect(minutesLeft(new Date(NOW + 598_000).toISOString(), NOW)).toBe('09:58');
    expect(minutesLeft(new Date(NOW - 1).toISOString(), NOW)).toBe('00:00');
  });
});
