package sqlite

import (
	"context"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// Due lists the logins to be looked at by now, the longest waiting first, and
// when the next one is due; the zero time when none will be. A login that was
// not asked about since asked is due as well, unless its provider wants to be
// left alone; so is one whose time is further away than horizon, which was
// planned by a clock that ran ahead (security.md CK03).
func (db *DB) Due(ctx context.Context, now, asked, horizon time.Time) (ids []social.GrantID, next time.Time, err error) {
	rows, err := db.queries.DueGrants(ctx, gen.DueGrantsParams{Now: unix(now), Horizon: unix(horizon), Asked: unix(asked)})
	if err != nil {
		return nil, time.Time{}, failed("list due logins", err)
	}
	for _, id := range rows {
		ids = append(ids, social.GrantID(id))
	}
	seconds, err := db.queries.NextDue(ctx, gen.NextDueParams{Now: unix(now), Horizon: unix(horizon)})
	return ids, moment(seconds), failed("find the next due login", err)
}
