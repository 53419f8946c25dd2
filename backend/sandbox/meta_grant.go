package sandbox

import (
	"slices"
	"time"
)

// saveMetaGrant turns the finished dialog into the person's grant. A choice
// of Pages replaces the former one; Meta does not say whether it does
// (meta.md 2.1), and replacing is the harder case for a client.
func (c *call) saveMetaGrant(f flow) (grant, error) {
	now := c.now().UTC()
	var saved grant
	err := c.ledger.update(func(s *state) {
		key := grantKey(Meta, f.app.ID, f.person)
		g, known := s.Grants[key]
		g = begin(g, known && !g.Revoked, f, now)
		g.apply(f)
		s.Grants[key] = g
		saved = g.clone()
	})
	if err == nil && saved.FirstConsentAt.Equal(now) {
		c.event("grant_created")
	} else if err == nil {
		c.event("grant_renewed")
	}
	return saved, err
}

// begin returns the live grant renewed, or a fresh one that remembers how the
// tokens before it died.
func begin(g grant, live bool, f flow, now time.Time) grant {
	if !live {
		g = grant{
			Provider: f.provider, Client: f.app.ID, Person: f.person,
			Epoch: newEpoch(), Ended: g.Ended, Serial: g.Serial, FirstConsentAt: now,
		}
	}
	g.ConsentAt = now
	g.DataAccessUntil = time.Time{} // being seen in the dialog starts the 90 days anew
	g.Checkpoint = 0                // whoever signs in has passed it
	return g
}

func (g *grant) apply(f flow) {
	asked := f.asked
	g.Granted = append(without(g.Granted, asked), f.granted...)
	g.Declined = append(without(g.Declined, asked), without(asked, f.granted)...)
	g.Expired = without(g.Expired, asked)
	if !slices.Contains(g.Granted, "public_profile") {
		g.Granted = append(g.Granted, "public_profile")
	}
	if f.asks(stepPages) {
		g.Pages, g.AllPages = slices.Clone(f.pages), false
	}
	if f.asks(stepInstagram) {
		g.Instagram, g.AllInstagram = slices.Clone(f.instagram), false
	}
}
