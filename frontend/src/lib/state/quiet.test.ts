import { describe, expect, it } from 'vitest';
import { minutesUntilTomorrow, timeOfDay } from './quiet';

describe('a time of day', () => {
  const cases: [string, string | undefined][] = [
    ['22:00', '22:00'],
    ['9:05', '09:05'],
    [' 00:00 ', '00:00'],
    ['24:00', undefined],
    ['12:60', undefined],
    ['12:5', undefined],
    ['10 PM', undefined],
    ['', undefined],
  ];
  it.each(cases)('%j is %j', (words, time) => {
    expect(timeOfDay(words)).toBe(time);
  });
});

describe('a pause until tomorrow', () => {
  it('ends at eight in the morning, whenever it begins', () => {
    expect(minutesUntilTomorrow(new Date('2026-11-22T18:00:00').getTime())).toBe(14 * 60);
    expect(minutesUntilTomorrow(new Date('2026-11-22T00:30:00').getTime())).toBe(31 * 60 + 30);
  });
});
