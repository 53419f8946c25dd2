/**
 * Words on screen: i18next behind one rune, so that a change of language
 * re-renders. The words shared with Go are in backend/text, the page's own
 * beside this file.
 */
import i18next from 'i18next';
import domainEn from '../../../../backend/text/en.json';
import domainEs from '../../../../backend/text/es.json';
import domainPt from '../../../../backend/text/pt-BR.json';
import type { Language } from '../backend/backend';
import en from './en.json';
import es from './es.json';
import pt from './pt-BR.json';

type Written = keyof typeof pt | keyof typeof domainPt;
type Counted<K> = K extends `${infer Stem}_other` ? Stem : never;

/** A key of the tables; one that comes in singular and plural is named by its stem. */
export type Key = Written | Counted<Written>;
export type Values = Record<string, string | number>;

export const LANGUAGES: readonly Language[] = ['pt-BR', 'en', 'es'];

const instance = i18next.createInstance();
void instance.init({
  initAsync: false,
  lng: 'pt-BR',
  fallbackLng: 'pt-BR',
  keySeparator: false,
  nsSeparator: false,
  resources: {
    'pt-BR': { translation: { ...domainPt, ...pt } },
    en: { translation: { ...domainEn, ...en } },
    es: { translation: { ...domainEs, ...es } },
  },
  interpolation: { prefix: '{{.', suffix: '}}', escapeValue: false },
  // A place that nobody filled shows nothing rather than its braces.
  missingInterpolationHandler: () => '',
});

class Text {
  language = $state<Language>('pt-BR');

  use(language: Language): void {
    if (LANGUAGES.includes(language)) this.language = language;
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

function look(key: Key, lng: Language, values: Values = {}): string {
  // The second key serves Portuguese and Spanish, whose third plural form (millions) is not written out.
  return instance.t([key, `${key}_other`], { ...values, lng, nest: false });
}

/** Whether the tables have words for a code that came from outside. */
export function hasWords(key: string): key is Written {
  return instance.exists(key, { lng: text.language });
}

const REMEMBERED = 'language';

/** The language to begin with, before the program has told the chosen one: the last one, and Portuguese at first. */
export function rememberedLanguage(): Language {
  const last = localStorage.getItem(REMEMBERED);
  return LANGUAGES.find((language) => language === last) ?? 'pt-BR';
}

/** Uses the chosen language, and begins with it the next time. */
export function useChosen(language: Language): void {
  text.use(language);
  localStorage.setItem(REMEMBERED, language);
}
