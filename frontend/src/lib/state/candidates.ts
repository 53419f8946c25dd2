/** What a sign-in found, in the order in which it is offered, and what to say when there is little to offer. */
import type { Account, Attempt, Candidate, ProviderApp } from '../backend/backend';
import { foldedOf, groupBy } from './groups';
import { byName, fold } from './order';

export interface Choice {
  candidate: Candidate;
  child: boolean;
}

/** Usable ones first and of those the connected ones, Pages by name with their Instagram account below; nothing is left out. */
export function choicesOf(candidates: readonly Candidate[]): Choice[] {
  const pages = new Set(candidates.filter(({ kind }) => kind === 'facebook_page').map(({ remote_id }) => remote_id));
  const isChild = (one: Candidate) => one.kind === 'instagram_account' && pages.has(one.parent_id);
  const order = (a: Candidate, b: Candidate) =>
    Number(b.usable) - Number(a.usable) || Number(b.connected) - Number(a.connected) || rank(a) - rank(b) || byName(a, b, 'remote_id');
  const sorted = [...candidates].sort(order);
  const below = groupBy(sorted.filter(isChild), (one) => one.parent_id);
  return sorted
    .filter((one) => !isChild(one))
    .flatMap((one) => [
      { candidate: one, child: false },
      ...(one.kind === 'facebook_page' ? (below.get(one.remote_id) ?? []) : []).map((other) => ({ candidate: other, child: true })),
    ]);
}

/** Those that the words are found in. An Instagram account whose Page is not among them stands on its own. */
export function matching(choices: readonly Choice[], query: string): readonly Choice[] {
  const wanted = fold(query.trim());
  if (!wanted) return choices;
  const found = choices.filter(({ candidate }) => foldedOf(candidate).includes(wanted));
  const pages = new Set(found.filter(({ candidate }) => candidate.kind === 'facebook_page').map(({ candidate }) => candidate.remote_id));
  // What stays on show stays the same row.
  return found.map((choice) => (choice.child && !pages.has(choice.candidate.parent_id) ? { ...choice, child: false } : choice));
}

/** Company Pages come before profiles. */
function rank({ kind }: Candidate): number {
  return kind === 'linkedin_member' ? 1 : 0;
}

/** Can be ticked: usable and not connected yet. */
export function isOpen(candidate: Candidate): boolean {
  return candidate.usable && !candidate.connected;
}

/** What is ticked to begin with: on a renewal nothing more than what is connected; else the only one there is. */
export function firstTicks(attempt: Attempt): string[] {
  const open = attempt.candidates.filter(isOpen);
  const only = !attempt.grant_id && open.length === 1 && !attempt.candidates.some(({ connected }) => connected);
  return only ? open.map(({ remote_id }) => remote_id) : [];
}

/** The results with little or nothing to tick (peers.md C3). */
export type Finding =
  | 'nothing_granted'
  | 'no_rights'
  | 'no_instagram'
  | 'instagram_personal'
  | 'no_organization'
  | 'no_pages_product'
  | 'incomplete'
  | 'all_connected';

/** The permissions with each of which LinkedIn lists Company Pages; without them, that there are none says nothing. */
const LISTS_PAGES: readonly string[] = ['rw_organization_admin', 'r_organization_admin'];

export function findingsOf(
  { candidates, complete, provider, granted }: Pick<Attempt, 'candidates' | 'complete' | 'provider' | 'granted'>,
  product: ProviderApp['product'] = '',
): Finding[] {
  const findings: Finding[] = [];
  const open = candidates.filter(isOpen);
  const has = (kind: Candidate['kind']) => candidates.some((one) => one.kind === kind);
  const unusable = candidates.filter(({ usable }) => !usable);
  const allFor = (...reasons: (Candidate['reason'] | undefined)[]) =>
    unusable.length > 0 && unusable.every(({ reason }) => reasons.includes(reason));

  if (!complete) findings.push('incomplete');
  if (complete && open.length === 0) {
    if (candidates.some(({ connected, usable }) => connected && usable)) findings.push('all_connected');
    else if (provider === 'meta' && (candidates.length === 0 || allFor('not_ticked', 'instagram_not_ticked', 'no_token'))) {
      findings.push('nothing_granted');
    } else if (allFor('no_content_task', 'role_insufficient')) findings.push('no_rights');
  }
  const pages = candidates.some((one) => one.kind === 'facebook_page' && one.usable);
  const instagram = candidates.some((one) => one.kind === 'instagram_account' && one.usable);
  if (complete && provider === 'meta' && pages && !instagram) {
    if (candidates.some(({ reason }) => reason === 'instagram_personal')) findings.push('instagram_personal');
    else if (!has('instagram_account')) findings.push('no_instagram');
  }
  if (complete && provider === 'linkedin' && !has('linkedin_organization')) {
    // Where LinkedIn did not say what it granted, the app's product has to do.
    const lists = granted.length > 0 ? granted.some((name) => LISTS_PAGES.includes(name)) : product !== 'sign_in_share';
    if (lists) findings.push('no_organization');
    else if (product === 'sign_in_share') findings.push('no_pages_product');
  }
  return findings;
}

/** Reasons that say nothing about an account that is connected already: it stays as it was. */
const HARMLESS: readonly (Candidate['reason'] | undefined)[] = [
  'permission_missing',
  'profile_limits',
  'details_unavailable',
  'instagram_unreadable',
];

/** Accounts of the login that is renewed which the sign-in does not bring back. A list that was not read to its end tells nothing. */
export function leftOutOf(attempt: Pick<Attempt, 'candidates' | 'complete' | 'grant_id'>, accounts: readonly Account[]): Account[] {
  if (!attempt.grant_id || !attempt.complete) return [];
  const back = new Set(
    attempt.candidates.filter(({ usable, reason }) => usable || HARMLESS.includes(reason)).map((one) => `${one.kind}/${one.remote_id}`),
  );
  return accounts.filter((one) => one.grant_id === attempt.grant_id && one.state === 'active' && !back.has(`${one.kind}/${one.remote_id}`));
}
