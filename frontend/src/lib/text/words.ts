/** How the facts about an account, a login or a problem are said. Only words here: the verdicts are Go's. */
import {
  type Account,
  CAPABILITIES,
  type Capability,
  type Clock,
  type Grant,
  type HistoryEntry,
  type Problem,
  type Provider,
} from '../backend/backend';
import { ago, dayOf, inDays, inWhile, stamp } from './dates';
import { hasWords, type Key, t, text } from './text.svelte';

/** The network as people call it; the provider's name covers two. */
export function networkOf(provider: Provider): string {
  return t(`network.${provider}`);
}

export function messageOf(problem: Problem): string {
  return problemWords(problem, 'message');
}

export function actionOf(problem: Problem): string {
  return problemWords(problem, 'action');
}

function problemWords(problem: Problem, part: 'message' | 'action'): string {
  if (problem.code === 'scope_unauthorized' && problem.args?.product) return t(`unauthorized.${part}`, problem.args);
  const key = `problem.${problem.code}.${part}`;
  return t(hasWords(key) ? key : `problem.internal.${part}`, {
    ...problem.args,
    ...(problem.args?.at && { at: stamp(problem.args.at, text.language) }),
  });
}

/** What happened to whom, in a sentence. */
export function saidOf(entry: HistoryEntry): string {
  const values = { name: entry.subject, provider: entry.provider ? t(`provider.${entry.provider}`) : '' };
  return entry.kind === 'health_changed' && !entry.cause ? t('said_well', values) : t(`said.${entry.kind}`, values);
}

/** What an account is called in a row: an Instagram account goes by its handle. */
export function titleOf(account: { kind: Account['kind']; name: string; username: string; remote_id?: string }): string {
  if (account.kind === 'instagram_account' && account.username) return `@${account.username}`;
  return account.name || account.username || t('account.unnamed');
}

/** The line under the name: what it is, and what tells it apart. */
export function detailOf(account: { kind: Account['kind']; name: string; username: string; detail: string }): string {
  const parts = [t(`kind.${account.kind}`)];
  if (account.detail) parts.push(roleOf(account.detail));
  return parts.join(' · ');
}

/** The word for a role on a Company Page; what is no known role, such as the name of a portfolio, stays as it is. */
function roleOf(detail: string): string {
  const key = `role.${detail}`;
  if (hasWords(key)) return t(key);
  // One that LinkedIn has invented since then is shown as it is, without shouting.
  return /^[A-Z]+(_[A-Z]+)+$/.test(detail) ? detail.charAt(0) + detail.slice(1).toLowerCase().replaceAll('_', ' ') : detail;
}

export function missingOf(account: { capabilities: Account['capabilities'] }): Capability[] {
  return CAPABILITIES.filter((capability) => account.capabilities[capability] === 'missing');
}

/** The word of a state, as precise as the facts allow: a date or the missing permission instead of the general word. */
export function stateOf(account: Account, now: number): string {
  const missing = missingOf(account);
  if (account.health === 'expiring' && account.ends_at) return t('state.expires', { when: inDays(account.ends_at, text.language, now) });
  const askable = account.cause === 'permission_missing';
  if (account.health === 'limited' && askable && missing.length === 1) return t(`state.missing.${missing[0] as Capability}`);
  if (account.health === 'limited' && askable && missing.length > 1) return t('state.missing', { count: missing.length });
  if (account.disconnected_at && account.state !== 'active')
    return t('state.disconnected', { day: dayOf(account.disconnected_at, text.language, now) });
  if (account.health === 'checkpoint') return t('state.checkpoint', { network: networkOf(account.provider) });
  return t(`health.${account.health}`);
}

/**
 * Whether a sign-in now is over in seconds: LinkedIn asks nothing while the access lives (linkedin.md 1.7). Where
 * the access renews itself, nobody needs to.
 */
export function isQuick(of: { provider: Provider; clocks: Account['clocks']; health: Account['health'] }, now: number): boolean {
  const { token, refresh } = of.clocks;
  const lives = token?.kind === 'expires' && Date.parse(token.at ?? '') > now;
  return of.provider === 'linkedin' && lives && !refresh && of.health !== 'reconnect';
}

