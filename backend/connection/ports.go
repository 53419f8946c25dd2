package connection

import (
	"context"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// Provider is what connecting needs of a network. Errors are *social.Trouble
// where the network's answer says something about the access, and
// *problem.Error with a code where a person can do something about it; often
// both in one chain.
type Provider interface {
	ID() social.Provider
	// AuthorizeURL returns the address of the sign-in page, and the scopes it
	// asks for.
	AuthorizeURL(app social.ProviderApp, r social.SignInRequest) (address string, scopes []social.Scope, err error)
	// Exchange trades a code for the login's long-lived token. A code is sent
	// once and never again.
	Exchange(ctx context.Context, app social.ProviderApp, secret social.Secret, callback social.Callback) (social.Login, error)
	// Inspect asks the provider about a token: who, what was granted, until
	// when, and everything that could be connected. It tells progress, which
	// is never nil, how far it has come.
	Inspect(ctx context.Context, app social.ProviderApp, secret social.Secret, login social.Login, progress social.Progress) (social.Inspection, error)
	// TestApp finds out whether the provider takes the app's id, secret and
	// API version, without anybody signing in. nil when it does; else
	// problem.AppSecretWrong, AppUnknown, AppTypeWrong, VersionRetired,
	// Offline or another code that says what to mend.
	TestApp(ctx context.Context, app social.ProviderApp, secret social.Secret) error
	// Release tells the provider that one account of a login is let go while
	// the login stays.
	Release(ctx context.Context, app social.ProviderApp, secret social.Secret, account social.Account, tokens social.TokenSet) error
	// Withdraw takes the whole access back and verifies that it is gone.
	Withdraw(ctx context.Context, app social.ProviderApp, secret social.Secret, subject social.Subject, tokens social.TokenSet) (social.Withdrawal, error)
}

// Vault keeps secrets. Every write is read back and every deletion is checked
// before it counts; a deletion of what is not there succeeds.
type Vault interface {
	PutTokens(ctx context.Context, ref social.TokenRef, tokens social.TokenSet) error
	Tokens(ctx context.Context, ref social.TokenRef) (social.TokenSet, error)
	PutSecret(ctx context.Context, ref social.TokenRef, secret social.Secret) error
	Secret(ctx context.Context, ref social.TokenRef) (social.Secret, error)
	Delete(ctx context.Context, ref social.TokenRef) error
}

// Receivers opens the place on this computer to which a sign-in comes back.
type Receivers interface {
	// Listen opens a receiver for one attempt with provider p. It fails with
	// problem.PortsBusy when none of the app's ports is free.
	Listen(ctx context.Context, p social.Provider, app social.ProviderApp) (Receiver, error)
}

// Receiver is one attempt's end of a sign-in: its address, its state and its
// PKCE verifier, none of which outlives it.
type Receiver interface {
	RedirectURI() string
	State() string
	Challenge() string
	// Open shows address in the system browser. It fails with
	// problem.BrowserFailed when there is no browser, and does not wait for
	// the browser to end.
	Open(ctx context.Context, address string) error
	// Paste takes the address that the browser landed on, copied by hand. It
	// passes the same checks as a callback.
	Paste(address string) error
	// Wait returns the callback. It fails with problem.ConsentDenied and its
	// like when the provider sent an error, and with ctx's error.
	Wait(ctx context.Context) (social.Callback, error)
	// Close frees the port. It may be called twice.
	Close() error
}

// Pictures is told what a provider said of the accounts' pictures, and brings
// those of candidates.
type Pictures interface {
	// Found is told of one login's accounts, once what a check or a connection
	// found is stored. It must not block.
	Found(id social.GrantID, pictures map[social.AccountID]social.Picture)
	// Look brings the picture at link, and keeps nothing of it.
	Look(ctx context.Context, link social.Secret) (social.PictureImage, error)
}

// Store keeps everything that is not secret. Each method is one transaction.
type Store interface {
	Projects(ctx context.Context) ([]social.Project, error)
	AddProject(ctx context.Context, p social.Project) error
	RenameProject(ctx context.Context, id social.ProjectID, name string) error
	RemoveProject(ctx context.Context, id social.ProjectID) error

	ProviderApps(ctx context.Context) ([]social.ProviderApp, error)
	// PutProviderApp saves app, queues the entry of a former secret for
	// erasure, and ends the intent under which a new one was written; the
	// zero intent is none.
	PutProviderApp(ctx context.Context, app social.ProviderApp, intent social.Intent) error
	RemoveProviderApp(ctx context.Context, p social.Provider) error

	Grants(ctx context.Context) ([]social.Grant, error)
	Accounts(ctx context.Context) ([]social.Account, error)
	// Grant returns a login that is not closed; problem.NotFound for another.
	Grant(ctx context.Context, id social.GrantID) (social.Grant, error)
	// AccountsOf lists the active accounts of a login.
	AccountsOf(ctx context.Context, id social.GrantID) ([]social.Account, error)

	// Begin records what is about to be written to the keychain, before it is.
	Begin(ctx context.Context, intent social.Intent) error
	// Activate makes a pending or renewed grant and its accounts active on
	// the intent's entry, queues the former entry for erasure, and ends the
	// intent.
	Activate(ctx context.Context, intent social.Intent, grant social.Grant, accounts []social.Account, events []social.Event) error
	// Abandon ends an intent that came to nothing and queues its entry for
	// erasure.
	Abandon(ctx context.Context, intent social.Intent, events []social.Event) error
	Intents(ctx context.Context) ([]social.Intent, error)

	// SaveCheck stores what a check found.
	SaveCheck(ctx context.Context, grant social.Grant, accounts []social.Account, events []social.Event) error
	// MarkRevoking marks a grant and its accounts before the provider is told.
	MarkRevoking(ctx context.Context, id social.GrantID, at time.Time) error
	// CloseAccount ends one account of a grant that stays.
	CloseAccount(ctx context.Context, id social.AccountID, at time.Time, events []social.Event) error
	// CloseAccounts ends the accounts of a grant whose withdrawal is still to
	// be told to the provider.
	CloseAccounts(ctx context.Context, id social.GrantID, at time.Time, events []social.Event) error
	// NoteWithdrawal notes when a withdrawal was last tried in vain, and when
	// it is to be tried again.
	NoteWithdrawal(ctx context.Context, grant social.Grant) error
	// Due lists the logins to look at by now, planned beyond horizon, or last
	// asked about before asked, and when the next one is due.
	Due(ctx context.Context, now, asked, horizon time.Time) (ids []social.GrantID, next time.Time, err error)
	// CloseGrant ends a grant with all of its accounts and queues its entry
	// for erasure.
	CloseGrant(ctx context.Context, id social.GrantID, at time.Time, events []social.Event) error

	// AddCalls adds calls to those made to a provider on a day, and Calls
	// returns them. Only the last day is kept.
	AddCalls(ctx context.Context, p social.Provider, day string, calls int) error
	Calls(ctx context.Context, p social.Provider, day string) (int, error)

	Erasures(ctx context.Context) ([]social.TokenRef, error)
	Erased(ctx context.Context, ref social.TokenRef) error

	AppendEvents(ctx context.Context, events []social.Event) error
	// Import stores what a configuration changes: all of it, or nothing.
	Import(ctx context.Context, in social.Import) error
}
