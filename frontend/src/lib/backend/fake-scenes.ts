/** Situations to look at in a plain browser: ?scene=fresh&lang=en&theme=dark */
import type { Language, Snapshot, Theme } from './backend';
import { FakeBackend } from './fake';
import { fakeSnapshot, freshSnapshot, from } from './fake-data';

export function sceneOf(query: URLSearchParams): FakeBackend {
  const now = Date.now();
  const scene = query.get('scene') ?? '';
  const snapshot: Snapshot = scene === 'fresh' ? freshSnapshot(now) : fakeSnapshot(now);
  snapshot.preferences.language = (query.get('lang') as Language) ?? 'pt-BR';
  snapshot.preferences.theme = (query.get('theme') as Theme) ?? 'system';
  if (scene === 'demo') snapshot.demo = true;
  if (scene === 'keychain') snapshot.keychain = { code: 'keychain_locked' };
  if (scene === 'empty') Object.assign(snapshot, { grants: [], accounts: [] });
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
  const fake = new FakeBackend({ snapshot, person: Number(query.get('person') ?? 4000), browser: scene !== 'nobrowser' });
  if (scene === 'withdrawing') fake.outcome = 'unreachable';
  if (scene === 'lost') setTimeout(() => fake.emitAgent({ connected: false }), 300);
  if (scene === 'lostproblem') setTimeout(() => fake.emitAgent({ connected: false, problem: { code: 'agent_version' } }), 300);
  if (scene === 'running') {
    snapshot.attempts.push({
      id: 't-old',
      project_id: 'p-cafe',
      provider: 'meta',
      state: 'waiting',
      grant_id: '',
      browser_opened: true,
      authorize_url: 'https://www.facebook.com/v26.0/dialog/oauth?state=exemplo',
      expires_at: from(now, 400_000),
      complete: false,
      candidates: [],
      connected: [],
      declined: [],
    });
    return new FakeBackend({ snapshot });
  }
  // For the pictures: scripts play the person through it.
  Object.assign(window, { fake });
  return fake;
}
