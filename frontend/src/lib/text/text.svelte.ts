/**
 * Words on screen: the tables behind one rune, so that a change of language
 * re-renders. The words shared with Go are in backend/text, the page's own
 * beside this file. A language is fetched from the program itself when it is
 * chosen; nothing is shown before the first one is here.
 */
import type domainPt from '../../../../backend/text/pt-BR.json';
import type { Language } from '../backend/backend';
import type pt from './pt-BR.json';

type Written = keyof typeof pt | keyof typeof domainPt;
type Counted<K> = K extends `${infer Stem}_other` ? Stem : never;

/** A key of the tables; one that comes in singular and plural is named by its stem. */
export type Key = Written | Counted<Written>;
export type Values = Record<string, string | number>;
type Table = Partial<Record<string, string>>;

export const LANGUAGES: readonly Language[] = ['pt-BR', 'en', 'es'];

const tables: Partial<Record<Language, Table>> = {};

const parts: Record<Language, () => Promise<{ default: Table }>[]> = {
  'pt-BR': () => [import('../../../../backend/text/pt-BR.json'), import('./pt-BR.json')],
  en: () => [import('../../../../backend/text/en.json'), import('./en.json')],
  es: () => [import('../../../../backend/text/es.json'), import('./es.json')],
};

/** Fetches the words of a language, once. */
export async function load(language: Language): Promise<void> {
  if (tables[language]) return;
  const found = await Promise.all(parts[language]());
  tables[language] = Object.assign({}, ...found.map((part) => part.default));
}

class Text {
  language = $state<Language>('pt-BR');
  #wanted: Language = 'pt-BR';

  /** Changes to a language: at once where its words are here, else as soon as they are. */
  async use(language: Language): Promise<void> {
    if (!LANGUAGES.includes(language)) return;
    this.#wanted = language;
    if (!tables[language]) await load(language);
    if (this.#wanted === language) this.language = language;
  }
}

export const text = new Text();

/** Words without places, looked up once: a long list asks for the same few hundreds of times. */
const plain = new Map<string, string>();

/** The words for key in the chosen language. Values are put in as they are: names may hold anything. */
export function t(key: Key, values?: Values): string {
  const lng = text.language;
  if (values) return look(key, lng, values);
  const id = `${lng} ${key}`;
  const words = plain.get(id) ?? look(key, lng);
  plain.set(id, words);
  return words;
}

const rules = new Map<Language, { plural: Intl.PluralRules; number: Intl.NumberFormat }>();

function rulesOf(lng: Language) {
  const known = rules.get(lng) ?? { plural: new Intl.PluralRules(lng), number: new Intl.NumberFormat(lng) };
  rules.set(lng, known);
  return known;
}

function look(key: Key, lng: Language, values: Values = {}): string {
  const { plural, number } = rulesOf(lng);
  const table = tables[lng] ?? {};
  const counted = typeof values.count === 'number' ? table[`${key}_${plural.select(values.count)}`] : undefined;
  // Portuguese and Spanish have a third plural form (millions), which is not written out.
  const words = counted ?? table[key] ?? table[`${key}_other`] ?? key;
  // A place that nobody filled shows nothing rather than its braces.
  return words.replace(/\{\{\.(\w+)\}\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? number.format(value) : value;
  });
}

/** A number by itself, as the chosen language writes it. */
export const numberOf = (value: number) => rulesOf(text.language).number.format(value);

/** Whether the tables have words for a code that came from outside. */
export function hasWords(key: string): key is Written {
  return tables[text.language]?.[key] !== undefined;
}

const REMEMBERED = 'language';

/** The language to begin with, before the program has told the chosen one: the last one, and Portuguese at first. */
export function rememberedLanguage(): Language {
  const last = localStorage.getItem(REMEMBERED);
  return LANGUAGES.find((language) => language === last) ?? 'pt-BR';
}

/** Uses the chosen language, and begins with it the next time. */
export function useChosen(language: Language): void {
  void text.use(language);
  localStorage.setItem(REMEMBERED, language);
}
