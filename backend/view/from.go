package view

import (
	"encoding/base64"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// ProjectFrom renders a project.
func ProjectFrom(p social.Project) Project {
	return Project{ID: p.ID, Name: p.Name, CreatedAt: Time(p.CreatedAt)}
}

// GrantFrom renders a login with its health at now.
func GrantFrom(g social.Grant, policy social.Policy, now time.Time) Grant {
	found := policy.AssessGrant(g, now)
	return Grant{
		ID: g.ID, Provider: g.Provider, SubjectID: g.Subject.ID, SubjectName: g.Subject.Name, ClientID: g.ClientID,
		State: g.State, Health: found.Health, Cause: found.Cause, EndsAt: Time(found.EndsAt), Clocks: ClocksFrom(g.Clocks),
		Granted: list(g.Granted), Declined: list(g.Declined), Lacks: []Lack{},
		ConnectedAt: Time(g.ConnectedAt), CheckedAt: Time(g.Verdict.At), GoodAt: Time(g.Verdict.GoodAt), TraceID: g.Verdict.TraceID,
	}
}

// AccountFrom renders an account of login g with its health at now.
func AccountFrom(a social.Account, g social.Grant, policy social.Policy, now time.Time) Account {
	found := policy.Assess(a, g, now)
	return Account{
		ID: a.ID, ProjectID: a.ProjectID, GrantID: a.GrantID, Provider: a.Provider, Kind: a.Kind,
		RemoteID: a.RemoteID, Name: a.Name, Username: a.Username, ParentID: a.ParentRemoteID, Detail: a.Detail,
		Picture: a.Picture, State: a.State, Health: found.Health, Cause: found.Cause, Clock: found.Clock, EndsAt: Time(found.EndsAt),
		Clocks: ClocksFrom(a.Clocks), Capabilities: CapabilitiesFrom(a.Capabilities),
		ConnectedAt: Time(a.ConnectedAt), CheckedAt: Time(g.Verdict.At), GoodAt: Time(g.Verdict.GoodAt),
		DisconnectedAt: Time(a.DisconnectedAt),
	}
}

// PictureFrom renders the copy of a picture.
func PictureFrom(p social.PictureImage) Picture {
	return Picture{Version: p.Version, Type: p.Type, Data: base64.StdEncoding.EncodeToString(p.Bytes)}
}

// ClocksFrom renders the clocks that apply.
func ClocksFrom(c social.Clocks) Clocks {
	return Clocks{Token: clockFrom(c.Token), Refresh: clockFrom(c.Refresh), DataAccess: clockFrom(c.DataAccess)}
}

func clockFrom(c social.Clock) *Clock {
	if c.Kind == "" {
		return nil
	}
	return &Clock{Kind: c.Kind, At: Time(c.At), Source: c.Source}
}

// CapabilitiesFrom renders the four capabilities.
func CapabilitiesFrom(cs social.Capabilities) Capabilities {
	return Capabilities{
		Publish: cs.Get(social.Publish), Messages: cs.Get(social.Messages),
		Comments: cs.Get(social.Comments), Analytics: cs.Get(social.Analytics),
	}
}

// CandidateFrom renders a candidate.
func CandidateFrom(c social.Candidate, connected bool, connectedIn string) Candidate {
	return Candidate{
		Kind: c.Kind, RemoteID: c.RemoteID, Name: c.Name, Username: c.Username, ParentID: c.ParentRemoteID,
		Detail: c.Detail, Picture: c.Picture.Ref(), Usable: c.Usable, Reason: c.Reason,
		Capabilities: CapabilitiesFrom(c.Capabilities), Connected: connected, ConnectedIn: connectedIn,
	}
}

// LacksFrom renders permissions that were refused.
func LacksFrom(lacks []social.Lack) []Lack {
	all := make([]Lack, 0, len(lacks))
	for _, l := range lacks {
		uses := make([]Use, 0, len(l.Uses))
		for _, u := range l.Uses {
			uses = append(uses, Use{u.Kind, u.Capability})
		}
		all = append(all, Lack{Scope: l.Scope, Product: l.Product, Uses: uses})
	}
	return all
}

// HistoryFrom renders lines of the timeline.
func HistoryFrom(events []social.Event) []HistoryEntry {
	entries := make([]HistoryEntry, 0, len(events))
	for _, e := range events {
		entries = append(entries, HistoryEntry{
			ID: e.ID, At: Time(e.At), Kind: e.Kind, Provider: e.Provider, ProjectID: e.ProjectID,
			GrantID: e.GrantID, AccountID: e.AccountID, Subject: e.Subject, Cause: e.Cause,
		})
	}
	return entries
}

// ProblemFrom renders the problem in err's chain; nil for nil.
func ProblemFrom(err error) *Problem {
	found := problem.From(err)
	if found == nil {
		return nil
	}
	return &Problem{Code: string(found.Code), Args: found.Args}
}

// Error turns a problem that came over the socket back into an error.
func (p Problem) Error() *problem.Error {
	e := problem.New(problem.Code(p.Code), nil)
	for name, value := range p.Args {
		e = e.With(name, value)
	}
	return e
}

// list returns a copy that is never nil, because nil becomes null in JSON.
func list[T any](items []T) []T { return append([]T{}, items...) }

// AppFrom renders a provider app, set up or not, with the permissions that it
// needs.
func AppFrom(app social.ProviderApp, permissions []social.Scope) ProviderApp {
	return ProviderApp{
		Provider: app.Provider, Configured: app.ClientID != "", ClientID: app.ClientID, HasSecret: app.SecretRef != "",
		Redirect: app.Redirect, Ports: list(app.Ports), RelayURL: app.RelayURL, APIVersion: app.APIVersion,
		LoginConfig: app.LoginConfig, Product: app.Product, Tier: app.Tier, RedirectURIs: list(app.RedirectURIs()),
		Permissions: list(permissions),
	}
}

// NoticeFrom renders what a login needs, with what its admin was told of it.
func NoticeFrom(a social.Attention, i social.Incident, now time.Time) Notice {
	n := Notice{
		GrantID: a.Grant.ID, Provider: a.Grant.Provider, SubjectName: a.Grant.Subject.Name, Health: a.Health, Cause: a.Cause,
		Clock: a.Clock, EndsAt: Time(a.EndsAt), AccountID: a.Account.ID, ProjectID: a.Account.ProjectID, Accounts: a.Accounts,
		ToldAt: Time(i.ToldAt),
	}
	if now.Before(i.SnoozedUntil) {
		n.SnoozedUntil = Time(i.SnoozedUntil)
	}
	return n
}
