package sqlite

import (
	"context"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// Import stores what a configuration changes: all of it, or nothing.
func (db *DB) Import(ctx context.Context, in social.Import) error {
	return db.change(ctx, "import a configuration", func(q *gen.Queries) error {
		for _, step := range []func(context.Context, *gen.Queries, social.Import) error{
			importProjects, importApps, importGrants, importAccounts,
		} {
			if err := step(ctx, q, in); err != nil {
				return err
			}
		}
		for name, value := range in.Settings {
			if err := q.PutSetting(ctx, gen.PutSettingParams{Name: name, Value: value}); err != nil {
				return err
			}
		}
		return nil
	})
}

func importProjects(ctx context.Context, q *gen.Queries, in social.Import) error {
	for _, p := range in.Projects {
		if err := q.InsertProject(ctx, gen.InsertProjectParams{ID: string(p.ID), Name: p.Name, CreatedAt: unix(p.CreatedAt)}); err != nil {
			return err
		}
	}
	for _, p := range in.Renamed {
		if err := mustTouch(q.RenameProject(ctx, gen.RenameProjectParams{Name: p.Name, ID: string(p.ID)})); err != nil {
			return err
		}
	}
	if in.Emptied == "" {
		return nil
	}
	return mustTouch(q.DeleteProject(ctx, string(in.Emptied)))
}

func importApps(ctx context.Context, q *gen.Queries, in social.Import) error {
	for _, app := range in.Apps {
		if err := putApp(ctx, q, app); err != nil {
			return err
		}
	}
	return nil
}

func importGrants(ctx context.Context, q *gen.Queries, in social.Import) error {
	for _, g := range in.Grants {
		row, err := grantParams(g)
		if err != nil {
			return err
		}
		if err := queueFormerToken(ctx, q, g, time.Now()); err != nil {
			return err
		}
		if err := q.PutGrant(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

func importAccounts(ctx context.Context, q *gen.Queries, in social.Import) error {
	for _, a := range in.Accounts {
		row, err := accountParams(a)
		if err != nil {
			return err
		}
		if err := q.PutAccount(ctx, row); err != nil {
			return err
		}
	}
	return nil
}
