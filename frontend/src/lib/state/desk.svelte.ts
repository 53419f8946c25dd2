/** What the window itself remembers: the page on show, the open dialog, the last message, and the time. */
import { getContext, setContext } from 'svelte';
import type { Account, Backend, Capability, Changed, ConnectRequest, Problem, Provider } from '../backend/backend';
import { toProblem } from '../backend/problem';
import { Connections } from './connections.svelte';
import { isRunning } from './groups';
import { SignIn } from './sign-in.svelte';

export type Page = 'integrations' | 'history' | 'apps' | 'appearance';

export type DialogState =
  | { kind: 'connect'; provider: Provider; renew?: string; choose?: boolean; running?: boolean; lacking?: Lacking }
  | { kind: 'disconnect'; account: Account; whole?: boolean }
  | { kind: 'project'; act: 'add' | 'rename' | 'remove' };

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

  page = $state<Page>('integrations');
  dialog = $state.raw<DialogState | undefined>();
  message = $state.raw<Message | undefined>();
  /** The account that a notification led to. */
  shown = $state<string | undefined>();
  /** The account whose timeline is on show. */
  historyOf = $state('');
  /** Which provider's form to bring into view. */
  setUp = $state<Provider | undefined>();
  checking = $state<ReadonlySet<string>>(new Set());
  now = $state(Date.now());

  constructor(backend: Backend) {
    this.backend = backend;
    this.connections = new Connections(backend);
    this.signIn = new SignIn(backend);
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

  openConnect(provider: Provider, renew?: { grant: string; choose?: boolean; lacking?: Lacking }): void {
    this.dialog = { kind: 'connect', provider, renew: renew?.grant, choose: renew?.choose, lacking: renew?.lacking };
  }

  /** Shows the dialog of a sign-in that runs already. */
  async resume(id: string): Promise<void> {
    const attempt = this.connections.snapshot?.attempts.find((one) => one.id === id);
    if (!attempt) return;
    await this.signIn.resume(attempt);
    this.dialog = { kind: 'connect', provider: attempt.provider, renew: attempt.grant_id || undefined, running: true };
  }

  /** Goes where a notification or the tray points: to a sign-in or an account. */
  async come({ attempt, account }: Changed): Promise<void> {
    await this.connections.refresh();
    const running = this.connections.snapshot?.attempts.find((one) => one.id === attempt && isRunning(one));
    if (running) await this.resume(running.id);
    else if (account) this.showAccount(account);
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
    if (account && account.project_id !== this.connections.project?.id) {
      void this.connections.setPreferences({ project: account.project_id });
    }
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
