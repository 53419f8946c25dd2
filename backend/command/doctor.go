package command

import (
	"context"
	"strings"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/save"
	"github.com/kontent/kontent-connect/backend/view"
)

type doctorCommand struct {
	Report string `type:"path" placeholder:"FILE"`
}

// Run implements the command. It ends with ExitAttention where something is
// wrong, so that scripts need not read.
func (c doctorCommand) Run(ctx context.Context, s *session) error {
	return s.service(ctx, func(service control.Service) error {
		found, err := service.Diagnose(ctx, view.DiagnosisRequest{Checks: []view.Check{}})
		if err != nil {
			return err
		}
		if c.Report != "" {
			if err := save.File(c.Report, found.Report.Body); err != nil {
				return problem.New(problem.FileNotSaved, err).With("name", c.Report)
			}
		}
		return s.writeFindings(found.Findings, c.Report)
	})
}

func (s *session) writeFindings(findings []view.Finding, report string) error {
	wrong := false
	for i, f := range findings {
		findings[i].Message, findings[i].Action = s.texts.Finding(string(f.Check), f.Code, f.Args)
		wrong = wrong || f.State == view.FindingTrouble
	}
	result := map[string]any{"findings": findings}
	if report != "" {
		result["report"] = report
	}
	if err := s.write(result, func() { s.printFindings(findings, report) }); err != nil {
		return err
	}
	if wrong {
		return exit(ExitAttention)
	}
	return nil
}

func (s *session) printFindings(findings []view.Finding, report string) {
	for _, f := range findings {
		state := s.texts.Get("doctor.state."+string(f.State), nil)
		gap := strings.Repeat(" ", max(1, 13-columns(state)))
		colour := map[view.FindingState]string{view.FindingOK: green, view.FindingTrouble: red, view.FindingUnknown: yellow}[f.State]
		s.print("%s%s%s: %s", s.paint(colour, state), gap, s.texts.Get("doctor."+string(f.Check), nil), f.Message)
		if f.State != view.FindingOK && f.Action != "" {
			s.print("%13s%s", "", f.Action)
		}
	}
	if report != "" {
		s.print("%s", s.say("report_saved", "name", report))
	}
}
