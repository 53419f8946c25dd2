package connection_test

import (
	"context"
	"sync"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// provider is a network that keeps state: one person who signs in, what she
// could connect, and which tokens live.
type provider struct {
	mu         sync.Mutex
	id         social.Provider
	asked      social.SignInRequest
	scopes     []social.Scope // that a sign-in asks for
	granted    []social.Scope
	clocks     social.Clocks
	person     social.Subject
	candidates []social.Candidate
	incomplete bool
	live       map[string]bool // access tokens
	issued     int
	inspected  int
	released   []string
	trouble    error // of Inspect
	outage     int   // how many inspections fail before one is answered

	// people are those of logins that nobody signed in to here, by their
	// tokens; held, if set, keeps Inspect from answering until it is closed.
	people map[string]social.Subject
	held   chan struct{}

	// keep is told of every change of what lives; padding makes tokens longer.
	keep    func()
	padding string

	refreshes      bool // refresh tokens are given
	strict         bool // a renewal ends the access that it renews
	refreshed      int
	refreshTrouble error
	refreshing     func() // happens while a renewal is under way

	withdrawal social.Withdrawal
	unreached  error
}

func newProvider() *provider {
	return &provider{
		id:     social.Meta,
		person: social.Subject{ID: "10", Name: "João Prado"}, live: map[string]bool{}, people: map[string]social.Subject{}, withdrawal: social.Withdrawn,
		candidates: []social.Candidate{
			page("1", "Café"), page("2", "Padaria"), instagram("91", "1", "@cafe"),
			{Kind: social.FacebookPage, RemoteID: "3", Name: "Loja", Reason: social.ReasonNoContentTask},
		},
	}
}

// clocksOf tells a stored login what it was told when its token was issued.
func clocksOf(login social.Login, fresh social.Clocks) social.Clocks {
	if login.Clocks.Token.Kind != "" {
		return login.Clocks
	}
	return fresh
}

func page(id, name string) social.Candidate {
	return social.Candidate{
		Kind: social.FacebookPage, RemoteID: id, Name: name, Usable: true,
		Capabilities: social.Capabilities{social.Publish: social.Granted},
		Clocks:       social.Clocks{Token: social.Never(social.Assumed)},
	}
}

func instagram(id, parent, name string) social.Candidate {
	c := page(id, name)
	c.Kind, c.ParentRemoteID = social.InstagramAccount, parent
	return c
}

func (p *provider) ID() social.Provider { return p.id }

// sent is how many requests the network was sent: so many for each inspection.
func (p *provider) sent(social.Provider) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return int64(p.inspected * callsOfACheck)
}

// callsOfACheck is what the fake network's inspection of one Page costs.
const callsOfACheck = 5

func (p *provider) AuthorizeURL(_ social.ProviderApp, r social.SignInRequest) (string, []social.Scope, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = r
	if p.scopes != nil {
		return "https://www.linkedin.com/oauth?state=" + r.State, append(p.scopes, r.Keep...), nil
	}
	return "https://www.facebook.com/dialog?state=" + r.State, []social.Scope{"pages_show_list"}, nil
}

func (p *provider) Exchange(context.Context, social.ProviderApp, social.Secret, social.Callback) (social.Login, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.issue(), nil
}

func (p *provider) Inspect(ctx context.Context, _ social.ProviderApp, _ social.Secret, login social.Login, progress social.Progress) (social.Inspection, error) {
	if p.held != nil {
		select {
		case <-p.held:
		case <-ctx.Done():
			return social.Inspection{}, ctx.Err()
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.inspected++
	if p.trouble != nil {
		return social.Inspection{}, p.trouble
	}
	if p.outage > 0 {
		p.outage--
		return social.Inspection{}, &social.Trouble{Cause: social.CauseProviderTrouble, Err: problem.New(problem.ProviderTrouble, nil)}
	}
	if !p.live[login.Tokens.Access.Reveal()] {
		return social.Inspection{}, &social.Trouble{Cause: social.CauseAppRemoved, Refused: true, Explicit: true, Err: problem.New(problem.AccessEnded, nil)}
	}
	progress(1, len(p.candidates))
	who := p.person
	if other, ok := p.people[login.Tokens.Access.Reveal()]; ok {
		who = other
	}
	tokens := login.Tokens
	tokens.Pages = map[string]social.Secret{}
	for _, c := range p.candidates {
		if c.Kind == social.FacebookPage {
			tokens.Pages[c.RemoteID] = social.NewSecret("page token " + c.RemoteID)
		}
	}
	return social.Inspection{
		Subject: who, Granted: p.granted, Clocks: clocksOf(login, p.clocks), Candidates: append([]social.Candidate{}, p.candidates...), Complete: !p.incomplete, Tokens: tokens,
	}, nil
}

// Explain knows where all but the unheard-of comes from.
func (p *provider) Explain(_ social.ProviderApp, s social.Scope) social.Lack {
	if s == "unheard_of" || s == "" {
		return social.Lack{Scope: s}
	}
	return social.Lack{Scope: s, Product: "Product of " + string(s)}
}

func (p *provider) TestApp(context.Context, social.ProviderApp, social.Secret) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.trouble
}

func (p *provider) Release(_ context.Context, _ social.ProviderApp, _ social.Secret, a social.Account, _ social.TokenSet) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.released = append(p.released, a.RemoteID)
	return p.trouble
}

func (p *provider) Withdraw(context.Context, social.ProviderApp, social.Secret, social.Subject, social.TokenSet) (social.Withdrawal, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.unreached != nil {
		return social.Unreachable, p.unreached
	}
	clear(p.live)
	p.kept()
	return p.withdrawal, nil
}

// kept passes on what lives. The caller holds the lock.
func (p *provider) kept() {
	if p.keep != nil {
		p.keep()
	}
}

// set changes the provider while nobody looks.
func (p *provider) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}
