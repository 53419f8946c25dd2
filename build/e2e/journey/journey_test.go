//go:build e2e

package journey_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/journey"
	"github.com/kontent/kontent-connect/build/e2e/stage"
)

const (
	programs = "../../bin"
	out      = "../../out"
)

// One journey and not a test for each step: a step makes sense only where the
// one before it ended. After each, every control on show must have a name, and
// after some what is behind the window is looked at (see proofs).
//
// Covers A1, UI11.
func TestJourney(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	album, err := journey.NewAlbum(filepath.Join(out, "walk"))
	ok(t, err)
	w := &world{ctx: ctx, networks: map[string]stage.Networks{}}
	w.Stage, err = stage.Open(ctx, programs)
	ok(t, err)
	t.Cleanup(func() { ok(t, w.Close()) })

	proofs := w.proofs()
	for _, part := range journey.Parts() {
		for _, step := range part.Steps {
			proof := proofs[step.Name]
			delete(proofs, step.Name)
			t.Run(step.Name, func(t *testing.T) {
				ok(t, step.Do(ctx, w.Stage))
				_, err := album.Add(ctx, w.Stage, step.Name)
				ok(t, err)
				ok(t, w.EveryControlHasAName(ctx))
				w.listen(t)
				if proof != nil {
					proof(t)
				}
			})
			if t.Failed() {
				keepEvidence(ctx, t, w.Stage)
				return
			}
		}
	}
	if len(proofs) > 0 {
		t.Errorf("no such steps to prove something after: %q", slices.Collect(maps.Keys(proofs)))
	}
}

// keepEvidence saves what a person needs to understand a failure that happened
// on a screen nobody saw.
func keepEvidence(ctx context.Context, t *testing.T, s *stage.Stage) {
	t.Helper()
	if err := s.Desktop.Screenshot(ctx, filepath.Join(out, "failed.png")); err != nil {
		t.Error(err)
	}
	logs, err := filepath.Glob(filepath.Join(s.Desktop.Logs(), "*.log"))
	if err != nil {
		t.Error(err)
	}
	for _, log := range append(logs, filepath.Join(s.Data(), "logs", "kontent.log")) {
		text, err := os.ReadFile(log)
		if err != nil {
			t.Error(err)
		}
		t.Logf("%s:\n%s", filepath.Base(log), text)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
