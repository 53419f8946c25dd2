/** What needs the admin: what helps a login, and how a list of logins is kept still under a pointer. */
import type { Notice, System } from '../backend/backend';
import { needsReconnection } from './groups';

export type Remedy = 'reconnect' | 'renew' | 'choose' | 'site' | 'check';

/** The one act that helps the login of a notice now. */
export function remedyFor({ health }: Pick<Notice, 'health'>): Remedy {
  switch (health) {
    case 'reconnect':
      return 'reconnect';
    case 'expiring':
      return 'renew';
    case 'missing':
      return 'choose';
    case 'checkpoint':
      return 'site';
    default:
      return 'check';
  }
}

/** A sign-in mends it. Where the network wants the person on its own site first, another sign-in alone mends nothing. */
export function mendedBySignIn(notice: Pick<Notice, 'health'>): boolean {
  return notice.health === 'expiring' || (needsReconnection(notice) && notice.health !== 'checkpoint');
}

/** What a queue begins with: what is broken, and what only ends soon where nothing is. */
export function firstInQueue(notices: readonly Notice[]): Notice[] {
  const mendable = notices.filter(mendedBySignIn);
  const broken = mendable.filter(needsReconnection);
  return broken.length > 0 ? broken : mendable;
}

export function isSnoozed({ snoozed_until }: Pick<Notice, 'snoozed_until'>, now: number): boolean {
  return snoozed_until !== undefined && Date.parse(snoozed_until) > now;
}

/** The desktop shows none of our notifications. Silence is not that: there they wait in a list. */
export function isUnseen({ notifications }: Pick<System, 'notifications'>): boolean {
  return notifications === 'no_service' || notifications === 'denied';
}

/** A place in the list; what was settled meanwhile keeps its place until the list may move. */
export interface Place {
  notice: Notice;
  gone: boolean;
}

/** The list as it is now. */
export function placesOf(notices: readonly Notice[]): Place[] {
  return notices.map((notice) => ({ notice, gone: false }));
}

/** The same places with today's facts: nothing comes, goes or changes its turn. */
export function heldPlaces(places: readonly Place[], notices: readonly Notice[]): Place[] {
  return places.map(({ notice }) => {
    const now = notices.find(({ grant_id }) => grant_id === notice.grant_id);
    return { notice: now ?? notice, gone: now === undefined };
  });
}
