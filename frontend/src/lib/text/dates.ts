/** Dates and spans in the chosen language, through Intl. Times come as RFC 3339 in UTC and are shown in local time. */
import type { Language } from '../backend/backend';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A formatter takes long to make, and hundreds of rows ask for the same few. */
function kept<Options, Formatter>(make: (language: Language, options: Options) => Formatter) {
  const all = new Map<string, Formatter>();
  return (language: Language, options: Options): Formatter => {
    const key = `${language} ${JSON.stringify(options)}`;
    const formatter = all.get(key) ?? make(language, options);
    all.set(key, formatter);
    return formatter;
  };
}

const dates = kept((language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options));
const spans = kept((language, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, options));

/** Whole calendar days from now until at: 0 is today, 1 tomorrow. */
export function daysUntil(at: string, now: number): number {
  const midnight = (time: number) => {
    const day = new Date(time);
    return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
  };
  return Math.round((midnight(Date.parse(at)) - midnight(now)) / (24 * HOUR));
}

/** "12/12", with the year when it is another one. English writes the month out, because 12/11 reads two ways. */
export function dayOf(at: string, language: Language, now: number): string {
  const date = new Date(at);
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  const month = language === 'en' ? 'short' : '2-digit';
  const day = language === 'en' ? 'numeric' : '2-digit';
  return dates(language, { day, month, year }).format(date);
}

/** "08:00"; English has no zero before "8:00 AM". */
export function timeOf(at: string, language: Language): string {
  return dates(language, { hour: language === 'en' ? 'numeric' : '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** "hoje", "amanhã", "em 6 dias". */
export function inDays(at: string, language: Language, now: number): string {
  return spans(language, { numeric: 'auto' }).format(daysUntil(at, now), 'day');
}

/** "em 38 min", "em 3 h": the rough span to something soon. */
export function inWhile(at: string, language: Language, now: number): string {
  const span = Math.max(Date.parse(at) - now, 0);
  return span < HOUR ? short(language, Math.max(Math.round(span / MINUTE), 1), 'minute') : short(language, Math.round(span / HOUR), 'hour');
}

/** "agora", "há 12 min", "há 3 h", "ontem, 18:02", "20/11, 18:02". */
export function ago(at: string, language: Language, now: number): string {
  const span = now - Date.parse(at);
  const days = daysUntil(at, now);
  if (span < MINUTE) return short(language, 0, 'second');
  if (span < HOUR) return short(language, -Math.floor(span / MINUTE), 'minute');
  if (days === 0) return short(language, -Math.floor(span / HOUR), 'hour');
  const day = days === -1 ? inDays(at, language, now) : dayOf(at, language, now);
  return `${day}, ${timeOf(at, language)}`;
}

/** "18:02" of today, "amanhã, 18:02", "28/11, 18:02": until when something lasts. */
export function untilWhen(at: string, language: Language, now: number): string {
  const days = daysUntil(at, now);
  if (days === 0) return timeOf(at, language);
  return `${days === 1 ? inDays(at, language, now) : dayOf(at, language, now)}, ${timeOf(at, language)}`;
}

/** "dez", "jan": a month on an axis. */
export function monthOf(at: string, language: Language): string {
  return dates(language, { month: 'short' }).format(new Date(at)).replace('.', '');
}

/** "Hoje", "Ontem", "Segunda-feira, 23 de novembro": a heading over what happened on a day. */
export function dayTitle(at: string, language: Language, now: number): string {
  const days = daysUntil(at, now);
  const date = new Date(at);
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  const words =
    days === 0 || days === -1
      ? inDays(at, language, now)
      : dates(language, { weekday: 'long', day: 'numeric', month: 'long', year }).format(date);
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

/** The whole date with its time, for tooltips and the timeline. */
export function stamp(at: string, language: Language): string {
  return dates(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

/** "09:58" until at, "00:00" once it is past. */
export function minutesLeft(at: string, now: number): string {
  const seconds = Math.max(Math.ceil((Date.parse(at) - now) / 1000), 0);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

function short(language: Language, value: number, unit: Intl.RelativeTimeFormatUnit): string {
  const words = spans(language, { numeric: 'auto', style: 'short' }).format(value, unit);
  // "há 12 min." stands in the middle of sentences.
  return words.replace(/(\p{L})\.(?=\s|$)/u, '$1');
}
