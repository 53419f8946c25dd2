/**
 * What the page may ask of the program, and the shapes that come back.
 *
 * The shapes are generated from Go (backend/view). Go's enumerations arrive as
 * plain strings, so they are plain strings here too.
 */
import type { view } from './wails';

type Plain<T> = T extends string
  ? `${T}`
  : T extends readonly (infer U)[]
    ? Plain<U>[]
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : T;

/** A product and a tier are LinkedIn's; they are empty elsewhere. */
type AtLinkedIn<T extends { product: string; tier: string }> = Omit<T, 'product' | 'tier'> & {
  product: T['product'] | '';
  tier: T['tier'] | '';
};

/** What there is around the accounts. */
export type Frame = Omit<Plain<view.Frame>, 'apps'> & { apps: ProviderApp[] };
/** Everything, at one revision. Accounts that were disconnected are elsewhere: see former. */
export type Snapshot = Frame & {
  revision: number;
  grants: Grant[];
  accounts: Account[];
  notices: Notice[];
  /** The accounts are those alone that a window shows first. */
  partial?: boolean;
};
/** What a page at one revision lacks to be at another; lost means that it has to ask for everything. */
export type Changes = Omit<Plain<view.Changes>, 'frame'> & { frame?: Frame };
/** What was connected once: its accounts, and those of its logins that have ended. */
export type Former = Plain<view.Former>;
export type Preferences = Plain<view.Preferences>;
export type Project = Plain<view.Project>;
export type ProviderApp = AtLinkedIn<Plain<view.ProviderApp>>;
export type AppSettings = AtLinkedIn<Plain<view.AppSettings>>;
export type Grant = Plain<view.Grant>;
export type Account = Plain<view.Account>;
export type Candidate = Plain<view.Candidate>;
export type Attempt = Plain<view.Attempt>;
export type Capabilities = Plain<view.Capabilities>;
export type Clock = Plain<view.Clock>;
export type Clocks = Plain<view.Clocks>;
export type CheckResult = Plain<view.CheckResult>;
export type DisconnectResult = Plain<view.DisconnectResult>;
export type HistoryEntry = Plain<view.HistoryEntry>;
export type Finding = Plain<view.Finding>;
export type FindingState = Finding['state'];
export type Check = Finding['check'];
export type EventKind = HistoryEntry['kind'];
export type Format = Plain<view.HistoryExport>['format'];
export type Problem = Plain<view.Problem>;
export type Watch = Plain<view.Watch>;
export type Notice = Plain<view.Notice>;
export type NoticeSettings = Plain<view.NoticeSettings>;
export type System = Plain<view.System>;

export type Provider = Account['provider'];
export type AccountKind = Account['kind'];
export type Health = Account['health'];
export type Cause = NonNullable<Account['cause']>;
export type Reason = NonNullable<Candidate['reason']>;
export type Capability = keyof Capabilities;
export type CapabilityState = Capabilities[Capability];
export type Language = Preferences['language'];
export type Theme = Preferences['theme'];
export type RedirectMode = ProviderApp['redirect'];
/** What a LinkedIn app can have; Meta's apps have "". */
export type Product = Exclude<ProviderApp['product'], ''>;
export type Tier = Exclude<ProviderApp['tier'], ''>;

/** A sign-in to start. An empty list means everything that the provider has. */
export type ConnectRequest = Omit<Plain<view.ConnectRequest>, 'capabilities' | 'kinds'> & {
  capabilities: Capability[];
  kinds: AccountKind[];
};

/** Which lines of the timeline; what is empty narrows nothing. */
export interface HistoryFilter {
  account_id: string;
  project_id: string;
  provider: Provider | '';
  kinds: readonly EventKind[];
  text: string;
}

/** Lines below before_id, or the newest for 0. */
export type HistoryQuery = HistoryFilter & { before_id: number; limit: number };

/** The newest lines about everything: what a question narrows. */
export const ALL_LINES: Omit<HistoryQuery, 'limit'> = {
  account_id: '',
  project_id: '',
  provider: '',
  kinds: [],
  text: '',
  before_id: 0,
};

