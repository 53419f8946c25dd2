package command

import (
	"context"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

type projectsCommand struct {
	List   projectsList   `cmd:"" default:"1"`
	Add    projectsAdd    `cmd:""`
	Rename projectsRename `cmd:""`
	Remove projectsRemove `cmd:""`
}

type projectsList struct{}

// Run implements the command.
func (projectsList) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		snapshot, err := service.Snapshot(ctx)
		if err != nil {
			return err
		}
		return s.write(map[string]any{"projects": snapshot.Projects}, func() {
			var rows [][]string
			for _, p := range snapshot.Projects {
				rows = append(rows, []string{string(p.ID), p.Name})
			}
			s.table(rows)
		})
	})
}

type projectsAdd struct {
	Name string `arg:""`
}

// Run implements the command.
func (c projectsAdd) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		p, err := service.AddProject(ctx, c.Name)
		if err != nil {
			return err
		}
		return s.write(map[string]any{"project": p}, func() { s.print("%s  %s", p.ID, p.Name) })
	})
}

type projectsRename struct {
	ID   view.ProjectID `arg:""`
	Name string         `arg:""`
}

// Run implements the command.
func (c projectsRename) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		if err := service.RenameProject(ctx, c.ID, c.Name); err != nil {
			return err
		}
		return s.write(map[string]any{"project": map[string]string{"id": string(c.ID), "name": c.Name}}, func() {
			s.print("%s  %s", c.ID, c.Name)
		})
	})
}

type projectsRemove struct {
	ID view.ProjectID `arg:""`
}

// Run implements the command.
func (c projectsRemove) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		if err := service.RemoveProject(ctx, c.ID); err != nil {
			return err
		}
		return s.write(map[string]any{"removed": c.ID}, func() { s.print("%s", c.ID) })
	})
}
