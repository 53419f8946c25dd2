/** Acts that several places offer, with what is said when they are over. */
import type { PageName, Preferences, Provider } from '../backend/backend';
import { t } from '../text/text.svelte';
import { actionOf, messageOf } from '../text/words';
import type { Desk } from './desk.svelte';

const EVERYTHING = 'everything';

/** Asks the providers about accounts or logins; about all of them when none is named. */
export async function check(desk: Desk, ids: string[] = []): Promise<void> {
  const marks = ids.length > 0 ? ids : [EVERYTHING];
  desk.checking = new Set([...desk.checking, ...marks]);
  const problem = await desk.run(async () => {
    const result = await desk.backend.check(ids);
    const [first] = result.problems;
    if (ids.length > 0 && result.unverified > 0) desk.say(first ? messageOf(first) : t('health.unverified'));
    else if (ids.length > 0) desk.say(t('check.accounts', { count: ids.length }));
    else if (result.unverified > 0) desk.say(t('check.some_unverified', { count: result.unverified }));
    else desk.say(t('check.done'));
  });
  desk.checking = new Set([...desk.checking].filter((id) => !marks.includes(id)));
  if (problem) desk.say(messageOf(problem), 'broken');
}

export function isChecking(desk: Desk, id = EVERYTHING): boolean {
  return desk.checking.has(id) || desk.checking.has(EVERYTHING);
}

export async function copy(desk: Desk, words: string): Promise<boolean> {
  const done = await desk.backend.copy(words).catch(() => false);
  desk.say(t(done ? 'copy.done' : 'copy.failed'), done ? 'calm' : 'broken');
  return done;
}

export async function openPage(desk: Desk, name: PageName): Promise<void> {
  const problem = await desk.run(() => desk.backend.openPage(name));
  if (problem) desk.say(messageOf(problem), 'broken');
}

/** Saves a file and says under which name; a person who says nowhere is told nothing. */
export async function saveFile(desk: Desk, save: () => Promise<string>): Promise<void> {
  const problem = await desk.run(async () => {
    const name = await save();
    if (name) desk.say(t('file.saved', { name }));
  });
  if (problem) desk.say(messageOf(problem), 'broken');
}

export async function openDemo(desk: Desk): Promise<void> {
  desk.say(t('welcome.opening'));
  const problem = await desk.run(() => desk.backend.openDemo());
  if (problem) desk.say(`${messageOf(problem)} ${actionOf(problem)}`, 'broken');
}

/** The network itself, where it wants the person before anything else. */
export function siteOf(provider: Provider): PageName {
  return provider === 'meta' ? 'meta_site' : 'linkedin_site';
}

/** The network's own page that lists connected apps. */
export function appsPageOf(provider: Provider): PageName {
  return provider === 'meta' ? 'meta_apps' : 'linkedin_apps';
}

export async function savePreferences(desk: Desk, change: Partial<Preferences>): Promise<void> {
  const problem = await desk.run(() => desk.connections.setPreferences(change));
  if (problem) desk.say(messageOf(problem), 'broken');
}

/** Holds notifications back for so many minutes; 0 lets them through again. */
export async function pauseNotices(desk: Desk, minutes: number): Promise<void> {
  const problem = await desk.run(() => desk.backend.pauseNotices(minutes));
  if (problem) desk.say(messageOf(problem), 'broken');
}