/** The one line below the state: the cause when something is wrong, else the date. */
export function lineOf(account: Account, now: number): string {
  if (account.cause && account.cause !== 'permission_missing') return t(`cause.${account.cause}`);
  if (account.health === 'expiring' && account.clock && account.ends_at) {
    return t(`line.until.${account.clock}`, { day: dayOf(account.ends_at, text.language, now) });
  }
  return account.state === 'active' ? endOf(account, now) : t('line.kept');
}

/** When the access of an account ends: the first date there is, never, or unknown. No date is invented. */
export function endOf(account: { clocks: Account['clocks'] }, now: number): string {
  const { token, refresh, data_access: data } = account.clocks;
  if (refresh?.at && Date.parse(refresh.at) > now) return renewedUntil(token?.at ?? refresh.at, refresh.at, now);
  const dated = [
    { clock: token, key: 'line.expires' as const },
    { clock: data, key: 'line.until.data_access' as const },
  ].filter(({ clock }) => clock?.kind === 'expires' && clock.at);
  dated.sort((a, b) => Date.parse(a.clock?.at ?? '') - Date.parse(b.clock?.at ?? ''));
  const first = dated[0];
  if (first?.clock?.at) {
    const day = dayOf(first.clock.at, text.language, now);
    return t(first.key, { when: inDays(first.clock.at, text.language, now), day });
  }
  return token?.kind === 'never' ? t('line.never') : t('line.unknown');
}

/** One clock in words: "Expira em 20 dias (12/12)", "Terminou em 03/11", "Sem expiração", "Expiração desconhecida". */
export function clockOf(clock: Clock, now: number): string {
  if (clock.kind !== 'expires' || !clock.at) return t(clock.kind === 'never' ? 'line.never' : 'line.unknown');
  const day = dayOf(clock.at, text.language, now);
  if (Date.parse(clock.at) <= now) return t('clock.ended', { day });
  return t('line.expires', { when: inDays(clock.at, text.language, now), day });
}

/** Both dates of an access that renews itself: its own, and the one after which a person is needed. */
function renewedUntil(token: string, refresh: string, now: number): string {
  const day = (at: string) => dayOf(at, text.language, now);
  const values = { until: day(refresh), when: inDays(refresh, text.language, now) };
  return day(token) === day(refresh) ? t('line.renews_last', values) : t('line.renews', { day: day(token), ...values });
}

/** "renovar até 12/12 (em 20 dias)" for a login, or "" when it has no date of its own. */
export function renewalOf(grant: Grant, now: number): string {
  const { token, refresh } = grant.clocks;
  const at = refresh?.at ?? token?.at;
  if (!at) return '';
  const values = { day: dayOf(at, text.language, now), when: inDays(at, text.language, now) };
  const line = t(Date.parse(at) > now ? 'login.renew_by' : 'login.ended_on', values);
  // Said once for the login, while it is near and still true.
  return grant.health === 'expiring' && isQuick(grant, now) ? `${line} · ${t('login.quick')}` : line;
}

/** How fresh what is shown is: "verificado há 12 min", or the last time that the provider confirmed it. */
export function checkedOf(grant: Grant, now: number): string {
  if (!grant.checked_at) return t('login.never_checked');
  const asked = ago(grant.checked_at, text.language, now);
  if (grant.health !== 'unverified') return t('login.checked', { when: asked });
  return grant.good_at ? t('login.last_good', { when: ago(grant.good_at, text.language, now) }) : t('login.tried', { when: asked });
}

/** "38 min" until the next check. */
export function nextCheckOf(at: string, now: number): string {
  return t('watch.next', { when: inWhile(at, text.language, now) });
}

/** Up to three names, then how many more. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  return more > 0 ? t('list.more', { names: shown.join(', '), count: more }) : shown.join(', ');
}

export function capabilityLabel(capability: Capability, state: Account['capabilities'][Capability]): string {
  return `${t(`capability.${capability}`)}: ${t(`capability_state.${state}`)}`;
}

/** Which sentence says what a missing capability breaks. */
export function breaks(capability: Capability): string {
  return t(`breaks.${capability}` satisfies Key);
}
