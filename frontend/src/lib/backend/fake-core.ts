/**
 * A stateful stand-in for the program: everything but signing in. It keeps the
 * contract's manners (revisions, events, problems as JSON text) and none of
 * the program's rules.
 */
import type {
  Account,
  AgentState,
  AppSettings,
  Backend,
  Candidate,
  Changed,
  Changes,
  Check,
  CheckResult,
  DisconnectResult,
  Finding,
  Format,
  Former,
  HistoryEntry,
  HistoryQuery,
  Preferences,
  Project,
  Provider,
  ProviderApp,
  Snapshot,
} from './backend';
import { differenceOf, isFormer, NO_CHANGES } from './fake-changes';
import { fakePicture } from './fake-data';
import { fakeFindings } from './fake-findings';
import { fakeHistory } from './fake-history';

const DAY = 24 * 60 * 60_000;

export function failure(code: string, args?: Record<string, string>): Error {
  return new Error(JSON.stringify({ code, args }));
}

function addressesOf({ redirect, relay_url, ports, provider }: AppSettings): string[] {
  if (redirect === 'paste') return [];
  if (redirect === 'relay') return [relay_url];
  if (redirect === 'native') return [`http://127.0.0.1/callback/${provider}`];
  return ports.map((port) => `http://localhost:${port}/callback/${provider}`);
}

export class FakeCore {
  state: Snapshot;
  /** Calls, for tests: the name and the arguments. */
  calls: [string, ...unknown[]][] = [];
  /** A code here makes the named call fail with it. */
  failing: Partial<Record<keyof Backend, string>> = {};
  outcome: DisconnectResult['outcome'] | undefined;
  clipboard = '';
  /** What a test of an app waits for. */
  patience: Promise<void> = Promise.resolve();
  /** The person closes the dialog that asks where to save. */
  nowhere = false;
  /** The diagnosis finds something. */
  troubled = false;
  timeline: HistoryEntry[] = fakeHistory(Date.now());

  /** How many accounts a window opens with. */
  first = Number.POSITIVE_INFINITY;

  protected next = 1;
  /** What was handed out, by its revision. */
  readonly #known = new Map<number, Snapshot>();
  readonly #changed = new Set<(event: Changed) => void>();
  readonly #agent = new Set<(state: AgentState) => void>();
  readonly #closing = new Set<() => void>();

  constructor(snapshot: Snapshot) {
    this.state = snapshot;
  }

  async opening(): Promise<Snapshot> {
    this.called('opening');
    const all = this.#present();
    return all.accounts.length > this.first ? { ...all, accounts: all.accounts.slice(0, this.first), partial: true } : all;
  }

  async snapshot(): Promise<Snapshot> {
    this.called('snapshot');
    return this.#present();
  }

  async changes(since: number): Promise<Changes> {
    this.called('changes', since);
    const before = this.#known.get(since);
    const now = this.#present();
    return before ? differenceOf(before, now) : { ...NO_CHANGES, since, revision: since, lost: true };
  }

  async former(): Promise<Former> {
    this.called('former');
    const accounts = this.state.accounts.filter((account) => isFormer(account, this.state));
    return structuredClone({ accounts, grants: this.state.grants.filter(({ state }) => state === 'closed') });
  }

  /** The program was started again, or no window followed it. */
  forget(): void {
    this.#known.clear();
  }

