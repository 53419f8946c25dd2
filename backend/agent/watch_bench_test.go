package agent_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/social"
)

// fill puts accounts into the database, fifty to a login, of which every
// fiftieth login ends soon.
func (w *world) fill(accounts int) {
	w.t.Helper()
	project, now := w.snapshot().Projects[0].ID, time.Now().UTC().Truncate(time.Second)
	const perLogin = 50
	for n := 0; n*perLogin < accounts; n++ {
		ends := 40 * 24 * time.Hour
		if n%50 == 0 {
			ends = 5 * 24 * time.Hour
		}
		id := social.GrantID(fmt.Sprintf("g%06d", n))
		g := social.Grant{
			ID: id, Provider: social.Meta, ClientID: "1", Subject: social.Subject{ID: string(id), Name: "Ana " + string(id)}, State: social.GrantActive,
			TokenRef: social.TokenRef("ref-" + id), TokenVersion: 1, Wanted: []social.Capability{social.Publish}, Verdict: social.Verdict{}.Good(now),
			Clocks: social.Clocks{Token: social.ExpiresAt(now.Add(ends), social.ToldByProvider)}, DueAt: now.Add(24 * time.Hour), ConnectedAt: now,
		}
		var own []social.Account
		for i := range min(perLogin, accounts-n*perLogin) {
			own = append(own, social.Account{
				ID: social.AccountID(fmt.Sprintf("a%06d-%02d", n, i)), ProjectID: project, GrantID: id, Provider: social.Meta, Kind: social.FacebookPage,
				RemoteID: fmt.Sprintf("%d-%d", n, i), Name: fmt.Sprintf("Café %d", i), State: social.AccountActive, Standing: social.StandingPresent,
				Capabilities: social.Capabilities{social.Publish: social.Granted}, Clocks: social.Clocks{Token: social.Never(social.Assumed)}, ConnectedAt: now,
			})
		}
		intent := social.Intent{ID: "i-" + string(id), GrantID: id, TokenRef: g.TokenRef, StartedAt: now}
		w.must(w.DB().Begin(w.t.Context(), intent))
		w.must(w.DB().Activate(w.t.Context(), intent, g, own, nil))
	}
}

// BenchmarkManyAccounts measures what is worked out at every change: the
// snapshot of the faces, and one drawing of the tray.
func BenchmarkManyAccounts(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		w := newWorldOf(b)
		w.fill(n)
		d := newDesk()
		w.reopen(agent.Desktop{Tray: area{d}})
		b.Run(fmt.Sprintf("snapshot/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w.snapshot()
			}
		})
		b.Run(fmt.Sprintf("tray/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w.Draw(b.Context())
			}
		})
	}
}
