/** What the window itself remembers: the page on show, the open dialog, the last message, and the time. */
import { getContext, setContext } from 'svelte';
import type { Account, Backend, Capability, Changed, ConnectRequest, Problem, Provider } from '../backend/backend';
import { toProblem } from '../backend/problem';
import { AccountList } from './account-list.svelte';
import { Connections } from './connections.svelte';
import { Diagnosis } from './diagnosis.svelte';
import { isRunning } from './groups';
import { Queue } from './queue.svelte';
import { SignIn } from './sign-in.svelte';

export type Page = 'integrations' | 'history' | 'expiries' | 'apps' | 'notices' | 'appearance' | 'diagnosis' | 'about' | 'welcome';

export type DialogState =
  | ConnectState
  | { kind: 'queue' }
  | { kind: 'disconnect'; account: Account; whole?: boolean }
  | { kind: 'project'; act: 'add' | 'rename' | 'remove' };

export interface ConnectState {
  kind: 'connect';
  provider: Provider;
  renew?: string;
  choose?: boolean;
  running?: boolean;
  lacking?: Lacking;
  /** Another project than the one on show. */
  project?: string;
  /** It is a turn of the queue. */
  turn?: boolean;
}

/** How to open the dialog for a login that there is. */
export interface Renewal {
  grant: string;
  choose?: boolean;
  lacking?: Lacking;
  project?: string;
}

/** What one account lacks, to be asked for and nothing else. */
export interface Lacking {
  account: string;
  capabilities: Capability[];
}

export interface Message {
  text: string;
  tone: 'calm' | 'broken';
}

export class Desk {
  readonly backend: Backend;
  readonly connections: Connections;
  readonly signIn: SignIn;
  readonly list: AccountList;
  readonly queue = new Queue();
  readonly diagnosis: Diagnosis;

  page = $state<Page>('integrations');
  dialog = $state.raw<DialogState | undefined>();
  message = $state.raw<Message | undefined>();
  /** The account that a notification led to. */
  shown = $state<string | undefined>();
  /** What needs attention was asked for, and is to be brought into view. */
  attentionAsked = $state(false);
  /** The window was asked to close, and waits for an answer. */
  closing = $state(false);
  /** The account whose timeline is on show. */
  historyOf = $state('');
  /** Which provider's form to bring into view. */
  setUp = $state<Provider | undefined>();
  checking = $state<ReadonlySet<string>>(new Set());
  now = $state(Date.now());

  #stops: (() => void)[] = [];

  constructor(backend: Backend) {
    this.backend = backend;
    this.connections = new Connections(backend);
    this.signIn = new SignIn(backend);
    this.list = new AccountList(this.connections);
    this.diagnosis = new Diagnosis(backend);
  }

  /** Begins to listen to the program. The answer waits for what there is to show first, or for why there is nothing. */
  begin(): Promise<void> {
    this.#stops = [
      this.connections.listen((event) => {
        if (event.attempt && event.attempt === this.signIn.attempt?.id) void this.signIn.reload();
        if (event.show) void this.come(event);
      }),
      this.backend.onClosing(() => {
        this.closing = true;
      }),
    ];
    const loaded = this.connections.refresh();
    // A reload must not lose a sign-in that waits in the browser.
    void loaded.then(() => {
      const { snapshot, project } = this.connections;
      const running = snapshot?.attempts.find((attempt) => isRunning(attempt) && attempt.project_id === project?.id);
      if (running && !this.dialog) void this.resume(running.id);
    });
    return loaded;
  }

  end(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  go(page: Page): void {
    this.page = page;
  }

  say(text: string, tone: Message['tone'] = 'calm'): void {
    this.message = { text, tone };
  }

  /** Runs an act and returns its problem, if it had one. What is on show is brought up to date either way. */
  async run(act: () => Promise<unknown>): Promise<Problem | undefined> {
    try {
      await act();
      return undefined;
    } catch (error) {
      return toProblem(error);
    } finally {
      void this.connections.refresh();
    }
  }

  openConnect(provider: Provider, renew?: Renewal): void {
    const { grant, choose, lacking, project } = renew ?? {};
    this.dialog = { kind: 'connect', provider, renew: grant, choose, lacking, project };
  }

  /** Shows the dialog of a sign-in that runs already. */
  async resume(id: string): Promise<void> {
    const attempt = this.connections.snapshot?.attempts.find((one) => one.id === id);
    if (!attempt) return;
    if (this.dialog?.kind === 'connect' && this.signIn.attempt?.id === id) return this.signIn.reload();
    this.queue.clear();
    await this.signIn.resume(attempt);
    this.dialog = { kind: 'connect', provider: attempt.provider, renew: attempt.grant_id || undefined, running: true };
  }

  /** Goes where a notification or the tray points: to a sign-in, an account, or what needs attention. */
  async come({ attempt, account }: Changed): Promise<void> {
    await this.connections.refreshAll();
    const running = this.connections.snapshot?.attempts.find((one) => one.id === attempt && isRunning(one));
    if (running) {
      await this.#switchTo(running.project_id);
      await this.resume(running.id);
    } else if (account) this.showAccount(account);
    else this.showAttention();
  }

  /** The dialog of the queue's turn that begins now, or the result where none is left. */
  takeTurn(): void {
    const notice = this.queue.current?.notice;
    this.dialog = notice
      ? {
          kind: 'connect',
          provider: notice.provider,
          renew: notice.grant_id,
          choose: notice.health === 'missing',
          project: notice.project_id,
          turn: true,
        }
      : { kind: 'queue' };
  }

  openHistory(account = ''): void {
    this.historyOf = account;
    this.page = 'history';
  }

  openSetUp(provider: Provider): void {
    this.setUp = provider;
    this.page = 'apps';
  }

  showAccount(id: string): void {
    const account = this.connections.snapshot?.accounts.find((one) => one.id === id);
    this.page = 'integrations';
    this.shown = id;
    if (account) void this.#switchTo(account.project_id);
  }

  showAttention(): void {
    this.page = 'integrations';
    this.attentionAsked = true;
  }

  async #switchTo(project: string): Promise<void> {
    if (project !== this.connections.project?.id) await this.connections.setPreferences({ project });
  }
}

/** Everything there is for one provider; the program narrows it to what the provider offers. */
export function requestFor(project: string, provider: Provider, more: Partial<ConnectRequest> = {}): ConnectRequest {
  return {
    project_id: project,
    provider,
    capabilities: ['publish', 'messages', 'comments', 'analytics'],
    kinds: [],
    choose_again: false,
    no_browser: false,
    timeout_seconds: 0,
    ...more,
  };
}

const KEY = Symbol('desk');

export function provideDesk(desk: Desk): Desk {
  return setContext(KEY, desk);
}

export function useDesk(): Desk {
  return getContext(KEY);
}
