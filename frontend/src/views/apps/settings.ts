/** A provider app as it is edited: text in every field, checked and sent as the program wants it. */
import type { AppSettings, Product, Provider, ProviderApp, RedirectMode, Tier } from '../../lib/backend/backend';

export interface Draft {
  clientID: string;
  secret: string;
  redirect: RedirectMode;
  relayURL: string;
  ports: string;
  apiVersion: string;
  loginConfig: string;
  product: Product;
  tier: Tier;
}

const PORTS = [17653, 27653, 37653];

/** What each provider can do (design.md 5). */
export const MODES: Record<Provider, readonly RedirectMode[]> = {
  meta: ['localhost', 'relay', 'paste'],
  linkedin: ['localhost', 'native', 'relay'],
};

/** What a LinkedIn app can have, and how much of it; both exclude each other (linkedin.md 2.1). */
export const PRODUCTS: readonly Product[] = ['community_management', 'sign_in_share'];
export const TIERS: readonly Tier[] = ['development', 'standard'];

/** What a blank field stands for: the version that this program is tested with. */
export const DEFAULT_VERSIONS: Record<Provider, string> = { meta: 'v26.0', linkedin: '202609' };

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
    product: app?.product || 'community_management',
    tier: app?.tier || 'development',
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
  if (draft.redirect === 'paste') return [];
  if (draft.redirect === 'relay') return draft.relayURL.trim() ? [draft.relayURL.trim()] : [];
  if (draft.redirect === 'native') return ['http://127.0.0.1/callback/linkedin'];
  return (portsOf(draft.ports) ?? []).map((port) => `http://localhost:${port}/callback/${provider}`);
}

/** What to save. */
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
    product: provider === 'linkedin' ? draft.product : '',
    tier: provider === 'linkedin' ? draft.tier : '',
  };
}

/** Whether the form says something else than what is saved. */
export function isDirty(provider: Provider, draft: Draft, app: ProviderApp | undefined): boolean {
  const said = (one: Draft) => JSON.stringify(settingsOf(provider, one));
  return !app?.configured || said(draft) !== said(draftOf(app));
}

/** The field that a problem points at. */
export function fieldOf(code: string): keyof Draft | undefined {
  switch (code) {
    case 'app_secret_wrong':
    case 'app_secret_missing':
      return 'secret';
    case 'app_unknown':
      return 'clientID';
    case 'version_retired':
      return 'apiVersion';
    default:
      return undefined;
  }
}

/** Nobody could be asked, so nothing is known about the app. */
export function isInconclusive(code: string): boolean {
  return /^(offline|provider_trouble|provider_reply|rate_limited|internal|agent_\w+|keychain_\w+)$/.test(code);
}
