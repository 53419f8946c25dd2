// Package sqlitetest fills databases for tests of how things go with many
// accounts.
package sqlitetest

import (
	"context"
	"fmt"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

// PerLogin is how many accounts each login has that Fill makes.
const PerLogin = 50

// endingSoon is of how many logins one ends soon.
const endingSoon = 50

// Fill connects accounts to a project, PerLogin to a login. They were just
// checked, and every fiftieth login ends within days.
func Fill(ctx context.Context, db *sqlite.DB, project social.ProjectID, accounts int) error {
	now := time.Now().UTC().Truncate(time.Second)
	for n := 0; n*PerLogin < accounts; n++ {
		g := login(n, now)
		own := accountsOf(g.ID, n, min(PerLogin, accounts-n*PerLogin), now)
		for i := range own {
			own[i].ProjectID = project
		}
		intent := social.Intent{ID: "i-" + string(g.ID), GrantID: g.ID, TokenRef: g.TokenRef, StartedAt: now}
		if err := db.Begin(ctx, intent); err != nil {
			return err
		}
		if err := db.Activate(ctx, intent, g, own, nil); err != nil {
			return err
		}
	}
	return nil
}

func login(n int, now time.Time) social.Grant {
	const day = 24 * time.Hour
	ends := 40 * day
	if n%endingSoon == 0 {
		ends = 5 * day
	}
	id := social.GrantID(fmt.Sprintf("g%06d", n))
	return social.Grant{
		ID: id, Provider: social.Meta, ClientID: "1", Subject: social.Subject{ID: string(id), Name: "Ana " + string(id)}, State: social.GrantActive,
		TokenRef: social.TokenRef("ref-" + id), TokenVersion: 1, Wanted: []social.Capability{social.Publish}, Verdict: social.Verdict{}.Good(now),
		Clocks: social.Clocks{Token: social.ExpiresAt(now.Add(ends), social.ToldByProvider)}, DueAt: now.Add(day), ConnectedAt: now,
	}
}

func accountsOf(id social.GrantID, n, count int, now time.Time) []social.Account {
	own := make([]social.Account, 0, count)
	for i := range count {
		own = append(own, social.Account{
			ID: social.AccountID(fmt.Sprintf("a%06d-%02d", n, i)), GrantID: id, Provider: social.Meta, Kind: social.FacebookPage,
			RemoteID: fmt.Sprintf("%d-%d", n, i), Name: fmt.Sprintf("Café %d", n*PerLogin+i), State: social.AccountActive, Standing: social.StandingPresent,
			Capabilities: social.Capabilities{social.Publish: social.Granted}, Clocks: social.Clocks{Token: social.Never(social.Assumed)}, ConnectedAt: now,
		})
	}
	return own
}
