package agent

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// checkPatience is how long one check of the diagnosis may take. A person
// waits for it; what takes longer does not work.
const checkPatience = 8 * time.Second

// check looks at one thing. Whatever it asks has to heed ctx; what does not is
// given up on.
type check func(ctx context.Context) view.Finding

// Diagnose implements control.Service. The checks run at the same time.
// problem.BadRequest for one that there is not.
func (a *Agent) Diagnose(ctx context.Context, r view.DiagnosisRequest) (view.Diagnosis, error) {
	wanted := r.Checks
	if len(wanted) == 0 {
		wanted = view.Checks()
	}
	checks := a.checks()
	for _, name := range wanted {
		if checks[name] == nil {
			return view.Diagnosis{}, problem.New(problem.BadRequest, errors.New("there is no such check"))
		}
	}
	d := view.Diagnosis{Findings: make([]view.Finding, len(wanted))}
	var running sync.WaitGroup
	for i, name := range wanted {
		running.Go(func() { d.Findings[i] = a.examine(ctx, name, checks[name]) })
	}
	running.Wait()
	if err := ctx.Err(); err != nil {
		return view.Diagnosis{}, err
	}
	if len(r.Checks) > 0 {
		return d, nil
	}
	report, err := a.report(ctx, d.Findings)
	d.Report = report
	return d, err
}

// examine runs one check, for as long as it may take.
func (a *Agent) examine(ctx context.Context, name view.Check, look check) view.Finding {
	ctx, cancel := context.WithTimeout(ctx, a.checkPatience)
	defer cancel()
	begun := time.Now()
	found := make(chan view.Finding, 1) // has room: nobody may be waiting any more
	started := a.beside(func() { found <- look(ctx) })
	result := unknown("timeout", nil)
	if started {
		select {
		case result = <-found:
		case <-ctx.Done():
			// What heeds its deadline answers now, and better than we could.
			select {
			case result = <-found:
			case <-time.After(checkGrace):
			}
		}
	}
	result.Check, result.TookMS = name, time.Since(begun).Milliseconds()
	return result
}

// checkGrace is how long after its deadline a check may still answer.
const checkGrace = 250 * time.Millisecond

// beside runs do in the background and reports whether it will: an agent that
// is closing begins nothing.
func (a *Agent) beside(do func()) bool {
	a.actions.Lock()
	defer a.actions.Unlock()
	if a.living.Err() != nil {
		return false
	}
	a.background.Go(do)
	return true
}

func ok(code string, args map[string]string) view.Finding {
	return view.Finding{State: view.FindingOK, Code: code, Args: args}
}

func trouble(code string, args map[string]string) view.Finding {
	return view.Finding{State: view.FindingTrouble, Code: code, Args: args}
}

func unknown(code string, args map[string]string) view.Finding {
	return view.Finding{State: view.FindingUnknown, Code: code, Args: args}
}

// failedWith turns an error into a finding. A deadline says nothing about what
// was asked.
func failedWith(err error) view.Finding {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return unknown("timeout", nil)
	}
	found := problem.From(err)
	return trouble(string(found.Code), passable(found.Args))
}

// passable keeps of a problem's details those that name nobody: findings are
// passed on.
func passable(args map[string]string) map[string]string {
	kept := map[string]string{}
	for name, value := range args {
		if slices.Contains([]string{"ports", "path", "product", "version"}, name) {
			kept[name] = value
		}
	}
	return kept
}
