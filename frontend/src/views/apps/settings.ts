/** A provider app as it is edited: text in every field, checked and sent as the program wants it. */
import type { AppSettings, Provider, ProviderApp, RedirectMode } from '../../lib/backend/backend';

export interface Draft {
  clientID: string;
  secret: string;
  redirect: RedirectMode;
  relayURL: string;
  ports: string;
  apiVersion: string;
  loginConfig: string;
}

const PORTS = [17653, 27653, 37653];

/** What each provider can do (design.md 5). */
export const MODES: Record<Provider, readonly RedirectMode[]> = {
  meta: ['localhost', 'relay'],
  linkedin: ['localhost', 'native', 'relay'],
};

/** The permissions that the providers are asked for, for whoever registers the app. */
export const PERMISSIONS: Record<Provider, readonly string[]> = {
  meta: [
    'pages_show_list',
    'business_management',
    'pages_read_engagement',
    'pages_read_user_content',
    'pages_manage_posts',
    'pages_manage_engagement',
    'pages_manage_metadata',
    'pages_messaging',
    'read_insights',
    'instagram_basic',
    'instagram_content_publish',
    'instagram_manage_comments',
    'instagram_manage_messages',
    'instagram_manage_insights',
  ],
  linkedin: [
    'r_basicprofile',
    'w_member_social',
    'w_member_social_feed',
    'rw_organization_admin',
    'r_organization_followers',
    'w_organization_social',
    'r_organization_social',
    'w_organization_social_feed',
    'r_organization_social_feed',
    'r_member_postAnalytics',
    'r_member_profileAnalytics',
  ],
};

export function draftOf(app: ProviderApp | undefined): Draft {
  const ports = app && app.ports.length > 0 ? app.ports : PORTS;
  return {
    clientID: app?.client_id ?? '',
    secret: '',
    redirect: app?.redirect || 'localhost',
    relayURL: app?.relay_url ?? '',
    ports: ports.join(', '),
    apiVersion: app?.api_version ?? '',
    loginConfig: app?.login_config ?? '',
  };
}

/** "17653, 27653": the ports, or undefined when one of them is none. */
export function portsOf(words: string): number[] | undefined {
  const parts = words.split(/[\s,;]+/).filter(Boolean);
  const ports = parts.map(Number);
  const good = ports.length > 0 && ports.every((port) => Number.isInteger(port) && port >= 1024 && port <= 65_535);
  return good ? ports : undefined;
}

export function usesPorts(redirect: RedirectMode): boolean {
  return redirect !== 'native' && redirect !== 'paste';
}

/** The addresses to register, as they will be once saved. */
export function addressesOf(provider: Provider, draft: Draft): string[] {
  if (draft.redirect === 'relay') return draft.relayURL.trim() ? [draft.relayURL.trim()] : [];
  if (draft.redirect === 'native') return ['http://127.0.0.1/callback/linkedin'];
  return (portsOf(draft.ports) ?? []).map((port) => `http://localhost:${port}/callback/${provider}`);
}

export function settingsOf(provider: Provider, draft: Draft): AppSettings {
  return {
    provider,
    client_id: draft.clientID.trim(),
    client_secret: draft.secret,
    redirect: draft.redirect,
    ports: portsOf(draft.ports) ?? PORTS,
    relay_url: draft.redirect === 'relay' ? draft.relayURL.trim() : '',
    api_version: draft.apiVersion.trim(),
    login_config: draft.loginConfig.trim(),
  };
}
