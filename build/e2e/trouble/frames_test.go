//go:build e2e

package trouble_test

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

// frameLimit is the longest that the window may stand still.
const frameLimit = 100 * time.Millisecond

// hang is how long the keychain waits for its password while the window is
// watched: a minute in the long form.
func hang() time.Duration {
	if os.Getenv("KONTENT_SOAK") == "1" {
		return time.Minute
	}
	return 8 * time.Second
}

// recordFrames begins to note the time between the window's pictures, and
// takeFrames ends it.
const recordFrames = `
window.gaps = [];
let last = performance.now();
requestAnimationFrame(function next(now) {
  if (!window.gaps) return;
  window.gaps.push(now - last);
  last = now;
  requestAnimationFrame(next);
});`

const takeFrames = `const gaps = window.gaps; window.gaps = null; return gaps`

// frames are the times between pictures, shortest first.
type frames []time.Duration

// at is the time that a share of the gaps stays within.
func (f frames) at(share float64) time.Duration { return f[int(share*float64(len(f)-1))] }

// watchFrames uses the window for a while and returns how far its pictures are
// apart meanwhile.
func watchFrames(ctx context.Context, t *testing.T, w *world, what string, long time.Duration) frames {
	t.Helper()
	ok(t, w.Window.Execute(ctx, recordFrames, nil))
	for begun := time.Now(); time.Since(begun) < long; {
		lookAround(ctx, t, w)
		// The page's own second, without anybody asking it anything.
		ok(t, w.Window.ExecuteAsync(ctx, `setTimeout(arguments[0], 1000)`, nil))
	}
	var gaps []float64
	ok(t, w.Window.Execute(ctx, takeFrames, &gaps))
	if len(gaps) < int(long/frameLimit) {
		t.Fatalf("only %d pictures in %v", len(gaps), long)
	}
	seen := make(frames, 0, len(gaps))
	for _, gap := range gaps {
		seen = append(seen, time.Duration(gap*float64(time.Millisecond)).Round(100*time.Microsecond))
	}
	slices.Sort(seen)
	t.Logf("%s, %v: %d pictures, %v apart in the middle, 99 %% within %v, at most %v", what, long, len(seen), seen.at(0.5), seen.at(0.99), seen.at(1))
	return seen
}

// framesStayClose holds the window to the limit while the keychain hangs. On a
// machine that is too busy for it even without, the keychain must at least make
// nothing worse.
func framesStayClose(t *testing.T, usual, hanging frames) {
	t.Helper()
	if got := hanging.at(0.99); got >= max(frameLimit, 4*usual.at(0.99)) {
		t.Errorf("the window stands still for %v while the keychain hangs, and for %v otherwise", got, usual.at(0.99))
	}
}

// lookAround goes to the timeline and back.
func lookAround(ctx context.Context, t *testing.T, w *world) {
	t.Helper()
	ok(t, w.Window.Click(ctx, webdriver.Role("link", "Histórico")))
	shows(ctx, t, w, "main", "foi conectada")
	ok(t, w.Window.Click(ctx, webdriver.RolePart("link", "Integrações")))
}
