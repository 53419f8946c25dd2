package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/save"
	"github.com/kontent/kontent-connect/backend/view"
)

// stdStream stands for standard input or output where a file is named.
const stdStream = "-"

type exportCommand struct {
	File   string `arg:""`
	Format string `enum:"json,ics" default:"json"`
}

// Run implements the command.
func (c exportCommand) Run(ctx context.Context, s *session) error {
	var body string
	err := s.scripts(ctx, func(scripts control.Scripts) (err error) {
		body, err = c.body(ctx, s, scripts)
		return err
	})
	if err != nil {
		return err
	}
	if c.File == stdStream {
		_, err := io.WriteString(s.Out, body)
		return err
	}
	if err := save.File(c.File, body); err != nil {
		return problem.New(problem.FileNotSaved, err).With("name", c.File)
	}
	return s.write(map[string]any{"exported": c.File, "format": c.Format}, func() { s.print("%s", s.say("exported", "name", c.File)) })
}

// body writes the file.
func (c exportCommand) body(ctx context.Context, s *session, scripts control.Scripts) (string, error) {
	if c.Format == "ics" {
		service, ok := scripts.(control.Service)
		if !ok {
			return "", problem.New(problem.AgentVersion, nil)
		}
		snapshot, err := service.Snapshot(ctx)
		return calendar(snapshot, s.texts, s.Now()), err
	}
	configuration, err := scripts.Configuration(ctx)
	if err != nil {
		return "", err
	}
	body, err := json.MarshalIndent(configuration, "", "  ")
	if err != nil {
		return "", fmt.Errorf("write the configuration: %w", err)
	}
	return string(body) + "\n", nil
}

type importCommand struct {
	File string `arg:""`
}

// maxImport bounds what is read: far more than any installation has.
const maxImport = 64 << 20

// Run implements the command.
func (c importCommand) Run(ctx context.Context, s *session) error {
	body, err := c.read(s)
	if err != nil {
		return problem.New(problem.FileNotRead, err).With("name", c.File)
	}
	return s.scripts(ctx, func(scripts control.Scripts) error {
		result, err := scripts.Import(ctx, body)
		if err != nil {
			return err
		}
		return s.write(result, func() { s.writeImport(result) })
	})
}

func (c importCommand) read(s *session) (string, error) {
	from := s.In
	if c.File != stdStream {
		file, err := os.Open(c.File)
		if err != nil {
			return "", err
		}
		defer func() { _ = file.Close() }()
		from = file
	}
	body, err := io.ReadAll(io.LimitReader(from, maxImport))
	return string(body), err
}

func (s *session) writeImport(r view.ImportResult) {
	s.print("%s", s.say("imported", "projects", strconv.Itoa(r.Projects), "apps", strconv.Itoa(r.Apps),
		"grants", strconv.Itoa(r.Grants), "accounts", strconv.Itoa(r.Accounts), "known", strconv.Itoa(r.Known)))
	if r.Accounts > 0 {
		s.print("%s", s.say("imported_next"))
	}
}
