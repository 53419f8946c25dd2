package meta

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// systemUser is the type of a token that belongs to a business and to no person
// (meta.md 1.2).
const systemUser = "SYSTEM_USER"

// facts is what debug_token says of a token (meta.md 4).
type facts struct {
	AppID      provider.ID     `json:"app_id"`
	Type       string          `json:"type"`
	UserID     provider.ID     `json:"user_id"`
	Valid      bool            `json:"is_valid"`
	IssuedAt   provider.Number `json:"issued_at"`
	ExpiresAt  provider.Number `json:"expires_at"`
	DataAccess provider.Number `json:"data_access_expires_at"`
	Scopes     []social.Scope  `json:"scopes"`
	Granular   []struct {
		Scope social.Scope `json:"scope"`
		// Targets is nil where the permission is for everything.
		Targets *[]provider.ID `json:"target_ids"`
	} `json:"granular_scopes"`
	Error *struct {
		Code    provider.Number `json:"code"`
		Subcode provider.Number `json:"subcode"`
		Message string          `json:"message"`
	} `json:"error"`
}

// debug asks Meta about token. The app asks; where it has no secret, as with
// some pasted tokens, the token asks about itself (meta.md 4).
func (p *Provider) debug(ctx context.Context, s session, token social.Secret) (facts, error) {
	asker, explained := s.appToken(), explainApp
	if s.secret.Empty() {
		asker, explained = token, explain
	}
	var body struct {
		Data *facts `json:"data"`
	}
	r := p.get(s, asker, "inspect token", "debug_token")
	// Meta takes the inspected token nowhere else; package provider keeps
	// addresses out of every error.
	r.Query.Set("input_token", token.Reveal())
	if err := p.http.Call(ctx, r, explained, &body); err != nil {
		return facts{}, err
	}
	if body.Data == nil {
		return facts{}, provider.Unexpected("inspect token", "no data")
	}
	return *body.Data, nil
}

// judge returns nil for a living token of app. That it is not valid is Meta's
// explicit word, also where no reason is given.
func (f facts) judge(app social.ProviderApp, now time.Time) error {
	if !f.Valid {
		return f.ended(now)
	}
	if string(f.AppID) != app.ClientID {
		return foreign("it belongs to another app")
	}
	if f.Type != "" && f.Type != "USER" && f.Type != systemUser {
		// Somebody pasted the token of a single Page or of the app.
		return problem.New(problem.PasteInvalid, fmt.Errorf("inspect token: it is not a login's"))
	}
	return nil
}

// foreign is for the token of another app. It must not be trusted, and nothing
// is said about it: it is nobody's business here (meta.md 4, S2).
func foreign(detail string) error {
	return provider.Fault{Cause: social.CauseAppSetup, Code: problem.TokenForeign}.
		Trouble(fmt.Errorf("inspect token: %s", detail))
}

func (f facts) ended(now time.Time) error {
	if f.Error != nil && f.Error.Code.N == 100 {
		// The token of another app: nothing is said of whether it lives.
		return foreign("not to be inspected by this app")
	}
	fault := provider.Fault{Cause: social.CauseRefused, Refused: true, Explicit: true, Code: problem.AccessEnded}
	detail := "no reason"
	if f.ExpiresAt.N > 0 && f.ExpiresAt.N <= now.Unix() {
		fault.Cause = social.CauseExpired
	}
	if f.Error != nil {
		detail = fmt.Sprintf("code %d/%d", f.Error.Code.N, f.Error.Subcode.N)
		named := graphError{Code: f.Error.Code, Subcode: f.Error.Subcode, Message: f.Error.Message}.fault()
		if named.Refused && named.Cause != social.CauseRefused {
			fault.Cause = named.Cause
		}
	}
	return fault.Trouble(fmt.Errorf("inspect token: not valid, %s", detail))
}

// clocks returns the dates of the login. A token date of 0 is "never"; no date
// is unknown. Data access without a date does not end.
func (f facts) clocks() social.Clocks {
	clocks := social.Clocks{Token: social.UnknownClock()}
	switch at, ok := epoch(f.ExpiresAt); {
	case f.ExpiresAt.Told && f.ExpiresAt.N == 0:
		clocks.Token = social.Never(social.ToldByProvider)
	case ok:
		clocks.Token = social.ExpiresAt(at, social.ToldByProvider)
	}
	if at, ok := epoch(f.DataAccess); ok {
		clocks.DataAccess = social.ExpiresAt(at, social.ToldByProvider)
	}
	return clocks
}

// epoch reads a date of this century; anything else was not meant as one.
func epoch(n provider.Number) (time.Time, bool) {
	const first, last = 946_684_800, 4_102_444_800
	return time.Unix(n.N, 0).UTC(), n.Told && n.N >= first && n.N < last
}

// longLived reports whether Page tokens that come from this token have no end
// (meta.md 1.5). Only long-lived tokens tell when they were issued.
func (f facts) longLived(now time.Time) bool {
	at, ok := epoch(f.ExpiresAt)
	return f.IssuedAt.N > 0 || (f.ExpiresAt.Told && f.ExpiresAt.N == 0) || (ok && at.Sub(now) > 24*time.Hour)
}

// reach is what was granted, and for what.
type reach struct {
	granted map[social.Scope]bool
	targets map[social.Scope][]string
}

func (f facts) reach() reach {
	r := reach{granted: map[social.Scope]bool{}, targets: map[social.Scope][]string{}}
	for _, scope := range f.Scopes {
		r.granted[scope] = true
	}
	for _, g := range f.Granular {
		if g.Targets == nil {
			continue
		}
		ids := make([]string, 0, len(*g.Targets))
		for _, id := range *g.Targets {
			ids = append(ids, string(id))
		}
		r.targets[g.Scope] = ids
	}
	return r
}

// covers reports whether scope was granted for id. A permission without
// targets is for everything, not for nothing (meta.md 2.1).
func (r reach) covers(scope social.Scope, id string) bool {
	if !r.granted[scope] {
		return false
	}
	ids, limited := r.targets[scope]
	return !limited || slices.Contains(ids, id)
}

// expected is how many accounts were ticked; 0 where that is not told, because
// a permission is for everything there is.
func (r reach) expected() int {
	pages, limited := r.targets[showList]
	accounts, alsoLimited := r.targets[igBasic]
	if !r.granted[showList] || !limited || r.granted[igBasic] && !alsoLimited {
		return 0
	}
	return len(pages) + len(accounts)
}
