/**
 * The words of the pages that are seldom opened, and of the diagnosis, which are Go's as well. They come with
 * those pages: a window opens faster without them.
 */
import domainEn from '../../../../backend/text/doctor.en.json';
import domainEs from '../../../../backend/text/doctor.es.json';
import domainPt from '../../../../backend/text/doctor.pt-BR.json';
import type { Language } from '../backend/backend';
import en from './seldom.en.json';
import es from './seldom.es.json';
import pt from './seldom.pt-BR.json';
import { text, type Values } from './text.svelte';

export type SeldomKey = keyof typeof pt;

const tables: Record<Language, Record<string, string>> = {
  'pt-BR': { ...domainPt, ...pt },
  en: { ...domainEn, ...en },
  es: { ...domainEs, ...es },
};

/** The words for key in the chosen language; "" where there are none. */
export function look(key: string, values: Values = {}): string {
  return (tables[text.language][key] ?? '').replace(/\{\{\.(\w+)\}\}/g, (_, place: string) => String(values[place] ?? ''));
}

/** The same for a key that is known to be there. */
export function s(key: SeldomKey, values?: Values): string {
  return look(key, values);
}
