//go:build e2e

package desktop_test

import (
	"context"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
)

func TestAKeyringThatIsGoneIsBroughtBackWithWhatItHolds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	screen := start(ctx, t, desktop.Options{Keyring: desktop.UnlockedKeyring})
	store := screen.Command(ctx, "secret-tool", "store", "--label=Login", "service", "test")
	store.Stdin = strings.NewReader("kept")
	ok(t, store.Run())
	if ended, err := screen.ReviveKeyring(ctx); ended || err != nil {
		t.Fatalf("a keyring that is there was brought back: %v, %v", ended, err)
	}
	daemons, err := process.Find(screen.Path(), "gnome-keyring-daemon")
	ok(t, err)
	if len(daemons) != 1 {
		t.Fatalf("keyrings %v", daemons)
	}
	ok(t, syscall.Kill(daemons[0], syscall.SIGKILL))
	ok(t, poll.Until(ctx, "the keyring's return", func(ctx context.Context) error {
		ended, err := screen.ReviveKeyring(ctx)
		if err == nil && !ended {
			return context.DeadlineExceeded // its end is not known yet
		}
		return err
	}))
	kept, err := screen.Command(ctx, "secret-tool", "lookup", "service", "test").Output()
	ok(t, err)
	if string(kept) != "kept" {
		t.Errorf("it holds %q", kept)
	}
}
