/** How a notice is said, alone and with others. The verdicts are Go's. */
import type { Grant, Notice, Snapshot } from '../backend/backend';
import { needsReconnection } from '../state/groups';
import { ago, dayOf, inDays } from './dates';
import { t, text } from './text.svelte';
import { networkOf, titleOf } from './words';

/** "Torrefação Prado e mais 1": the account that the notice names, and how many others it concerns. */
export function concernedIn(notice: Notice, snapshot: Snapshot): string {
  const account = snapshot.accounts.find(({ id }) => id === notice.account_id);
  const name = account ? titleOf(account) : notice.subject_name;
  return account && notice.accounts > 1 ? t('list.more', { names: name, count: notice.accounts - 1 }) : name;
}

/** The word beside the shape. */
export function stateOfNotice(notice: Notice, now: number): string {
  if (notice.health === 'expiring' && notice.ends_at) return t('state.expires', { when: inDays(notice.ends_at, text.language, now) });
  if (notice.health === 'checkpoint') return t('state.checkpoint', { network: networkOf(notice.provider) });
  return t(`health.${notice.health}`);
}

/** Why, and until when; on two lines where both are known. */
export function lineOfNotice(notice: Notice, grant: Grant | undefined, now: number): string {
  if (notice.health === 'expiring' && notice.clock && notice.ends_at) {
    return t(`line.until.${notice.clock}`, { day: dayOf(notice.ends_at, text.language, now) });
  }
  const cause = notice.cause ? t(`cause.${notice.cause}`) : '';
  return [cause, lastGood(notice, grant, now)].filter(Boolean).join('\n');
}

/** When a login that is refused now was last confirmed: nobody knows the moment between. */
function lastGood(notice: Notice, grant: Grant | undefined, now: number): string {
  if (notice.health !== 'reconnect' || !grant?.good_at) return '';
  return t('attention.last_good', { when: ago(grant.good_at, text.language, now).replaceAll(' ', '\u00a0') });
}

/** The count, and one line of cause: what the list comes to. */
export function summaryOf(notices: readonly Notice[], snapshot: Snapshot, now: number): { title: string; words: string } {
  const broken = notices.filter(needsReconnection);
  const ending = notices.filter(({ health }) => health === 'expiring');
  if (broken.length === 0) return endingSummary(ending.length > 0 ? ending : notices, snapshot, now);
  const also = ending.length > 0 ? t('attention.also', { count: ending.length }) : '';
  return {
    title: t('banner.title', { count: broken.reduce((sum, { accounts }) => sum + accounts, 0) }),
    words: [brokenWords(broken, notices.length === 1, snapshot, now), also].filter(Boolean).join(' '),
  };
}

/** Rows below say more; where there are none, this line says all. */
function brokenWords(broken: readonly Notice[], alone: boolean, snapshot: Snapshot, now: number): string {
  const [first] = broken;
  if (broken.length > 1 || !first) return t('banner.logins', { count: broken.length });
  const grant = alone ? snapshot.grants.find(({ id }) => id === first.grant_id) : undefined;
  const line = lineOfNotice(first, grant, now);
  // Where the network wants the person on its own site first, a new login is not what helps.
  if (first.health === 'checkpoint') return line;
  return `${line} ${t('banner.one_login', { name: first.subject_name, count: first.accounts })}`.trim();
}

function endingSummary(ending: readonly Notice[], snapshot: Snapshot, now: number): { title: string; words: string } {
  const dated = ending.filter(({ ends_at }) => ends_at).sort((a, b) => Date.parse(a.ends_at ?? '') - Date.parse(b.ends_at ?? ''));
  const [first] = dated;
  if (!first?.ends_at) return { title: t('attention.label'), words: '' };
  const values = { name: first.subject_name, when: inDays(first.ends_at, text.language, now) };
  const words =
    ending.length > 1
      ? t('attention.first', values)
      : t('attention.until', { line: lineOfNotice(first, undefined, now), name: concernedIn(first, snapshot) });
  return { title: t('attention.soon', { ...values, count: ending.length }), words };
}
