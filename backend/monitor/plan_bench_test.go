package monitor

import (
	"fmt"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// BenchmarkPlan works out what to tell for logins of 50 accounts each, all of
// them well: what a change costs on a quiet day.
func BenchmarkPlan(b *testing.B) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	for _, logins := range []int{2, 20, 200} {
		b.Run(fmt.Sprintf("accounts=%d", logins*50), func(b *testing.B) {
			var s State
			for i := range logins {
				g := social.Grant{
					ID: social.GrantID(fmt.Sprint("g", i)), State: social.GrantActive, Verdict: social.Verdict{}.Good(now),
					Clocks: social.Clocks{Token: social.ExpiresAt(now.Add(40*24*time.Hour), social.ToldByProvider)},
				}
				s.Grants = append(s.Grants, g)
				for j := range 50 {
					s.Accounts = append(s.Accounts, social.Account{
						ID: social.AccountID(fmt.Sprint("a", i, "-", j)), GrantID: g.ID, State: social.AccountActive,
						Capabilities: social.Capabilities{social.Publish: social.Granted, social.Comments: social.Granted},
						Clocks:       social.Clocks{Token: social.Never(social.ToldByProvider)},
					})
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				planFor(s, social.DefaultPolicy(), now)
			}
		})
	}
}
