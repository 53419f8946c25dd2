/** What a sign-in found, in the order in which it is offered, and what to say when there is little to offer. */
import type { Attempt, Candidate } from '../backend/backend';
import { fold } from './groups';

export interface Choice {
  candidate: Candidate;
  child: boolean;
}

/** Usable ones first and of those the connected ones, Pages by name with their Instagram account below; nothing is left out. */
export function choicesOf(candidates: readonly Candidate[], query = ''): Choice[] {
  const wanted = fold(query.trim());
  const found = candidates.filter(
    (candidate) => !wanted || fold(`${candidate.name} @${candidate.username} ${candidate.detail}`).includes(wanted),
  );
  const pages = new Set(found.filter(({ kind }) => kind === 'facebook_page').map(({ remote_id }) => remote_id));
  const isChild = (one: Candidate) => one.kind === 'instagram_account' && pages.has(one.parent_id);
  const order = (a: Candidate, b: Candidate) =>
    Number(b.usable) - Number(a.usable) ||
    Number(b.connected) - Number(a.connected) ||
    rank(a) - rank(b) ||
    (a.name || a.username).localeCompare(b.name || b.username) ||
    a.remote_id.localeCompare(b.remote_id);
  const sorted = [...found].sort(order);
  return sorted
    .filter((one) => !isChild(one))
    .flatMap((one) => [
      { candidate: one, child: false },
      ...sorted.filter((other) => isChild(other) && other.parent_id === one.remote_id).map((other) => ({ candidate: other, child: true })),
    ]);
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

/** The seven results with little or nothing to tick (peers.md C3). */
export type Finding =
  | 'nothing_granted'
  | 'no_rights'
  | 'no_instagram'
  | 'instagram_personal'
  | 'no_organization'
  | 'incomplete'
  | 'all_connected';

export function findingsOf({ candidates, complete, provider }: Pick<Attempt, 'candidates' | 'complete' | 'provider'>): Finding[] {
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
  if (complete && provider === 'linkedin' && !has('linkedin_organization')) findings.push('no_organization');
  return findings;
}
