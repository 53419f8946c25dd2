package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// Projects lists the projects, oldest first.
func (db *DB) Projects(ctx context.Context) ([]social.Project, error) {
	rows, err := db.queries.ListProjects(ctx)
	if err != nil {
		return nil, failed("list projects", err)
	}
	projects := make([]social.Project, 0, len(rows))
	for _, row := range rows {
		projects = append(projects, social.Project{ID: social.ProjectID(row.ID), Name: row.Name, CreatedAt: moment(row.CreatedAt)})
	}
	return projects, nil
}

// AddProject stores a new project.
func (db *DB) AddProject(ctx context.Context, p social.Project) error {
	return db.change(ctx, "add a project", func(q *gen.Queries) error {
		return q.InsertProject(ctx, gen.InsertProjectParams{ID: string(p.ID), Name: p.Name, CreatedAt: unix(p.CreatedAt)})
	})
}

// RenameProject changes a project's name; problem.NotFound without one.
func (db *DB) RenameProject(ctx context.Context, id social.ProjectID, name string) error {
	return db.change(ctx, "rename a project", func(q *gen.Queries) error {
		return mustTouch(q.RenameProject(ctx, gen.RenameProjectParams{Name: name, ID: string(id)}))
	})
}

// RemoveProject deletes a project that has no connected account, together with
// the rows of accounts it once had. It fails with problem.ProjectNotEmpty
// otherwise, and leaves the timeline as it is.
func (db *DB) RemoveProject(ctx context.Context, id social.ProjectID) error {
	return db.change(ctx, "remove a project", func(q *gen.Queries) error {
		count, err := q.CountActiveAccounts(ctx, string(id))
		if err != nil {
			return err
		}
		if count > 0 {
			return problem.New(problem.ProjectNotEmpty, nil)
		}
		if err := q.DeleteAccountsOfProject(ctx, string(id)); err != nil {
			return err
		}
		return mustTouch(q.DeleteProject(ctx, string(id)))
	})
}

// ProviderApps lists the provider apps that are set up.
func (db *DB) ProviderApps(ctx context.Context) ([]social.ProviderApp, error) {
	rows, err := db.queries.ListProviderApps(ctx)
	if err != nil {
		return nil, failed("list provider apps", err)
	}
	apps := make([]social.ProviderApp, 0, len(rows))
	for _, row := range rows {
		ports, err := listFrom[int](row.Ports)
		if err != nil {
			return nil, failed("list provider apps", err)
		}
		apps = append(apps, social.ProviderApp{
			Provider: social.Provider(row.Provider), ClientID: row.ClientID, Redirect: social.RedirectMode(row.Redirect),
			Ports: ports, RelayURL: row.RelayUrl, APIVersion: row.ApiVersion, LoginConfig: row.LoginConfig,
			SecretRef: social.TokenRef(row.SecretRef), Product: social.Product(row.Product), Tier: social.Tier(row.Tier),
		})
	}
	return apps, nil
}

// PutProviderApp saves app, queues the entry of a former secret for erasure,
// and ends the intent under which a new one was written; the zero intent is
// none. It fails when the intent is not open any more.
func (db *DB) PutProviderApp(ctx context.Context, app social.ProviderApp, intent social.Intent) error {
	return db.change(ctx, "save a provider app", func(q *gen.Queries) error {
		if intent.ID != "" {
			if err := mustTouch(q.DeleteIntent(ctx, intent.ID)); err != nil {
				return err
			}
		}
		return putApp(ctx, q, app)
	})
}

func putApp(ctx context.Context, q *gen.Queries, app social.ProviderApp) error {
	ports, err := text(append([]int{}, app.Ports...))
	if err != nil {
		return err
	}
	if err := queueFormerSecret(ctx, q, app.Provider, app.SecretRef); err != nil {
		return err
	}
	return q.PutProviderApp(ctx, gen.PutProviderAppParams{
		Provider: string(app.Provider), ClientID: app.ClientID, Redirect: string(app.Redirect), Ports: ports,
		RelayUrl: app.RelayURL, ApiVersion: app.APIVersion, LoginConfig: app.LoginConfig, SecretRef: string(app.SecretRef),
		Product: string(app.Product), Tier: string(app.Tier),
	})
}

// RemoveProviderApp forgets a provider app and queues its secret for erasure.
func (db *DB) RemoveProviderApp(ctx context.Context, p social.Provider) error {
	return db.change(ctx, "remove a provider app", func(q *gen.Queries) error {
		if err := queueFormerSecret(ctx, q, p, ""); err != nil {
			return err
		}
		return q.DeleteProviderApp(ctx, string(p))
	})
}

func queueFormerSecret(ctx context.Context, q *gen.Queries, p social.Provider, kept social.TokenRef) error {
	former, err := q.GetProviderApp(ctx, string(p))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil || former.SecretRef == string(kept) {
		return err
	}
	return queueErasure(ctx, q, former.SecretRef, time.Now())
}

// Setting returns a stored setting, "" where there is none.
func (db *DB) Setting(ctx context.Context, name string) (string, error) {
	value, err := settingOf(ctx, db.queries, name)
	return value, failed("read a setting", err)
}

func settingOf(ctx context.Context, q *gen.Queries, name string) (string, error) {
	value, err := q.GetSetting(ctx, name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// PutSetting stores a setting.
func (db *DB) PutSetting(ctx context.Context, name, value string) error {
	return db.write(ctx, "save a setting", func(q *gen.Queries) error {
		return q.PutSetting(ctx, gen.PutSettingParams{Name: name, Value: value})
	})
}
