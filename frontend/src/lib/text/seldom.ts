/**
 * The words of the pages that are seldom opened, and of the diagnosis, which are Go's as well. Those of one language
 * come with the pages: a window opens faster without them.
 */
import type { Language } from '../backend/backend';
import type pt from './seldom.pt-BR.json';
import { text, type Values } from './text.svelte';

export type SeldomKey = keyof typeof pt;
type Table = Record<string, string>;

const tables: Partial<Record<Language, Table>> = {};

const parts: Record<Language, () => Promise<{ default: Table }>[]> = {
  'pt-BR': () => [import('../../../../backend/text/doctor.pt-BR.json'), import('./seldom.pt-BR.json')],
  en: () => [import('../../../../backend/text/doctor.en.json'), import('./seldom.en.json')],
  es: () => [import('../../../../backend/text/doctor.es.json'), import('./seldom.es.json')],
};

/** Fetches these words in a language, once. */
export async function loadSeldom(language: Language): Promise<void> {
  if (tables[language]) return;
  const found = await Promise.all(parts[language]());
  tables[language] = Object.assign({}, ...found.map((part) => part.default));
}

/** The words for key in the chosen language; "" where there are none. */
export function look(key: string, values: Values = {}): string {
  return (tables[text.language]?.[key] ?? '').replace(/\{\{\.(\w+)\}\}/g, (_, place: string) => String(values[place] ?? ''));
}

/** The same for a key that is known to be there. */
export function s(key: SeldomKey, values?: Values): string {
  return look(key, values);
}
