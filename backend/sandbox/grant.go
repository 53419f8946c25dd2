package sandbox

import (
	"crypto/rand"
	"encoding/binary"
	"maps"
	"slices"
	"time"
)

// dataAccessLife is how long Meta lets an app read data after the person was
// last seen in a dialog (meta.md 1.6).
const dataAccessLife = 90 * 24 * time.Hour

// Why the tokens of an epoch died.
const (
	endedRevoked  = "revoked"  // the person, or the app, withdrew the consent
	endedPassword = "password" // changed password
	endedSession  = "session"  // logged out everywhere
	endedScopes   = "scopes"   // LinkedIn: another set of scopes was asked for
)

// grant is what one person consented to for one app. It is all that the
// sandbox keeps on disk about a sign-in.
type grant struct {
	Provider string   `json:"provider"`
	Client   string   `json:"client"`
	Person   string   `json:"person"`
	Granted  []string `json:"granted"`
	Declined []string `json:"declined,omitempty"`
	// Asked is what LinkedIn was asked for, where it granted less without a word.
	Asked []string `json:"asked,omitempty"`
	// Expired permissions were not used for 90 days (meta.md 1.6).
	Expired []string `json:"expired,omitempty"`
	// Pages and Instagram are the ticked assets; All… is "current and future
	// ones", for which Meta leaves target_ids out (meta.md 2.1).
	Pages        []string `json:"pages,omitempty"`
	Instagram    []string `json:"instagram,omitempty"`
	AllPages     bool     `json:"all_pages,omitempty"`
	AllInstagram bool     `json:"all_instagram,omitempty"`
	// Epoch is random, so a token from before a reset never fits again.
	// Ended says why the tokens of a former epoch died.
	Epoch  uint64            `json:"epoch"`
	Ended  map[uint64]string `json:"ended,omitempty"`
	Serial int               `json:"serial"`
	// Revoked grants stay, for their Ended; to a sign-in they do not exist.
	Revoked        bool      `json:"revoked,omitempty"`
	FirstConsentAt time.Time `json:"first_consent_at"`
	ConsentAt      time.Time `json:"consent_at"`
	// Tokens up to CutSerial end at CutAt, whatever they say themselves.
	CutSerial int       `json:"cut_serial,omitempty"`
	CutAt     time.Time `json:"cut_at,omitzero"`
	// DataAccessUntil replaces ConsentAt + 90 days when set.
	DataAccessUntil time.Time `json:"data_access_until,omitzero"`
	// Checkpoint is the subcode (459, 464) that every call gets meanwhile.
	Checkpoint int `json:"checkpoint,omitempty"`
	// LiveUntil is when the newest LinkedIn token ends: until then consent is
	// not asked again (linkedin.md 1.7).
	LiveUntil time.Time `json:"live_until,omitzero"`
}

func (g grant) has(scope string) bool { return slices.Contains(g.Granted, scope) }

func (g grant) ticked(page string) bool {
	return g.AllPages || slices.Contains(g.Pages, page)
}

func (g grant) tickedInstagram(id string) bool {
	return g.AllInstagram || slices.Contains(g.Instagram, id)
}

func (g grant) dataAccessUntil() time.Time {
	if !g.DataAccessUntil.IsZero() {
		return g.DataAccessUntil
	}
	return g.ConsentAt.Add(dataAccessLife)
}

// expiry is the token's end, or the earlier one that an action has set.
func (g grant) expiry(c claims) int64 {
	cut := g.CutAt.Unix()
	if c.Expires != 0 && c.Kind != kindRefresh && !g.CutAt.IsZero() && c.Serial <= g.CutSerial && cut < c.Expires {
		return cut
	}
	return c.Expires
}

// sameRequest reports whether scopes are what the consent was asked for.
func (g grant) sameRequest(scopes []string) bool {
	if g.Asked != nil {
		return sameSet(g.Asked, scopes)
	}
	return sameSet(g.Granted, scopes)
}

// end kills every token issued so far.
func (g *grant) end(why string) {
	if g.Ended == nil {
		g.Ended = map[uint64]string{}
	}
	g.Ended[g.Epoch] = why
	g.Epoch = newEpoch()
	g.LiveUntil = time.Time{}
	g.Checkpoint = 0
}

// revoke is end plus forgetting the consent: the next sign-in is like the first.
func (g *grant) revoke() {
	g.end(endedRevoked)
	g.Revoked = true
	g.Granted, g.Declined, g.Asked, g.Expired, g.Pages, g.Instagram = nil, nil, nil, nil, nil, nil
	g.AllPages, g.AllInstagram = false, false
}

func (g grant) clone() grant {
	g.Granted = slices.Clone(g.Granted)
	g.Declined, g.Asked = slices.Clone(g.Declined), slices.Clone(g.Asked)
	g.Expired = slices.Clone(g.Expired)
	g.Pages = slices.Clone(g.Pages)
	g.Instagram = slices.Clone(g.Instagram)
	g.Ended = maps.Clone(g.Ended)
	return g
}

func newEpoch() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return binary.BigEndian.Uint64(b[:]) >> 11
}
