export namespace social {
	
	export enum AccountKind {
	    FacebookPage = "facebook_page",
	    InstagramAccount = "instagram_account",
	    LinkedinMember = "linkedin_member",
	    LinkedinOrganization = "linkedin_organization",
	}
	export enum Cause {
	    AppRemoved = "app_removed",
	    AppSetup = "app_setup",
	    Checkpoint = "checkpoint",
	    DataAccessEnded = "data_access_ended",
	    Expired = "expired",
	    KeychainAbsent = "keychain_absent",
	    KeychainLocked = "keychain_locked",
	    NotInGrant = "not_in_grant",
	    Offline = "offline",
	    PasswordChanged = "password_changed",
	    PermissionMissing = "permission_missing",
	    ProviderTrouble = "provider_trouble",
	    RateLimited = "rate_limited",
	    Refused = "refused",
	    Revoked = "revoked",
	    RoleLimited = "role_limited",
	    RoleLost = "role_lost",
	    TokenDamaged = "token_damaged",
	    TokenMissing = "token_missing",
	    VersionRetired = "version_retired",
	    WithdrawalPending = "withdrawal_pending",
	}
	export enum ClockKind {
	    Expires = "expires",
	    Never = "never",
	    Unknown = "unknown",
	}
	export enum RedirectMode {
	    Localhost = "localhost",
	    Native = "native",
	    Paste = "paste",
	    Relay = "relay",
	}
	export enum AccountState {
	    Active = "active",
	    Disconnected = "disconnected",
	    Disconnecting = "disconnecting",
	}
	export enum Provider {
	    Linkedin = "linkedin",
	    Meta = "meta",
	}
	export enum Capability {
	    Analytics = "analytics",
	    Comments = "comments",
	    Messages = "messages",
	    Publish = "publish",
	}
	export enum Health {
	    Checkpoint = "checkpoint",
	    Disconnected = "disconnected",
	    Expiring = "expiring",
	    Healthy = "healthy",
	    Keychain = "keychain",
	    Limited = "limited",
	    Missing = "missing",
	    Reconnect = "reconnect",
	    Unverified = "unverified",
	}
	export enum ClockName {
	    DataAccess = "data_access",
	    Refresh = "refresh",
	    Token = "token",
	}
	export enum Tier {
	    Development = "development",
	    Standard = "standard",
	}
	export enum GrantState {
	    Active = "active",
	    Closed = "closed",
	    Revoking = "revoking",
	}
	export enum Withdrawal {
	    StillListed = "still_listed",
	    Unreachable = "unreachable",
	    Withdrawn = "withdrawn",
	}
	export enum CapabilityState {
	    Granted = "granted",
	    Missing = "missing",
	    Unavailable = "unavailable",
	    Unknown = "unknown",
	}
	export enum EventKind {
	    Checked = "checked",
	    ConnectUndone = "connect_undone",
	    Connected = "connected",
	    DataLost = "data_lost",
	    DataRestored = "data_restored",
	    Disconnected = "disconnected",
	    HealthChanged = "health_changed",
	    Notified = "notified",
	    Renewed = "renewed",
	    StillListed = "still_listed",
	    TokenGiven = "token_given",
	    WithdrawalPending = "withdrawal_pending",
	    Withdrawn = "withdrawn",
	}
	export enum Reason {
	    DetailsUnavailable = "details_unavailable",
	    InstagramNotLinked = "instagram_not_linked",
	    InstagramNotTicked = "instagram_not_ticked",
	    InstagramPersonal = "instagram_personal",
	    InstagramUnreadable = "instagram_unreadable",
	    NoContentTask = "no_content_task",
	    NoToken = "no_token",
	    NotTicked = "not_ticked",
	    PermissionMissing = "permission_missing",
	    ProfileLimits = "profile_limits",
	    RoleInsufficient = "role_insufficient",
	}
	export enum ClockSource {
	    Assumed = "assumed",
	    Provider = "provider",
	}
	export enum Product {
	    CommunityManagement = "community_management",
	    SignInShare = "sign_in_share",
	}

}

export namespace view {
	