export const PROVIDERS: readonly Provider[] = ['meta', 'linkedin'];
export const CAPABILITIES: readonly Capability[] = ['publish', 'messages', 'comments', 'analytics'];

/** Something changed: ask for the changes when the revision is newer. */
export interface Changed {
  revision: number;
  attempt?: string;
  show?: boolean;
  account?: string;
  quit?: boolean;
}

/** The resident part of the program was lost or found again. */
export interface AgentState {
  connected: boolean;
  problem?: Problem;
}

/** Pages that may be opened in the system browser; the addresses are Go's. */
export type PageName =
  | 'update'
  | 'meta_apps'
  | 'linkedin_apps'
  | 'meta_site'
  | 'linkedin_site'
  | 'meta_developers'
  | 'linkedin_developers'
  | 'data_folder';

export interface Backend {
  /** What a window opens with: of many accounts only those that it shows first. */
  opening(): Promise<Snapshot>;
  snapshot(): Promise<Snapshot>;
  changes(since: number): Promise<Changes>;
  former(): Promise<Former>;
  addProject(name: string): Promise<Project>;
  renameProject(id: string, name: string): Promise<void>;
  removeProject(id: string): Promise<void>;
  setApp(settings: AppSettings): Promise<ProviderApp>;
  removeApp(provider: Provider): Promise<void>;
  /** Asks the provider whether it takes the app as it is saved; fails with what is wrong. */
  testApp(provider: Provider): Promise<void>;
  connect(request: ConnectRequest): Promise<Attempt>;
  attempt(id: string): Promise<Attempt>;
  openBrowser(id: string): Promise<void>;
  pasteAddress(id: string, address: string): Promise<void>;
  select(id: string, remoteIDs: string[]): Promise<Attempt>;
  cancel(id: string): Promise<void>;
  /** Asks the providers about accounts or logins; an empty list means all. */
  check(ids: string[]): Promise<CheckResult>;
  disconnect(accountID: string, wholeLogin: boolean): Promise<DisconnectResult>;
  /** Lines of the timeline, newest first. */
  history(query: HistoryQuery): Promise<HistoryEntry[]>;
  /** Asks where to save the lines that the filter wants; the file's name, or "" when the person said nowhere. */
  saveHistory(wanted: { query: HistoryQuery; format: Format }): Promise<string>;
  /** Looks at what the program stands on; no names means at everything. */
  diagnose(checks: Check[]): Promise<{ findings: Finding[] }>;
  /** Saves a report that names nobody; answers like saveHistory. */
  saveReport(): Promise<string>;
  /** Opens the demonstration in a window of its own. */
  openDemo(): Promise<void>;
  setPreferences(preferences: Preferences): Promise<void>;
  openPage(name: PageName): Promise<void>;
  /** Holds back the notifications of a login for a day. */
  snooze(grantID: string): Promise<void>;
  /** Holds back all notifications; 0 lets them through again. */
  pauseNotices(minutes: number): Promise<void>;
  /** Shows a notification that says that notifications work. */
  testNotice(): Promise<void>;
  setStartAtLogin(on: boolean): Promise<void>;
  /** Makes the window tell onClosing, instead of closing, the next time it is asked to close. */
  askBeforeClosing(on: boolean): Promise<void>;
  closeWindow(): Promise<void>;
  copy(text: string): Promise<boolean>;
  /** Where the page finds an account's picture; it never leads out of the program. */
  picture(account: Pick<Account, 'id' | 'picture'>): string | undefined;
  /** Where it finds a candidate's, for as long as the sign-in offers it. */
  face(attempt: string, candidate: Pick<Candidate, 'picture'>): string | undefined;
  onChanged(listener: (event: Changed) => void): () => void;
  onAgent(listener: (state: AgentState) => void): () => void;
  /** The window was asked to close and waits for closeWindow. */
  onClosing(listener: () => void): () => void;
}
