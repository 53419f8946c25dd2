/** The stand-in with signing in: for tests, and for work on the page in a plain browser. */

import { permissionsOf } from '../state/permissions';
import type { Account, Attempt, Backend, Candidate, ConnectRequest, Snapshot } from './backend';
import { linkedInCandidates, metaCandidates } from './fake-candidates';
import { FakeCore, failure } from './fake-core';
import { fakeSnapshot, from } from './fake-data';

export interface FakeOptions {
  snapshot?: Snapshot;
  /** After how long a person in the browser is done; undefined leaves that to finish(). */
  person?: number;
  browser?: boolean;
  /** How many accounts a window opens with; all where it is left out. */
  first?: number;
}

/** A sign-in of which nothing is known yet. */
export function bareAttempt(id: string, provider: Attempt['provider']): Attempt {
  return {
    id,
    project_id: 'p-cafe',
    provider,
    state: 'waiting',
    browser_opened: true,
    found: 0,
    expected: 0,
    complete: false,
    candidates: [],
    connected: [],
    granted: [],
    declined: [],
    lacks: [],
  };
}

export class FakeBackend extends FakeCore implements Backend {
  readonly #options: FakeOptions;
  readonly #attempts = new Map<string, Attempt>();

  constructor(options: FakeOptions = {}) {
    super(options.snapshot ?? fakeSnapshot(Date.now()));
    this.#options = options;
    this.first = options.first ?? this.first;
    for (const attempt of this.state.attempts) this.#attempts.set(attempt.id, attempt);
  }

  async connect(request: ConnectRequest): Promise<Attempt> {
    this.called('connect', request);
    const app = this.state.apps.find((one) => one.provider === request.provider);
    if (!app?.configured) throw failure('app_missing');
    const pasted = app.redirect === 'paste';
    if (pasted !== Boolean(request.token)) throw failure('bad_request');
    const id = `t-${this.next++}`;
    const network =
      request.provider === 'meta' ? 'https://www.facebook.com/v26.0/dialog/oauth' : 'https://www.linkedin.com/oauth/v2/authorization';
    const browser = {
      authorize_url: `${network}?client_id=731204918822410&state=exemplo-${id}`,
      redirect_uri: `http://localhost:17653/callback/${request.provider}`,
      expires_at: from(Date.now(), 600_000),
    };
    const attempt: Attempt = {
      ...bareAttempt(id, request.provider),
      project_id: request.project_id,
      state: pasted ? 'reading' : 'waiting',
      grant_id: request.grant_id ?? '',
      browser_opened: !pasted && this.#options.browser !== false,
      ...(pasted ? {} : browser),
    };
    this.#attempts.set(id, attempt);
    this.#attemptChanged(id);
    const { person } = this.#options;
    if (person !== undefined) setTimeout(() => this.finish(id), person);
    return structuredClone(attempt);
  }

  async attempt(id: string): Promise<Attempt> {
    this.called('attempt', id);
    const attempt = this.#attempts.get(id);
    if (!attempt) throw failure('not_found');
    return structuredClone(attempt);
  }

