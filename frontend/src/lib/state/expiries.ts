/** The dates on which accesses end, as Go knows them. A date that nobody told is not made up: it is listed as unknown. */
import type { Account, Clock, Grant, Health, Snapshot } from '../backend/backend';
import { daysUntil } from '../text/dates';
import { groupBy, needsReconnection } from './groups';

/** How many days ahead the timeline shows. */
export const SPAN = 90;

export type ClockName = keyof Grant['clocks'];

/** What ends of one login on one day. */
export interface Expiry {
  grant: Grant;
  /** Undefined for what has ended already. */
  clock: ClockName | undefined;
  at: string;
  /** 0 is today. */
  day: number;
  /** Nobody told the date; it follows from the network's rules. */
  assumed: boolean;
  health: Health;
  accounts: Account[];
}

/** All that ends on one day. */
export interface ExpiryDay {
  day: number;
  at: string;
  /** The worst of them. */
  health: Health;
  expiries: Expiry[];
}

export interface Calendar {
  days: ExpiryDay[];
  later: Expiry[];
  never: Grant[];
  unknown: Grant[];
}

export function calendarOf(snapshot: Pick<Snapshot, 'grants' | 'accounts'>, now: number): Calendar {
  const owned = groupBy(
    snapshot.accounts.filter(({ state }) => state === 'active'),
    ({ grant_id }) => grant_id,
  );
  const calendar: Calendar = { days: [], later: [], never: [], unknown: [] };
  const soon: Expiry[] = [];
  for (const grant of snapshot.grants) {
    const accounts = owned.get(grant.id) ?? [];
    if (grant.state !== 'active' || accounts.length === 0) continue;
    const expiries = expiriesOf(grant, accounts, now);
    soon.push(...expiries.filter(({ day }) => day <= SPAN));
    calendar.later.push(...expiries.filter(({ day }) => day > SPAN));
    if (expiries.length === 0) (isEndless(grant, accounts) ? calendar.never : calendar.unknown).push(grant);
  }
  calendar.later.sort(byDate);
  calendar.days = daysOf(soon.sort(byDate));
  return calendar;
}

/** How many logins these are; one may have several dates. */
export function loginsOf(expiries: readonly Expiry[]): Grant[] {
  return [...new Map(expiries.map(({ grant }) => [grant.id, grant])).values()];
}

function expiriesOf(grant: Grant, accounts: Account[], now: number): Expiry[] {
  // What is broken has no date left: the one it had is not when it ends.
  const ended = BROKEN.has(grant.health) ? accounts : accounts.filter(needsReconnection);
  const alive = accounts.filter((account) => !ended.includes(account));
  const found = new Map<string, Expiry>();
  const add = (name: ClockName, clock: Clock | undefined, concerned: Account[]) => {
    if (clock?.kind !== 'expires' || !clock.at || Date.parse(clock.at) <= now || concerned.length === 0) return;
    const day = daysUntil(clock.at, now);
    const known = found.get(`${name} ${day}`);
    if (known) known.accounts = [...new Set([...known.accounts, ...concerned])];
    else
      found.set(`${name} ${day}`, {
        grant,
        clock: name,
        at: clock.at,
        day,
        assumed: clock.source === 'assumed',
        health: 'healthy',
        accounts: concerned,
      });
  };
  add('token', tokenThatEnds(grant, grant.clocks.token, now), alive);
  add('refresh', grant.clocks.refresh, alive);
  add('data_access', grant.clocks.data_access, alive);
  for (const account of alive) {
    // The login's own token counts for each of its accounts; one of theirs that outlives it ends nothing.
    if (!outlives(account.clocks.token, grant.clocks.token)) add('token', tokenThatEnds(grant, account.clocks.token, now), [account]);
    add('data_access', account.clocks.data_access, [account]);
  }
  const dated = [...found.values()].map((expiry) => ({ ...expiry, health: healthOf(expiry, now) }));
  const [first] = ended;
  if (!first) return dated;
  const health = ended.find(needsReconnection)?.health ?? grant.health;
  return [{ grant, clock: undefined, at: new Date(now).toISOString(), day: 0, assumed: false, health, accounts: ended }, ...dated];
}

const BROKEN: ReadonlySet<Health> = new Set(['reconnect', 'checkpoint']);

/** A token that is renewed without the person ends nothing, unless Go warns of it because that has failed. */
function tokenThatEnds(grant: Grant, token: Clock | undefined, now: number): Clock | undefined {
  const { refresh } = grant.clocks;
  const renewsItself = refresh !== undefined && !(refresh.kind === 'expires' && Date.parse(refresh.at ?? '') <= now);
  return renewsItself && grant.health !== 'expiring' ? undefined : token;
}

function outlives(own: Clock | undefined, login: Clock | undefined): boolean {
  if (login?.kind !== 'expires' || !login.at) return false;
  return own?.kind !== 'expires' || !own.at || Date.parse(own.at) > Date.parse(login.at);
}

/** What Go says about this date; a login that could not be asked about is no healthy one. */
function healthOf({ grant, accounts, clock, at }: Expiry, now: number): Health {
  const warned = (one: { health: Health; ends_at?: string }) =>
    one.health === 'expiring' && one.ends_at !== undefined && daysUntil(one.ends_at, now) === daysUntil(at, now);
  if (warned(grant) || accounts.some((account) => warned(account) && account.clock === clock)) return 'expiring';
  return grant.health === 'unverified' || grant.health === 'keychain' ? grant.health : 'healthy';
}

function isEndless(grant: Grant, accounts: Account[]): boolean {
  return grant.clocks.token?.kind === 'never' || (!grant.clocks.token && accounts.every(({ clocks }) => clocks.token?.kind === 'never'));
}

const WORST: readonly Health[] = ['reconnect', 'missing', 'checkpoint', 'expiring', 'keychain', 'unverified'];

function daysOf(expiries: Expiry[]): ExpiryDay[] {
  return [...groupBy(expiries, ({ day }) => String(day)).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const health = WORST.find((one) => own.some((expiry) => expiry.health === one)) ?? 'healthy';
    return [{ day: first.day, at: first.at, health, expiries: own }];
  });
}

function byDate(a: Expiry, b: Expiry): number {
  return a.day - b.day || a.grant.subject_name.localeCompare(b.grant.subject_name) || a.grant.id.localeCompare(b.grant.id);
}

/** On which line above the axis each day stands, so that marks do not overlap: the lowest that has been free for gap days. */
export function lanesOf(days: readonly number[], gap: number): number[] {
  const taken: number[] = [];
  return days.map((day) => {
    const free = taken.findIndex((last) => day - last >= gap);
    const lane = free < 0 ? taken.length : free;
    taken[lane] = day;
    return lane;
  });
}

export interface Tick {
  /** Days from today. */
  day: number;
  at: string;
  kind: 'week' | 'month';
}

/** Mondays and the firsts of months within the span, in local time. */
export function ticksOf(now: number): Tick[] {
  const today = new Date(now);
  return Array.from({ length: SPAN }, (_, index) => {
    const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + index + 1);
    const kinds: Tick['kind'][] = [...(date.getDate() === 1 ? ['month' as const] : []), ...(date.getDay() === 1 ? ['week' as const] : [])];
    return kinds.map((kind) => ({ day: index + 1, at: date.toISOString(), kind }));
  }).flat();
}
