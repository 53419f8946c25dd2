package connection

import (
	"context"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// AttemptState is where a sign-in stands.
type AttemptState string

// The states of an attempt.
const (
	Waiting  AttemptState = "waiting"
	Reading  AttemptState = "reading"
	Choosing AttemptState = "choosing"
	Saving   AttemptState = "saving"
	Done     AttemptState = "done"
	Failed   AttemptState = "failed"
)

// over reports whether nothing more will come of an attempt in this state.
func (s AttemptState) over() bool { return s == Done || s == Failed }

// Attempt is one sign-in as it stands: a copy, without its token.
type Attempt struct {
	ID            string
	Request       ConnectRequest
	State         AttemptState
	AuthorizeURL  string
	RedirectURI   string
	BrowserOpened bool
	ExpiresAt     time.Time
	// Found and Expected tell how far the reading has come; Expected is 0
	// while nobody knows.
	Found, Expected int
	Subject         social.Subject
	Granted         []social.Scope
	Complete        bool
	Candidates      []social.Candidate
	Declined        []social.Scope
	// Lacks explain what was declined.
	Lacks     []social.Lack
	Connected []social.AccountID
	Err       error
}

// ConnectRequest asks for a sign-in.
type ConnectRequest struct {
	ProjectID    social.ProjectID
	Provider     social.Provider
	Capabilities []social.Capability
	Kinds        []social.AccountKind
	// GrantID names the login to renew; another person is then refused.
	GrantID social.GrantID
	// Token is a token that was pasted instead of signing in (design.md 5).
	Token       social.Secret
	ChooseAgain bool
	NoBrowser   bool
	// Timeout is how long to wait for the browser; 0 for DefaultTimeout.
	Timeout time.Duration
}

const (
	// DefaultTimeout is long enough for a second factor and a forgotten
	// password (security.md L3).
	DefaultTimeout = 10 * time.Minute
	maxTimeout     = time.Hour
	// choiceTimeout is how long candidates stay on offer. The token of the
	// sign-in is in memory for as long.
	choiceTimeout = 30 * time.Minute
	// keptAttempts is how many finished attempts can still be asked about.
	keptAttempts = 20
)

// attempt is a sign-in under way. Its token lives here and nowhere else until
// Select stores it.
type attempt struct {
	receiver Receiver // nil for a token that was pasted
	app      social.ProviderApp
	secret   social.Secret
	scopes   []social.Scope
	cancel   context.CancelCauseFunc
	freed    chan struct{} // closed once the receiver is

	mu         sync.Mutex // protects what follows
	public     Attempt
	inspection social.Inspection
	// faces are the candidates' pictures that were looked at, by reference.
	faces map[string]social.PictureImage
}

// view returns a copy of what may be shown.
func (a *attempt) view() Attempt {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.public
}

// change applies do to what is shown.
func (a *attempt) change(do func(*Attempt)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	do(&a.public)
}

// enter moves to state next from one of the given states, and reports whether
// it did.
func (a *attempt) enter(next AttemptState, from ...AttemptState) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, state := range from {
		if a.public.State == state {
			a.public.State = next
			return true
		}
	}
	return false
}

// fail ends the attempt with err and forgets its token. What is being saved is
// past failing: Select says how that ends.
func (a *attempt) fail(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.public.State.over() || a.public.State == Saving {
		return
	}
	a.public.State, a.public.Err, a.public.Candidates = Failed, err, nil
	a.public.Request.Token = social.Secret{}
	a.inspection, a.faces = social.Inspection{}, nil
}

// found returns the inspection whose candidates are on offer.
func (a *attempt) found() social.Inspection {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.inspection
}

// finish ends the attempt well and forgets its token.
func (a *attempt) finish(connected []social.AccountID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.public.State, a.public.Connected, a.public.Candidates = Done, connected, nil
	a.inspection, a.faces = social.Inspection{}, nil
}

// Attempts lists the sign-ins that are not over, oldest first, without their
// candidates.
func (m *Manager) Attempts() []Attempt {
	m.mu.Lock()
	defer m.mu.Unlock()
	var live []Attempt
	for _, id := range m.sortedAttempts() {
		if a := m.attempts[id].view(); !a.State.over() {
			a.Candidates = nil
			live = append(live, a)
		}
	}
	return live
}

// Attempt returns a sign-in with its candidates; problem.NotFound for one that
// never was, or has been over for long.
func (m *Manager) Attempt(id string) (Attempt, error) {
	a, err := m.find(id)
	if err != nil {
		return Attempt{}, err
	}
	return a.view(), nil
}

func (m *Manager) find(id string) (*attempt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.attempts[id]
	if !ok {
		return nil, problem.New(problem.NotFound, nil)
	}
	return a, nil
}

// OpenBrowser opens the sign-in page of a waiting attempt once more.
func (m *Manager) OpenBrowser(ctx context.Context, id string) error {
	a, err := m.find(id)
	if err != nil {
		return err
	}
	current := a.view()
	if current.State != Waiting {
		return problem.New(problem.SignInEnded, nil)
	}
	if err := a.receiver.Open(ctx, current.AuthorizeURL); err != nil {
		return err
	}
	a.change(func(p *Attempt) { p.BrowserOpened = true })
	m.Changed(id)
	return nil
}

// PasteAddress hands a waiting attempt the address that the browser landed on.
func (m *Manager) PasteAddress(id, address string) error {
	a, err := m.find(id)
	if err != nil {
		return err
	}
	if a.view().State != Waiting {
		return problem.New(problem.SignInEnded, nil)
	}
	return a.receiver.Paste(address)
}

// Cancel ends an attempt; nothing of it is kept. One that is being saved, or
// is over, stays as it is.
func (m *Manager) Cancel(id string) error {
	a, err := m.find(id)
	if err != nil {
		return err
	}
	m.end(a, problem.New(problem.SignInCancelled, nil))
	return nil
}

// end cancels an attempt for a reason, unless it is past that.
func (m *Manager) end(a *attempt, reason error) {
	state := a.view().State
	if state.over() || state == Saving {
		return
	}
	a.fail(reason)
	a.cancel(reason)
	m.Changed(a.view().ID)
}