  async openBrowser(id: string): Promise<void> {
    this.called('openBrowser', id);
    if (this.#options.browser === false) throw failure('browser_failed');
  }

  async pasteAddress(id: string, address: string): Promise<void> {
    this.called('pasteAddress', id, address);
    if (!address.includes('/callback/')) throw failure('paste_invalid');
    this.finish(id);
  }

  async select(id: string, remoteIDs: string[]): Promise<Attempt> {
    this.called('select', id, remoteIDs);
    const attempt = this.#attempts.get(id);
    if (attempt?.state !== 'choosing') throw failure('sign_in_ended');
    const chosen = attempt.candidates.filter((one) => remoteIDs.includes(one.remote_id) || (one.connected && one.usable));
    if (chosen.length === 0) throw failure('nothing_selected');
    const grant = this.#grantOf(attempt);
    const accounts = chosen.map((one) => this.#accountOf(one, attempt, grant));
    const ids = new Set(accounts.map((account) => account.id));
    const lost = new Set(attempt.candidates.filter((one) => one.connected && !one.usable).map((one) => one.remote_id));
    const others = this.state.accounts.filter((account) => !ids.has(account.id));
    this.change({
      accounts: [
        ...others.map((account) =>
          account.grant_id === grant && lost.has(account.remote_id)
            ? { ...account, health: 'missing' as const, cause: 'not_in_grant' as const }
            : account,
        ),
        ...accounts,
      ],
      notices: this.state.notices.filter((notice) => notice.grant_id !== grant || lost.size > 0),
    });
    this.update(id, { state: 'done', connected: accounts.map((account) => account.id) });
    return this.attempt(id);
  }

  async cancel(id: string): Promise<void> {
    this.called('cancel', id);
    this.update(id, { state: 'failed', problem: { code: 'sign_in_cancelled' } });
  }

  /** The person finished in the browser. */
  finish(id: string, more: Partial<Attempt> = {}): void {
    const attempt = this.#attempts.get(id);
    if (attempt?.state !== 'waiting' && attempt?.state !== 'reading') return;
    const known = attempt.provider === 'meta' ? metaCandidates() : linkedInCandidates();
    const subject = this.state.grants.find((grant) => grant.id === attempt.grant_id)?.subject_name;
    this.update(id, {
      state: 'choosing',
      subject_name: subject ?? (attempt.provider === 'meta' ? 'João Prado' : 'Rita Campos'),
      complete: true,
      granted: permissionsOf(attempt.provider),
      candidates: this.#marked(known, attempt),
      ...more,
    });
  }

  update(id: string, change: Partial<Attempt>): void {
    const attempt = this.#attempts.get(id);
    if (!attempt) return;
    this.#attempts.set(id, { ...attempt, ...change });
    this.#attemptChanged(id);
  }

  #marked(candidates: Candidate[], attempt: Attempt): Candidate[] {
    const renewed = this.state.accounts.filter((account) => account.grant_id === attempt.grant_id && account.state === 'active');
    if (!attempt.grant_id) return candidates;
    const own = renewed.map((account): Candidate => ({ ...account, usable: true, connected: true, reason: undefined }));
    return [...own, ...candidates.filter((one) => !one.connected && !own.some((other) => other.remote_id === one.remote_id))];
  }

  #grantOf(attempt: Attempt): string {
    const healed = { health: 'healthy' as const, cause: undefined, state: 'active' as const, checked_at: new Date().toISOString() };
    const known = this.state.grants.find(
      (grant) => grant.id === attempt.grant_id || (grant.provider === attempt.provider && grant.subject_name === attempt.subject_name),
    );
    if (known) {
      this.change({ grants: this.state.grants.map((grant) => (grant.id === known.id ? { ...grant, ...healed } : grant)) });
      return known.id;
    }
    const id = `g-${this.next++}`;
    const name = attempt.subject_name ?? '';
    this.change({
      grants: [
        ...this.state.grants,
        {
          id,
          provider: attempt.provider,
          subject_id: name,
          subject_name: name,
          client_id: '',
          clocks: {},
          granted: [...attempt.granted],
          declined: [],
          lacks: [],
          connected_at: new Date().toISOString(),
          ...healed,
        },
      ],
    });
    return id;
  }

  #accountOf(one: Candidate, attempt: Attempt, grant: string): Account {
    const known = this.state.accounts.find(
      (account) => account.remote_id === one.remote_id && account.project_id === attempt.project_id && account.state === 'active',
    );
    const base = {
      clocks: { token: { kind: 'never' as const, source: 'provider' as const } },
      connected_at: new Date().toISOString(),
      ...known,
    };
    return {
      ...base,
      id: known?.id ?? `a-${this.next++}`,
      project_id: attempt.project_id,
      grant_id: known?.grant_id ?? grant,
      provider: attempt.provider,
      kind: one.kind,
      remote_id: one.remote_id,
      name: one.name,
      username: one.username,
      picture: known?.picture ?? '',
      parent_id: one.parent_id,
      detail: one.detail,
      state: 'active',
      health: 'healthy',
      cause: undefined,
      clock: undefined,
      capabilities: one.capabilities,
    };
  }

  #attemptChanged(id: string): void {
    const attempts = [...this.#attempts.values()].map((attempt) => ({ ...attempt, candidates: [] }));
    this.change({ attempts }, id);
  }
}
