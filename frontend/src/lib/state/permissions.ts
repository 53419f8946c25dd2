/**
 * What each capability is asked for with, in the networks' own spelling (meta.md 2, linkedin.md 2.2). Here only
 * to show and to copy, and to say what a login allows; the program itself decides what is asked for.
 */
import { type AccountKind, CAPABILITIES, type Capability, type Provider } from '../backend/backend';

/** Asked for whatever is wanted: without them nothing is listed. */
const BASE: Record<Provider, readonly string[]> = {
  meta: ['pages_show_list', 'business_management', 'pages_read_engagement', 'instagram_basic'],
  linkedin: ['r_basicprofile', 'rw_organization_admin'],
};

/** The permissions without which an account of a kind cannot do a thing. A capability that is left out is not offered. */
export const NEEDS: Record<AccountKind, Partial<Record<Capability, readonly string[]>>> = {
  facebook_page: {
    publish: ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'],
    messages: ['pages_read_engagement', 'pages_manage_metadata', 'pages_messaging'],
    comments: ['pages_read_engagement', 'pages_read_user_content', 'pages_manage_engagement'],
    analytics: ['pages_read_engagement', 'read_insights'],
  },
  instagram_account: {
    publish: ['pages_read_engagement', 'instagram_basic', 'instagram_content_publish'],
    messages: ['pages_manage_metadata', 'instagram_basic', 'instagram_manage_messages'],
    comments: ['pages_read_engagement', 'instagram_basic', 'instagram_manage_comments'],
    analytics: ['pages_read_engagement', 'instagram_basic', 'instagram_manage_insights'],
  },
  linkedin_organization: {
    publish: ['w_organization_social'],
    comments: ['r_organization_social', 'r_organization_social_feed', 'w_organization_social_feed'],
    analytics: ['r_organization_followers'],
  },
  linkedin_member: {
    publish: ['w_member_social'],
    comments: ['w_member_social_feed'],
    analytics: ['r_member_postAnalytics', 'r_member_profileAnalytics'],
  },
};

export const KINDS: Record<Provider, readonly AccountKind[]> = {
  meta: ['facebook_page', 'instagram_account'],
  linkedin: ['linkedin_organization', 'linkedin_member'],
};

export interface PermissionGroup {
  /** Undefined for what everything else stands on. */
  capability: Capability | undefined;
  names: string[];
}

/** What to enable at a provider: what is always asked for first, then what each capability adds. */
export function permissionGroupsOf(provider: Provider, kinds: readonly AccountKind[] = KINDS[provider]): PermissionGroup[] {
  const base = BASE[provider];
  const added = CAPABILITIES.map((capability) => ({
    capability,
    names: unique(kinds.flatMap((kind) => NEEDS[kind][capability] ?? [])).filter((name) => !base.includes(name)),
  }));
  return [{ capability: undefined, names: [...base] }, ...added.filter(({ names }) => names.length > 0)];
}

export function permissionsOf(provider: Provider): string[] {
  return unique(permissionGroupsOf(provider).flatMap(({ names }) => names));
}

export interface Reach {
  capability: Capability;
  /** The kinds of account for which it works. */
  works: AccountKind[];
  missing: string[];
}

/** What a login with these permissions could do, before any account is looked at. */
export function reachOf(provider: Provider, granted: readonly string[]): Reach[] {
  return offeredBy(provider).map((capability) => {
    const lacks = (kind: AccountKind) => (NEEDS[kind][capability] ?? []).filter((name) => !granted.includes(name));
    return {
      capability,
      works: KINDS[provider].filter((kind) => NEEDS[kind][capability] && lacks(kind).length === 0),
      missing: unique(KINDS[provider].flatMap(lacks)),
    };
  });
}

export interface Loss {
  /** Undefined where no single capability stands or falls with it. */
  capability: Capability | undefined;
  kinds: AccountKind[];
  names: string[];
}

/** What does not work because these permissions were declined. */
export function lossesOf(provider: Provider, declined: readonly string[]): Loss[] {
  const losses: Loss[] = offeredBy(provider).map((capability) => {
    const kinds = KINDS[provider].filter((kind) => NEEDS[kind][capability]?.some((name) => declined.includes(name)));
    return { capability, kinds, names: declined.filter((name) => kinds.some((kind) => NEEDS[kind][capability]?.includes(name))) };
  });
  const known = new Set(losses.flatMap(({ names }) => names));
  const rest = declined.filter((name) => !known.has(name));
  return [
    ...losses.filter(({ names }) => names.length > 0),
    ...(rest.length > 0 ? [{ capability: undefined, kinds: [], names: rest }] : []),
  ];
}

export function offeredBy(provider: Provider): Capability[] {
  return CAPABILITIES.filter((capability) => KINDS[provider].some((kind) => NEEDS[kind][capability]));
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
