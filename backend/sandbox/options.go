package sandbox

import (
	"fmt"
	"time"
)

// Options of a Server. The zero value works.
type Options struct {
	// Now is the clock; time.Now when nil.
	Now func() time.Time
	// StatePath is the file that keeps the grants between two runs. Empty
	// means that they live in memory only.
	StatePath string
	// Language fixes the language of the pages ("pt-BR", "en", "es"). Empty
	// means: what the browser asks for, else pt-BR.
	Language string
	// MetaApps and LinkedInApps are the registered clients; DefaultMetaApps
	// and DefaultLinkedInApps when nil.
	MetaApps     []App
	LinkedInApps []App
	// Giant adds a person with a great many Pages, "Rede Gigante"; see the
	// action "giant" for doing it later.
	Giant Size
	// Team adds as many colleagues, "Equipe 001" and so on, each with 34 Pages
	// and 17 Instagram accounts.
	Team int
	// LinkedInRevoke says how /oauth/v2/revoke behaves; RevokeWorks when empty.
	LinkedInRevoke RevokeMode
	// LinkedInOrganizations gives people that many organizations with mixed
	// roles, by key, instead of their own; see the action "organizations".
	LinkedInOrganizations map[string]int
	// LinkedInVersions are the live values of LinkedIn-Version;
	// DefaultLinkedInVersions when nil.
	LinkedInVersions []string
}

// RevokeMode is a behaviour of LinkedIn's undocumented revoke endpoint
// (linkedin.md 1.9): nobody knows which of them is the real one.
type RevokeMode string

// The behaviours that a client has to survive.
const (
	RevokeWorks   RevokeMode = "works"
	RevokeMissing RevokeMode = "missing" // 404
	RevokeIgnored RevokeMode = "ignored" // 200, and the token lives on
	RevokeHangs   RevokeMode = "hangs"   // no answer until the client gives up
)

func (m RevokeMode) valid() bool {
	return m == RevokeWorks || m == RevokeMissing || m == RevokeIgnored || m == RevokeHangs
}

// DefaultLinkedInVersions is a fixed list, not computed from the clock: a
// test that passes today must not fail next year. The gaps are LinkedIn's own
// (linkedin.md 3.4): there was no 202512, and 202511 died on 2026-11-16.
func DefaultLinkedInVersions() []string {
	return []string{
		"202601", "202602", "202603", "202604", "202605", "202606",
		"202607", "202608", "202609", "202610", "202611",
	}
}

func (o Options) withDefaults() (Options, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.MetaApps == nil {
		o.MetaApps = DefaultMetaApps()
	}
	if o.LinkedInApps == nil {
		o.LinkedInApps = DefaultLinkedInApps()
	}
	if o.LinkedInRevoke == "" {
		o.LinkedInRevoke = RevokeWorks
	}
	if o.LinkedInVersions == nil {
		o.LinkedInVersions = DefaultLinkedInVersions()
	}
	if o.Giant != (Size{}) && !o.Giant.valid() {
		return o, fmt.Errorf("sandbox options: no portfolio can be of size %+v", o.Giant)
	}
	if o.Team < 0 || o.Team > mostTeam {
		return o, fmt.Errorf("sandbox options: no team has %d people", o.Team)
	}
	if !o.LinkedInRevoke.valid() {
		return o, fmt.Errorf("sandbox options: unknown revoke mode %q", o.LinkedInRevoke)
	}
	if o.Language != "" && !isLanguage(o.Language) {
		return o, fmt.Errorf("sandbox options: no texts in language %q", o.Language)
	}
	return o, nil
}
