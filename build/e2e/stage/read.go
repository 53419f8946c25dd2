package stage

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// readPatience is how long a part of the window gets to say what it should. An
// agent that cannot be started is tried for a while.
const readPatience = 20 * time.Second

// Reads waits until a part of the window says all of the words, and none of
// those that begin with "no ".
func (s *Stage) Reads(ctx context.Context, selector string, words ...string) error {
	ctx, cancel := context.WithTimeout(ctx, readPatience)
	defer cancel()
	return poll.Until(ctx, fmt.Sprintf("%q in the window's %s", words, selector), func(ctx context.Context) error {
		text, err := s.Window.Inner(ctx, selector)
		if err != nil {
			return err
		}
		return says(strings.Join(strings.Fields(text), " "), words)
	})
}

func says(text string, words []string) error {
	for _, word := range words {
		absent, unwanted := strings.CutPrefix(word, "no ")
		switch {
		case unwanted && strings.Contains(text, absent):
			return fmt.Errorf("it still says %q", absent)
		case !unwanted && !strings.Contains(text, word):
			return fmt.Errorf("it does not say %q but %q", word, text)
		}
	}
	return nil
}
