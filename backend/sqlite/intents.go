package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// Begin records, before a keychain entry is written, that it will be.
func (db *DB) Begin(ctx context.Context, intent social.Intent) error {
	return db.write(ctx, "begin a change", func(q *gen.Queries) error {
		return q.InsertIntent(ctx, gen.InsertIntentParams{
			ID: intent.ID, GrantID: string(intent.GrantID), TokenRef: string(intent.TokenRef), StartedAt: unix(intent.StartedAt),
		})
	})
}

// Activate makes grant and accounts what they are to be, on the intent's
// entry; queues the entry that the grant had before; and ends the intent. It
// fails when the intent is not open any more.
func (db *DB) Activate(ctx context.Context, intent social.Intent, grant social.Grant, accounts []social.Account, events []social.Event) error {
	p, err := grantParams(grant)
	if err != nil {
		return err
	}
	return db.change(ctx, "activate a login", func(q *gen.Queries) error {
		if err := mustTouch(q.DeleteIntent(ctx, intent.ID)); err != nil {
			return err
		}
		if err := queueFormerToken(ctx, q, grant, time.Now()); err != nil {
			return err
		}
		if err := q.PutGrant(ctx, p); err != nil {
			return err
		}
		for _, a := range accounts {
			row, err := accountParams(a)
			if err != nil {
				return err
			}
			if err := q.PutAccount(ctx, row); err != nil {
				return err
			}
			if a.State != social.AccountDisconnected {
				continue
			}
			if err := q.DeletePicture(ctx, row.ID); err != nil {
				return err
			}
		}
		return appendEvents(ctx, q, events)
	})
}

func queueFormerToken(ctx context.Context, q *gen.Queries, grant social.Grant, at time.Time) error {
	former, err := q.GetGrant(ctx, string(grant.ID))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil || former.TokenRef == string(grant.TokenRef) {
		return err
	}
	return queueErasure(ctx, q, former.TokenRef, at)
}

// Abandon ends an intent that came to nothing and queues its entry for
// erasure. It may be called for an intent that has ended already.
func (db *DB) Abandon(ctx context.Context, intent social.Intent, events []social.Event) error {
	return db.write(ctx, "abandon a change", func(q *gen.Queries) error {
		rows, err := q.DeleteIntent(ctx, intent.ID)
		if err != nil || rows == 0 {
			return err
		}
		if err := queueErasure(ctx, q, string(intent.TokenRef), time.Now()); err != nil {
			return err
		}
		return appendEvents(ctx, q, events)
	})
}

// Intents lists the intents that were begun and did not end.
func (db *DB) Intents(ctx context.Context) ([]social.Intent, error) {
	rows, err := db.queries.ListIntents(ctx)
	if err != nil {
		return nil, failed("list unfinished changes", err)
	}
	intents := make([]social.Intent, 0, len(rows))
	for _, row := range rows {
		intents = append(intents, social.Intent{
			ID: row.ID, GrantID: social.GrantID(row.GrantID), TokenRef: social.TokenRef(row.TokenRef), StartedAt: moment(row.StartedAt),
		})
	}
	return intents, nil
}

// Erasures lists the keychain entries that must go.
func (db *DB) Erasures(ctx context.Context) ([]social.TokenRef, error) {
	rows, err := db.queries.ListErasures(ctx)
	if err != nil {
		return nil, failed("list erasures", err)
	}
	refs := make([]social.TokenRef, 0, len(rows))
	for _, ref := range rows {
		refs = append(refs, social.TokenRef(ref))
	}
	return refs, nil
}

// Erased takes an entry off the queue, once it is known to be gone.
func (db *DB) Erased(ctx context.Context, ref social.TokenRef) error {
	return failed("finish an erasure", db.queries.DeleteErasure(ctx, string(ref)))
}

// AppendEvents adds lines to the timeline.
func (db *DB) AppendEvents(ctx context.Context, events []social.Event) error {
	return db.write(ctx, "add to the timeline", func(q *gen.Queries) error { return appendEvents(ctx, q, events) })
}

// eventPage is how many lines of the timeline are read at once, at most. Other
// writers take their turn in between.
const eventPage = 500

// Events lists the newest lines of the timeline that wanted admits, below the
// line before where that is not 0, at most limit.
func (db *DB) Events(ctx context.Context, wanted func(social.Event) bool, before int64, limit int) ([]social.Event, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	found, page := []social.Event{}, int64(min(limit, eventPage))
	for {
		rows, err := db.queries.ListEventsBefore(ctx, gen.ListEventsBeforeParams{ID: before, Limit: page})
		if err != nil {
			return nil, failed("read the timeline", err)
		}
		for _, row := range rows {
			e := eventFrom(row)
			if before = e.ID; !wanted(e) {
				continue
			}
			if found = append(found, e); len(found) == limit {
				return found, nil
			}
		}
		if int64(len(rows)) < page {
			return found, nil
		}
		page = eventPage // a filter admits few: what was read so far was not enough
	}
}

func eventFrom(row *gen.Event) social.Event {
	return social.Event{
		ID: row.ID, At: moment(row.At), Kind: social.EventKind(row.Kind), Provider: social.Provider(row.Provider),
		ProjectID: social.ProjectID(row.ProjectID), GrantID: social.GrantID(row.GrantID),
		AccountID: social.AccountID(row.AccountID), Subject: row.Subject, Cause: social.Cause(row.Cause),
	}
}
