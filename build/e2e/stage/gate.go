package stage

import (
	"context"
	"fmt"

	"github.com/kontent/kontent-connect/build/e2e/atspi"
)

// EveryControlHasAName holds the whole window, as a screen reader gets it, to
// one rule: what can be used can be named.
func (s *Stage) EveryControlHasAName(ctx context.Context) error {
	bus, err := s.Desktop.Bus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close() //nolint:errcheck // only read from
	window, err := atspi.Tree(ctx, bus, "kontent-connect")
	if err != nil {
		return err
	}
	if window.Controls() == 0 {
		return fmt.Errorf("a screen reader is told of no control at all:\n%v", window)
	}
	if nameless := window.Nameless(); len(nameless) > 0 {
		return fmt.Errorf("%d controls have no name: %v in\n%v", len(nameless), nameless, window)
	}
	return nil
}
