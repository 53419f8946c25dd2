package problem

// Code names a problem. Codes are part of the command line's surface: they are
// added to, never renamed.
type Code string

// The codes, by where they come from.
const (
	// Internal is everything that has no code of its own.
	Internal Code = "internal"
	// BadRequest: an argument is missing, too long or of the wrong form.
	BadRequest Code = "bad_request"
	NotFound   Code = "not_found"

	// The agent and its socket.
	AgentUnreachable Code = "agent_unreachable"
	AgentStart       Code = "agent_start"
	AgentBusy        Code = "agent_busy"
	AgentVersion     Code = "agent_version"
	// TooManyCalls: a face asks for more at once than any person does.
	TooManyCalls    Code = "too_many_calls"
	NoDisplay       Code = "no_display"
	BadEnvironment  Code = "bad_environment"
	DataFolder      Code = "data_folder"
	FileNotSaved    Code = "file_not_saved"
	DemoStart       Code = "demo_start"
	FolderNotOpened Code = "folder_not_opened"

	// The command line.
	TokenNotAllowed Code = "token_not_allowed"
	TokenToTerminal Code = "token_to_terminal"
	CommandFailed   Code = "command_failed"
	FileNotRead     Code = "file_not_read"
	FileForeign     Code = "file_foreign"
	FileNewer       Code = "file_newer"
	FileDamaged     Code = "file_damaged"
	KeychainMixed   Code = "keychain_mixed"
	WindowAbsent    Code = "window_absent"

	// The desktop around the agent.
	NoticesUnavailable Code = "notices_unavailable"
	NoticesDenied      Code = "notices_denied"
	StartAtLogin       Code = "start_at_login"

	// Projects and provider apps.
	ProjectNameInvalid Code = "project_name_invalid"
	ProjectNotEmpty    Code = "project_not_empty"
	ProjectLast        Code = "project_last"
	AppMissing         Code = "app_missing"
	AppSecretMissing   Code = "app_secret_missing"
	AppInvalid         Code = "app_invalid"
	AppInUse           Code = "app_in_use"
	AppSecretWrong     Code = "app_secret_wrong"
	AppUnknown         Code = "app_unknown"
	AppTypeWrong       Code = "app_type_wrong"

	// Signing in.
	BrowserFailed     Code = "browser_failed"
	PortsBusy         Code = "ports_busy"
	SignInCancelled   Code = "sign_in_cancelled"
	SignInTimeout     Code = "sign_in_timeout"
	SignInReplaced    Code = "sign_in_replaced"
	SignInEnded       Code = "sign_in_ended"
	PasteInvalid      Code = "paste_invalid"
	ConsentDenied     Code = "consent_denied"
	ScopeUnauthorized Code = "scope_unauthorized"
	AppSetup          Code = "app_setup"
	CodeExpired       Code = "code_expired"
	WrongPerson       Code = "wrong_person"
	TokenForeign      Code = "token_foreign"
	NothingSelected   Code = "nothing_selected"
	CandidateUnusable Code = "candidate_unusable"

	// Providers.
	Offline          Code = "offline"
	ProviderTrouble  Code = "provider_trouble"
	ProviderReply    Code = "provider_reply"
	RateLimited      Code = "rate_limited"
	AccessEnded      Code = "access_ended"
	PermissionNeeded Code = "permission_needed"
	VersionRetired   Code = "version_retired"

	// The keychain.
	KeychainAbsent    Code = "keychain_absent"
	KeychainLocked    Code = "keychain_locked"
	KeychainDismissed Code = "keychain_dismissed"
	KeychainTimeout   Code = "keychain_timeout"
	KeychainNotSaved  Code = "keychain_not_saved"
	KeychainDamaged   Code = "keychain_damaged"
	TokenMissing      Code = "token_missing"

	// The database.
	DatabaseNewer   Code = "database_newer"
	DatabaseDamaged Code = "database_damaged"
	DatabaseBusy    Code = "database_busy"
	DatabaseFailed  Code = "database_failed"
	// DatabaseRestored and DatabaseLost are told after a damaged file was put
	// aside: what serves now is its last good copy, or nothing.
	DatabaseRestored Code = "database_restored"
	DatabaseLost     Code = "database_lost"
)

// Codes lists every code, for tables that must be complete.
func Codes() []Code {
	return []Code{
		Internal, BadRequest, NotFound,
		AgentUnreachable, AgentStart, AgentBusy, AgentVersion, TooManyCalls, NoDisplay, BadEnvironment, DataFolder, FileNotSaved, DemoStart, FolderNotOpened,
		TokenNotAllowed, TokenToTerminal, CommandFailed, FileNotRead, FileForeign, FileNewer, FileDamaged, KeychainMixed, WindowAbsent,
		NoticesUnavailable, NoticesDenied, StartAtLogin,
		ProjectNameInvalid, ProjectNotEmpty, ProjectLast, AppMissing, AppSecretMissing, AppInvalid, AppInUse,
		AppSecretWrong, AppUnknown, AppTypeWrong,
		BrowserFailed, PortsBusy, SignInCancelled, SignInTimeout, SignInReplaced, SignInEnded, PasteInvalid,
		ConsentDenied, ScopeUnauthorized, AppSetup, CodeExpired, WrongPerson, TokenForeign, NothingSelected, CandidateUnusable,
		Offline, ProviderTrouble, ProviderReply, RateLimited, AccessEnded, PermissionNeeded, VersionRetired,
		KeychainAbsent, KeychainLocked, KeychainDismissed, KeychainTimeout, KeychainNotSaved, KeychainDamaged, TokenMissing,
		DatabaseNewer, DatabaseDamaged, DatabaseBusy, DatabaseFailed, DatabaseRestored, DatabaseLost,
	}
}
