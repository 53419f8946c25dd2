package sqlite

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// unix renders t for storage: Unix seconds, 0 for the zero time.
func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// moment reads a stored time.
func moment(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// storedClock is a clock as it stands in a column.
type storedClock struct {
	Kind   social.ClockKind   `json:"kind"`
	At     int64              `json:"at,omitempty"`
	Source social.ClockSource `json:"source,omitempty"`
}

func clocksText(c social.Clocks) (string, error) {
	stored := map[social.ClockName]storedClock{}
	for _, clock := range c.Named() {
		stored[clock.Name] = storedClock{Kind: clock.Kind, At: unix(clock.At), Source: clock.Source}
	}
	return text(stored)
}

func clocksFrom(column string) (social.Clocks, error) {
	var stored map[social.ClockName]storedClock
	if err := json.Unmarshal([]byte(column), &stored); err != nil {
		return social.Clocks{}, fmt.Errorf("read clocks: %w", err)
	}
	clock := func(name social.ClockName) social.Clock {
		s := stored[name]
		return social.Clock{Kind: s.Kind, At: moment(s.At), Source: s.Source}
	}
	return social.Clocks{
		Token: clock(social.TokenClock), Refresh: clock(social.RefreshClock), DataAccess: clock(social.DataAccessClock),
	}, nil
}

// text renders a list or map for a column.
func text(value any) (string, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("write a column: %w", err)
	}
	return string(body), nil
}

func listFrom[T any](column string) ([]T, error) {
	var items []T
	if err := json.Unmarshal([]byte(column), &items); err != nil {
		return nil, fmt.Errorf("read a list: %w", err)
	}
	return items, nil
}

func grantFrom(row *gen.Grant) (social.Grant, error) {
	g := social.Grant{
		ID: social.GrantID(row.ID), Provider: social.Provider(row.Provider), ClientID: row.ClientID,
		Subject: social.Subject{ID: row.SubjectID, Name: row.SubjectName},
		State:   social.GrantState(row.State), TokenRef: social.TokenRef(row.TokenRef), TokenVersion: int(row.TokenVersion),
		Verdict: social.Verdict{
			Outcome: social.Outcome(row.VerdictOutcome), Cause: social.Cause(row.VerdictCause),
			At: moment(row.CheckedAt), GoodAt: moment(row.GoodAt), SuspectedAt: moment(row.SuspectedAt),
			Tries: int(row.Tries), NotBefore: moment(row.NotBefore), TraceID: row.TraceID,
		},
		DueAt:       moment(row.DueAt),
		ConnectedAt: moment(row.ConnectedAt), ClosedAt: moment(row.ClosedAt),
	}
	var err error
	if g.Clocks, err = clocksFrom(row.Clocks); err != nil {
		return g, err
	}
	if g.Wanted, err = listFrom[social.Capability](row.Wanted); err != nil {
		return g, err
	}
	if g.Requested, err = listFrom[social.Scope](row.Requested); err != nil {
		return g, err
	}
	if g.Granted, err = listFrom[social.Scope](row.Granted); err != nil {
		return g, err
	}
	g.Declined, err = listFrom[social.Scope](row.Declined)
	return g, err
}

func grantParams(g social.Grant) (gen.PutGrantParams, error) {
	p := gen.PutGrantParams{
		ID: string(g.ID), Provider: string(g.Provider), ClientID: g.ClientID,
		SubjectID: g.Subject.ID, SubjectName: g.Subject.Name, State: string(g.State),
		TokenRef: string(g.TokenRef), TokenVersion: int64(g.TokenVersion),
		VerdictOutcome: string(g.Verdict.Outcome), VerdictCause: string(g.Verdict.Cause),
		CheckedAt: unix(g.Verdict.At), GoodAt: unix(g.Verdict.GoodAt), SuspectedAt: unix(g.Verdict.SuspectedAt),
		Tries: int64(g.Verdict.Tries), NotBefore: unix(g.Verdict.NotBefore), TraceID: g.Verdict.TraceID, DueAt: unix(g.DueAt),
		ConnectedAt: unix(g.ConnectedAt), ClosedAt: unix(g.ClosedAt),
	}
	var err error
	if p.Wanted, err = text(append([]social.Capability{}, g.Wanted...)); err != nil {
		return p, err
	}
	for _, column := range []struct {
		target *string
		scopes []social.Scope
	}{{&p.Requested, g.Requested}, {&p.Granted, g.Granted}, {&p.Declined, g.Declined}} {
		body, err := text(append([]social.Scope{}, column.scopes...))
		if err != nil {
			return p, err
		}
		*column.target = body
	}
	p.Clocks, err = clocksText(g.Clocks)
	return p, err
}

// columns remembers what the JSON of a list's columns means. The accounts of a
// login mostly say the same, and reading JSON is what reading them costs most.
type columns struct {
	clocks       map[string]social.Clocks
	capabilities map[string]social.Capabilities
}

func newColumns() columns {
	return columns{clocks: map[string]social.Clocks{}, capabilities: map[string]social.Capabilities{}}
}

func (c columns) clocksOf(column string) (social.Clocks, error) {
	if known, ok := c.clocks[column]; ok {
		return known, nil
	}
	clocks, err := clocksFrom(column)
	if err == nil {
		c.clocks[column] = clocks
	}
	return clocks, err
}

// capabilitiesOf returns a map of the caller's own.
func (c columns) capabilitiesOf(column string) (social.Capabilities, error) {
	if known, ok := c.capabilities[column]; ok {
		return maps.Clone(known), nil
	}
	var capabilities social.Capabilities
	if err := json.Unmarshal([]byte(column), &capabilities); err != nil {
		return nil, fmt.Errorf("read capabilities: %w", err)
	}
	c.capabilities[column] = maps.Clone(capabilities)
	return capabilities, nil
}

func accountFrom(row *gen.Account, c columns) (social.Account, error) {
	a := social.Account{
		ID: social.AccountID(row.ID), ProjectID: social.ProjectID(row.ProjectID), GrantID: social.GrantID(row.GrantID),
		Kind: social.AccountKind(row.Kind), RemoteID: row.RemoteID, ParentRemoteID: row.ParentRemoteID,
		Name: row.Name, Username: row.Username, Detail: row.Detail, Picture: row.Picture,
		State: social.AccountState(row.State), Standing: social.Standing(row.Standing),
		ConnectedAt: moment(row.ConnectedAt), DisconnectedAt: moment(row.DisconnectedAt),
	}
	a.Provider = a.Kind.Provider()
	var err error
	if a.Capabilities, err = c.capabilitiesOf(row.Capabilities); err != nil {
		return a, err
	}
	a.Clocks, err = c.clocksOf(row.Clocks)
	return a, err
}

func accountParams(a social.Account) (gen.PutAccountParams, error) {
	p := gen.PutAccountParams{
		ID: string(a.ID), ProjectID: string(a.ProjectID), GrantID: string(a.GrantID), Kind: string(a.Kind),
		RemoteID: a.RemoteID, ParentRemoteID: a.ParentRemoteID, Name: a.Name, Username: a.Username, Detail: a.Detail,
		State: string(a.State), Standing: string(a.Standing),
		ConnectedAt: unix(a.ConnectedAt), DisconnectedAt: unix(a.DisconnectedAt),
	}
	var err error
	if p.Capabilities, err = text(a.Capabilities); err != nil {
		return p, err
	}
	p.Clocks, err = clocksText(a.Clocks)
	return p, err
}