  /** What there is now, without what was disconnected, and remembered as handed out. */
  #present(): Snapshot {
    const former = this.state.accounts.filter((account) => isFormer(account, this.state));
    const snapshot = structuredClone({
      ...this.state,
      last_line: this.timeline[0]?.id ?? 0,
      accounts: this.state.accounts.filter((account) => !former.includes(account)),
      grants: this.state.grants.filter(({ state }) => state !== 'closed'),
      projects: this.state.projects.map((project) => ({
        ...project,
        former: former.filter(({ project_id }) => project_id === project.id).length,
      })),
    });
    this.#known.set(snapshot.revision, snapshot);
    return snapshot;
  }

  async addProject(name: string): Promise<Project> {
    this.called('addProject', name);
    if (!name.trim() || this.state.projects.some((project) => project.name === name.trim())) throw failure('project_name_invalid');
    const project = { id: `p-${this.next++}`, name: name.trim(), created_at: new Date().toISOString(), former: 0 };
    this.change({ projects: [...this.state.projects, project] });
    return project;
  }

  async renameProject(id: string, name: string): Promise<void> {
    this.called('renameProject', id, name);
    if (!name.trim()) throw failure('project_name_invalid');
    this.change({ projects: this.state.projects.map((project) => (project.id === id ? { ...project, name: name.trim() } : project)) });
  }

  async removeProject(id: string): Promise<void> {
    this.called('removeProject', id);
    if (this.state.accounts.some((account) => account.project_id === id && account.state === 'active')) throw failure('project_not_empty');
    if (this.state.projects.length === 1) throw failure('project_last');
    this.change({ projects: this.state.projects.filter((project) => project.id !== id) });
  }

  async setApp(settings: AppSettings): Promise<ProviderApp> {
    this.called('setApp', settings);
    if (!settings.client_id.trim()) throw failure('app_invalid');
    const { client_secret: secret, ...rest } = settings;
    const former = this.state.apps.find((app) => app.provider === settings.provider);
    const app: ProviderApp = {
      ...rest,
      configured: true,
      has_secret: Boolean(secret) || former?.has_secret === true,
      redirect_uris: addressesOf(settings),
      permissions: [],
    };
    this.change({ apps: this.state.apps.map((one) => (one.provider === app.provider ? app : one)) });
    return app;
  }

  async removeApp(provider: Provider): Promise<void> {
    this.called('removeApp', provider);
    if (this.state.accounts.some((account) => account.provider === provider && account.state === 'active')) throw failure('app_in_use');
    this.change({
      apps: this.state.apps.map((app) =>
        app.provider === provider ? { ...app, configured: false, has_secret: false, client_id: '' } : app,
      ),
    });
  }

  async testApp(provider: Provider): Promise<void> {
    this.called('testApp', provider);
    if (!this.state.apps.find((app) => app.provider === provider)?.configured) throw failure('app_missing');
    await this.patience;
  }

  async check(ids: string[]): Promise<CheckResult> {
    this.called('check', ids);
    const checked_at = new Date().toISOString();
    this.change({ grants: this.state.grants.map((grant) => ({ ...grant, checked_at })), watch: { ...this.state.watch, checked_at } });
    const asked = new Set(ids.map((id) => this.state.accounts.find((one) => one.id === id)?.grant_id ?? id));
    const grants = this.state.grants.filter(({ id }) => ids.length === 0 || asked.has(id));
    const unverified = grants.filter(({ health }) => health === 'unverified').length;
    return { grants: grants.length, accounts: this.state.accounts.length, unverified, problems: [] };
  }

  async disconnect(accountID: string, wholeLogin: boolean): Promise<DisconnectResult> {
    this.called('disconnect', accountID, wholeLogin);
    const account = this.state.accounts.find((one) => one.id === accountID);
    const grant = this.state.grants.find((one) => one.id === account?.grant_id);
    if (!account || !grant) throw failure('not_found');
    const closed = this.state.accounts.filter(
      (one) => one.state === 'active' && (one.id === accountID || (wholeLogin && one.grant_id === grant.id)),
    );
    const outcome = this.outcome ?? (wholeLogin ? 'withdrawn' : 'still_listed');
    const ids = new Set(closed.map((one) => one.id));
    const last = !this.state.accounts.some((one) => one.grant_id === grant.id && one.state === 'active' && !ids.has(one.id));
    const state = outcome === 'unreachable' ? ('revoking' as const) : ('closed' as const);
    this.change({
      accounts: this.state.accounts.map((one) =>
        ids.has(one.id)
          ? { ...one, state: 'disconnected' as const, health: 'disconnected' as const, disconnected_at: new Date().toISOString() }
          : one,
      ),
      grants: last
        ? this.state.grants.map((one) => (one.id === grant.id ? { ...one, state, health: 'disconnected' as const } : one))
        : this.state.grants,
    });
    return {
      outcome,
      closed: [...ids],
      whole_login: last,
      provider: grant.provider,
      subject: grant.subject_name,
      page: 'https://www.facebook.com/settings?tab=business_tools',
    };
  }

  async history(query: HistoryQuery): Promise<HistoryEntry[]> {
    this.called('history', query);
    const { account_id, project_id, provider, kinds, text, before_id, limit } = query;
    const login = this.state.accounts.find((account) => account.id === account_id)?.grant_id;
    const wanted = (entry: HistoryEntry) =>
      (!account_id || entry.account_id === account_id || (!entry.account_id && entry.grant_id === login)) &&
      (!project_id || !entry.project_id || entry.project_id === project_id) &&
      (!provider || entry.provider === provider) &&
      (kinds.length === 0 || kinds.includes(entry.kind)) &&
      entry.subject.toLowerCase().includes(text.trim().toLowerCase()) &&
      (before_id === 0 || entry.id < before_id);
    return this.timeline.filter(wanted).slice(0, limit);
  }

  async saveHistory(wanted: { query: HistoryQuery; format: Format }): Promise<string> {
    this.called('saveHistory', wanted);
    return this.#download(`kontent-historico.${wanted.format}`);
  }

  async diagnose(checks: Check[]): Promise<{ findings: Finding[] }> {
    this.called('diagnose', checks);
    await this.patience;
    return { findings: fakeFindings(this.troubled).filter(({ check }) => checks.length === 0 || checks.includes(check)) };
  }

  async saveReport(): Promise<string> {
    this.called('saveReport');
    return this.#download('kontent-diagnostico.txt');
  }

  async openDemo(): Promise<void> {
    this.called('openDemo');
  }

  /** There is no system's dialog here; a person who says nowhere is one who has set nowhere. */
  #download(name: string): string {
    return this.nowhere ? '' : name;
  }

  async setPreferences(preferences: Preferences): Promise<void> {
    this.called('setPreferences', preferences);
    this.change({ preferences });
  }

  async openPage(name: string): Promise<void> {
    this.called('openPage', name);
  }

  async snooze(grantID: string): Promise<void> {
    this.called('snooze', grantID);
    const snoozed_until = new Date(Date.now() + DAY).toISOString();
    this.change({ notices: this.state.notices.map((one) => (one.grant_id === grantID ? { ...one, snoozed_until } : one)) });
  }

  async pauseNotices(minutes: number): Promise<void> {
    this.called('pauseNotices', minutes);
    const { paused_until: _, ...watch } = this.state.watch;
    this.change({ watch: minutes > 0 ? { ...watch, paused_until: new Date(Date.now() + minutes * 60_000).toISOString() } : watch });
  }

  async testNotice(): Promise<void> {
    this.called('testNotice');
    if (this.state.system.notifications === 'no_service') throw failure('notices_unavailable');
    if (this.state.system.notifications === 'denied') throw failure('notices_denied');
  }

  async setStartAtLogin(on: boolean): Promise<void> {
    this.called('setStartAtLogin', on);
    this.change({ system: { ...this.state.system, start_at_login: on } });
  }

  async askBeforeClosing(on: boolean): Promise<void> {
    this.called('askBeforeClosing', on);
  }

  async closeWindow(): Promise<void> {
    this.called('closeWindow');
  }

  onClosing(listener: () => void): () => void {
    this.#closing.add(listener);
    return () => this.#closing.delete(listener);
  }

  /** The window was asked to close. */
  emitClosing(): void {
    for (const listener of this.#closing) listener();
  }

  picture({ picture }: Pick<Account, 'picture'>): string | undefined {
    return picture ? fakePicture(picture) : undefined;
  }

  face(_attempt: string, { picture }: Pick<Candidate, 'picture'>): string | undefined {
    return picture ? fakePicture(picture) : undefined;
  }

  async copy(text: string): Promise<boolean> {
    this.called('copy', text);
    this.clipboard = text;
    return true;
  }

  onChanged(listener: (event: Changed) => void): () => void {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  onAgent(listener: (state: AgentState) => void): () => void {
    this.#agent.add(listener);
    return () => this.#agent.delete(listener);
  }

  emit(event: Partial<Changed>): void {
    for (const listener of this.#changed) listener({ revision: this.state.revision, ...event });
  }

  emitAgent(state: AgentState): void {
    for (const listener of this.#agent) listener(state);
  }

  protected change(change: Partial<Snapshot>, attempt?: string): void {
    this.state = { ...this.state, ...change, revision: this.state.revision + 1 };
    this.emit(attempt ? { attempt } : {});
  }

  protected called(name: keyof Backend, ...args: unknown[]): void {
    this.calls.push([name, ...args]);
    const code = this.failing[name];
    if (code) throw failure(code);
  }
}
