/** Situations to look at in a plain browser: ?scene=fresh&lang=en&theme=dark */
import type { Language, Snapshot, Theme } from './backend';
import { bareAttempt, FakeBackend } from './fake';
import { hostileCandidates, manyCandidates } from './fake-candidates';
import { addLogins, agency, HOSTILE, manyAccounts } from './fake-crowd';
import { fakeSnapshot, freshSnapshot, from } from './fake-data';
import { longHistory } from './fake-history';
import { everyState } from './fake-states';

/** What the watcher and the desktop may be like. */
function watching(snapshot: Snapshot, scene: string, now: number): void {
  const { watch, system } = snapshot;
  if (scene === 'calm') Object.assign(snapshot, { notices: [], grants: snapshot.grants.slice(0, 1) });
  if (scene === 'soon') snapshot.notices = snapshot.notices.slice(1);
  if (scene === 'one') snapshot.notices = snapshot.notices.slice(0, 1);
  if (scene === 'many') addLogins(snapshot, 6, 6);
  if (scene === 'logins') addLogins(snapshot, 200, 12);
  if (scene === 'offline') watch.offline = true;
  if (scene === 'clock') watch.clock_wrong = true;
  if (scene === 'paused') watch.paused_until = from(now, 50 * 60_000);
  if (scene === 'checking') Object.assign(watch, { checking: true, done: 3, total: 12 });
  if (scene === 'noservice') Object.assign(system, { notifications: 'no_service', tray: false, can_start_at_login: false });
  if (scene === 'denied') system.notifications = 'denied';
  if (scene === 'silenced') system.notifications = 'silenced';
  if (scene === 'quiet')
    Object.assign(snapshot.preferences, { background: false, notices: { ...snapshot.preferences.notices, quiet: true } });
}

export function sceneOf(query: URLSearchParams): FakeBackend {
  const now = Date.now();
  const scene = query.get('scene') ?? '';
  const snapshot: Snapshot = scene === 'fresh' ? freshSnapshot(now) : fakeSnapshot(now);
  snapshot.preferences.language = (query.get('lang') as Language) ?? 'pt-BR';
  snapshot.preferences.theme = (query.get('theme') as Theme) ?? 'system';
  if (scene === 'demo') snapshot.demo = true;
  if (scene === 'hostile') snapshot.data_folder = `/home/maria/${HOSTILE[0]}/kontent-connect`;
  if (scene === 'keychain') snapshot.keychain = { code: 'keychain_locked' };
  if (scene === 'restored') snapshot.data = { code: 'database_restored', args: { at: from(now, -20 * 3_600_000), accounts: '7' } };
  if (scene === 'update') Object.assign(snapshot, { update: { version: '0.2.0' }, updates: true });
  if (scene === 'empty') Object.assign(snapshot, { grants: [], accounts: [], notices: [] });
  watching(snapshot, scene, now);
  if (scene === 'withdrawing') {
    snapshot.grants.push({
      ...(snapshot.grants[1] ?? snapshot.grants[0]!),
      id: 'g-gone',
      subject_name: 'Caio Reis',
      state: 'revoking',
      health: 'disconnected',
      cause: 'withdrawal_pending',
    });
  }
  if (scene === 'paste')
    for (const app of snapshot.apps) if (app.provider === 'meta') Object.assign(app, { redirect: 'paste', redirect_uris: [] });
  if (scene === 'relay') {
    const relay_url = 'https://conta.exemplo.com.br/kontent/';
    for (const app of snapshot.apps) Object.assign(app, { redirect: 'relay', relay_url, redirect_uris: [relay_url] });
  }
  if (scene === 'checkpoint') {
    for (const account of snapshot.accounts.slice(-4)) Object.assign(account, { health: 'checkpoint', cause: 'checkpoint' });
    for (const account of snapshot.accounts.slice(0, 2)) Object.assign(account, { health: 'checkpoint', cause: 'checkpoint' });
  }
  if (scene === 'big') snapshot.accounts.push(...manyAccounts(snapshot, 800));
  if (scene === 'agency') Object.assign(snapshot, agency(snapshot, Number(query.get('accounts') ?? 10_000)));
  if (scene === 'states') {
    Object.assign(snapshot, { accounts: everyState(now), grants: snapshot.grants.slice(0, 3) });
    snapshot.attempts.push({ ...bareAttempt('t-old', 'meta'), project_id: 'p-loja', grant_id: 'g-joao', expires_at: from(now, 400_000) });
  }
  if (scene === 'hostile') {
    HOSTILE.forEach((name, index) => {
      const health = (['healthy', 'limited', 'missing', 'checkpoint', 'expiring', 'unverified'] as const)[index % 6]!;
      const page = snapshot.accounts[0]!;
      snapshot.accounts.push({ ...page, id: `a-hostile-${index}`, remote_id: `r-hostile-${index}`, name, detail: name, health });
    });
    snapshot.grants[0]!.subject_name = HOSTILE[1]!;
    addLogins(snapshot, 1, 1);
    HOSTILE.slice(1, 3).forEach((name, index) => {
      snapshot.notices[index]!.subject_name = name;
    });
    snapshot.projects[0]!.name = HOSTILE[0]!;
  }
  const fake = new FakeBackend({ snapshot, person: Number(query.get('person') ?? 4000), browser: scene !== 'nobrowser' });
  if (scene === 'troubled') fake.troubled = true;
  if (scene === 'long') fake.timeline = longHistory(now, 400);
  if (scene === 'withdrawing') fake.outcome = 'unreachable';
  if (scene === 'lost') setTimeout(() => fake.emitAgent({ connected: false }), 300);
  if (scene === 'lostproblem') setTimeout(() => fake.emitAgent({ connected: false, problem: { code: 'agent_version' } }), 300);
  if (scene === 'running') {
    snapshot.attempts.push({
      ...bareAttempt('t-old', 'meta'),
      authorize_url: 'https://www.facebook.com/v26.0/dialog/oauth?state=exemplo',
      expires_at: from(now, 400_000),
    });
    return new FakeBackend({ snapshot });
  }
  // For the pictures: scripts play the person through it.
  Object.assign(window, { fake, fakeData: { manyCandidates, hostileCandidates } });
  return fake;
}
