/**
 * The words of the pages that are seldom opened, and of the diagnosis, which are Go's as well. Those of one language
 * come with the pages: a window opens faster without them.
 */
import type { Language } from '../backend/backend';
import type pt from './seldom.pt-BR.json';
import type { Values } from './text.svelte';

export type SeldomKey = keyof typeof pt;
type Table = Record<string, string>;

const tables: Partial<Record<Language, Promise<Table>>> = {};

const parts: Record<Language, () => Promise<{ default: Table }>[]> = {
  'pt-BR': () => [import('../../../../backend/text/doctor.pt-BR.json'), import('./seldom.pt-BR.json')],
  en: () => [import('../../../../backend/text/doctor.en.json'), import('./seldom.en.json')],
  es: () => [import('../../../../backend/text/doctor.es.json'), import('./seldom.es.json')],
};

async function fetched(language: Language): Promise<Table> {
  const found = await Promise.all(parts[language]());
  return Object.assign({}, ...found.map((part) => part.default));
}

/** What is shown: the words of the former language until those of the next are here. */
let shown = $state.raw<Table>({});
let wanted: Language | undefined;

/** Shows these words in a language, which is fetched once. */
export async function loadSeldom(language: Language): Promise<void> {
  wanted = language;
  tables[language] ??= fetched(language);
  const table = await tables[language];
  if (wanted === language) shown = table;
}

/** The words for key; "" where there are none. */
export function look(key: string, values: Values = {}): string {
  return (shown[key] ?? '').replace(/\{\{\.(\w+)\}\}/g, (_, place: string) => String(values[place] ?? ''));
}

/** The same for a key that is known to be there. */
export function s(key: SeldomKey, values?: Values): string {
  return look(key, values);
}