	export enum AttemptState {
	    Choosing = "choosing",
	    Done = "done",
	    Failed = "failed",
	    Reading = "reading",
	    Saving = "saving",
	    Waiting = "waiting",
	}
	export enum Check {
	    AppLinkedin = "app_linkedin",
	    AppMeta = "app_meta",
	    Clock = "clock",
	    Database = "database",
	    Folder = "folder",
	    Keychain = "keychain",
	    Notifications = "notifications",
	    Opener = "opener",
	    Ports = "ports",
	    ReachLinkedin = "reach_linkedin",
	    ReachMeta = "reach_meta",
	    Tray = "tray",
	    Versions = "versions",
	}
	export enum FindingState {
	    Ok = "ok",
	    Trouble = "trouble",
	    Unknown = "unknown",
	}
	export enum Format {
	    Csv = "csv",
	    Json = "json",
	}
	export enum Language {
	    En = "en",
	    Es = "es",
	    PtBR = "pt-BR",
	}
	export enum NotificationState {
	    Available = "available",
	    Denied = "denied",
	    NoService = "no_service",
	    Silenced = "silenced",
	    Unknown = "unknown",
	}
	export enum Theme {
	    Dark = "dark",
	    Light = "light",
	    System = "system",
	}
	export interface Capabilities {
	    publish: social.CapabilityState;
	    messages: social.CapabilityState;
	    comments: social.CapabilityState;
	    analytics: social.CapabilityState;
	}
	export interface Clock {
	    kind: social.ClockKind;
	    at?: string;
	    source?: social.ClockSource;
	}
	export interface Clocks {
	    token?: Clock;
	    refresh?: Clock;
	    data_access?: Clock;
	}
	export interface Account {
	    id: string;
	    project_id: string;
	    grant_id: string;
	    provider: social.Provider;
	    kind: social.AccountKind;
	    remote_id: string;
	    name: string;
	    username: string;
	    parent_id: string;
	    detail: string;
	    picture: string;
	    state: social.AccountState;
	    health: social.Health;
	    cause?: social.Cause;
	    clock?: social.ClockName;
	    ends_at?: string;
	    clocks: Clocks;
	    capabilities: Capabilities;
	    connected_at: string;
	    checked_at?: string;
	    good_at?: string;
	    disconnected_at?: string;
	}
	export interface AppSettings {
	    provider: social.Provider;
	    client_id: string;
	    client_secret?: string;
	    redirect: social.RedirectMode;
	    ports: number[];
	    relay_url: string;
	    api_version: string;
	    login_config: string;
	    product: social.Product;
	    tier: social.Tier;
	}
	export interface Problem {
	    code: string;
	    message?: string;
	    action?: string;
	    args?: Record<string, string>;
	}
	export interface Use {
	    kind: social.AccountKind;
	    capability: social.Capability;
	}
	export interface Lack {
	    scope: string;
	    product?: string;
	    uses: Use[];
	}
	export interface Candidate {
	    kind: social.AccountKind;
	    remote_id: string;
	    name: string;
	    username: string;
	    parent_id: string;
	    detail: string;
	    picture?: string;
	    usable: boolean;
	    reason?: social.Reason;
	    capabilities: Capabilities;
	    connected: boolean;
	    connected_in?: string;
	}
	export interface Attempt {
	    id: string;
	    project_id: string;
	    provider: social.Provider;
	    state: AttemptState;
	    grant_id?: string;
	    authorize_url?: string;
	    redirect_uri?: string;
	    browser_opened: boolean;
	    expires_at?: string;
	    found: number;
	    expected: number;
	    subject_name?: string;
	    complete: boolean;
	    candidates: Candidate[];
	    connected: string[];
	    granted: string[];
	    declined: string[];
	    lacks: Lack[];
	    problem?: Problem;
	}
	
	
	export interface Grant {
	    id: string;
	    provider: social.Provider;
	    subject_id: string;
	    subject_name: string;
	    client_id: string;
	    state: social.GrantState;
	    health: social.Health;
	    cause?: social.Cause;
	    ends_at?: string;
	    clocks: Clocks;
	    granted: string[];
	    declined: string[];
	    lacks: Lack[];
	    connected_at: string;
	    checked_at?: string;
	    good_at?: string;
	    trace_id?: string;
	}
	export interface Notice {
	    grant_id: string;
	    provider: social.Provider;
	    subject_name: string;
	    health: social.Health;
	    cause?: social.Cause;
	    clock?: social.ClockName;
	    ends_at?: string;
	    account_id: string;
	    project_id: string;
	    accounts: number;
	    told_at?: string;
	    snoozed_until?: string;
	}
	export interface Update {
	    version: string;
	}
	export interface System {
	    notifications: NotificationState;
	    buttons: boolean;
	    tray: boolean;
	    start_at_login: boolean;
	    can_start_at_login: boolean;
	}
	export interface Watch {
	    checked_at?: string;
	    next_at?: string;
	    checking: boolean;
	    done: number;
	    total: number;
	    offline: boolean;
	    clock_wrong: boolean;
	    paused_until?: string;
	}
	export interface ProviderApp {
	    provider: social.Provider;
	    configured: boolean;
	    client_id: string;
	    has_secret: boolean;
	    redirect: social.RedirectMode;
	    ports: number[];
	    relay_url: string;
	    api_version: string;
	    login_config: string;
	    product: social.Product;
	    tier: social.Tier;
	    redirect_uris: string[];
	    permissions: string[];
	}
	export interface Project {
	    id: string;
	    name: string;
	    created_at: string;
	    former: number;
	}
	export interface NoticeSettings {
	    desktop: boolean;
	    discreet: boolean;
	    quiet: boolean;
	    quiet_from: string;
	    quiet_to: string;
	}
	export interface Preferences {
	    language: Language;
	    theme: Theme;
	    project: string;
	    notices: NoticeSettings;
	    background: boolean;
	    close_explained: boolean;
	    updates: boolean;
	    allow_token: boolean;
	}
	export interface Frame {
	    version: string;
	    demo: boolean;
	    data_folder: string;
	    preferences: Preferences;
	    projects: Project[];
	    apps: ProviderApp[];
	    attempts: Attempt[];
	    last_line: number;
	    watch: Watch;
	    system: System;
	    update?: Update;
	    updates: boolean;
	    keychain?: Problem;
	    data?: Problem;
	}
	export interface Changes {
	    since: number;
	    revision: number;
	    lost: boolean;
	    frame?: Frame;
	    notices?: Notice[];
	    grants: Grant[];
	    grants_gone: string[];
	    accounts: Account[];
	    accounts_gone: string[];
	}
	export interface CheckResult {
	    grants: number;
	    accounts: number;
	    unverified: number;
	    problems: Problem[];
	}
	
	
	export interface ConnectRequest {
	    project_id: string;
	    provider: social.Provider;
	    capabilities: string[];
	    kinds: string[];
	    grant_id?: string;
	    token?: string;
	    choose_again: boolean;
	    no_browser: boolean;
	    timeout_seconds: number;
	}
	export interface Document {
	    name: string;
	    body: string;
	}
	export interface Finding {
	    check: Check;
	    state: FindingState;
	    code: string;
	    args?: Record<string, string>;
	    took_ms: number;
	    message?: string;
	    action?: string;
	}
	export interface Diagnosis {
	    findings: Finding[];
	    report: Document;
	}
	export interface DisconnectResult {
	    outcome: social.Withdrawal;
	    closed: string[];
	    whole_login: boolean;
	    provider: social.Provider;
	    subject: string;
	    page: string;
	    problem?: Problem;
	}
	
	
	export interface Former {
	    grants: Grant[];
	    accounts: Account[];
	}
	
	
	export interface HistoryEntry {
	    id: number;
	    at: string;
	    kind: social.EventKind;
	    provider?: social.Provider;
	    project_id?: string;
	    grant_id?: string;
	    account_id?: string;
	    subject: string;
	    cause?: social.Cause;
	}
	export interface HistoryQuery {
	    account_id: string;
	    project_id: string;
	    provider: social.Provider;
	    kinds: string[];
	    text: string;
	    before_id: number;
	    limit: number;
	}
	export interface HistoryExport {
	    query: HistoryQuery;
	    format: Format;
	}
	
	
	
	
	
	
	
	
	
	
	

}

