package sqlite

import (
	"context"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// Incidents lists what admins have been told about logins that need them.
func (db *DB) Incidents(ctx context.Context) ([]social.Incident, error) {
	rows, err := db.queries.ListIncidents(ctx)
	if err != nil {
		return nil, failed("list notices", err)
	}
	incidents := make([]social.Incident, 0, len(rows))
	for _, row := range rows {
		incidents = append(incidents, social.Incident{
			GrantID: social.GrantID(row.GrantID), About: social.About(row.About), TokenVersion: int(row.TokenVersion),
			EndsAt: moment(row.EndsAt), Health: social.Health(row.Health), Rung: social.Rung(row.Rung),
			ClaimedAt: moment(row.ClaimedAt), EndedAt: moment(row.EndedAt), ToldAt: moment(row.ToldAt),
			Undelivered: row.Undelivered != 0, SnoozedUntil: moment(row.SnoozedUntil),
		})
	}
	return incidents, nil
}

// SaveIncidents stores what is about to be told, or was, drops what is over,
// and adds the lines of the timeline.
func (db *DB) SaveIncidents(ctx context.Context, put []social.Incident, over []social.GrantID, events []social.Event) error {
	return db.write(ctx, "save notices", func(q *gen.Queries) error {
		for _, i := range put {
			if err := q.PutIncident(ctx, incidentParams(i)); err != nil {
				return err
			}
		}
		for _, id := range over {
			if err := q.DeleteIncident(ctx, string(id)); err != nil {
				return err
			}
		}
		return appendEvents(ctx, q, events)
	})
}

func incidentParams(i social.Incident) gen.PutIncidentParams {
	p := gen.PutIncidentParams{
		GrantID: string(i.GrantID), About: string(i.About), TokenVersion: int64(i.TokenVersion), EndsAt: unix(i.EndsAt),
		Health: string(i.Health), Rung: int64(i.Rung), ClaimedAt: unix(i.ClaimedAt), EndedAt: unix(i.EndedAt),
		ToldAt: unix(i.ToldAt), SnoozedUntil: unix(i.SnoozedUntil),
	}
	if i.Undelivered {
		p.Undelivered = 1
	}
	return p
}
