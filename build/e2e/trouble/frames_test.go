//go:build e2e

package trouble_test

import (
	"context"
	"fmt"
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

// frames are the times between pictures, or beats, shortest first.
type frames []time.Duration

// at is the time that a share of them stays within.
func (f frames) at(share float64) time.Duration { return f[int(share*float64(len(f)-1))] }

func (f frames) String() string {
	return fmt.Sprintf("%d, %v apart in the middle, 99 %% within %v, at most %v", len(f), f.at(0.5), f.at(0.99), f.at(1))
}

// watchFrames uses the window for a while. It returns how far its pictures are
// apart meanwhile, and the beats of a process that has nothing to do: what the
// machine does to everybody is not the keychain's doing.
func watchFrames(ctx context.Context, t *testing.T, w *world, long time.Duration) (pictures, beats frames) {
	t.Helper()
	ok(t, w.Window.Execute(ctx, recordFrames, nil))
	enough := beat(&beats)
	for begun := time.Now(); time.Since(begun) < long; {
		lookAround(ctx, t, w)
		// The page's own second, without anybody asking it anything.
		ok(t, w.Window.ExecuteAsync(ctx, `setTimeout(arguments[0], 1000)`, nil))
	}
	enough()
	var gaps []float64
	ok(t, w.Window.Execute(ctx, takeFrames, &gaps))
	for _, gap := range gaps {
		pictures = append(pictures, time.Duration(gap*float64(time.Millisecond)).Round(100*time.Microsecond))
	}
	slices.Sort(pictures)
	slices.Sort(beats)
	if len(pictures) < 10 || len(beats) < 10 {
		t.Fatalf("only %d pictures and %d beats in %v", len(pictures), len(beats), long)
	}
	return pictures, beats
}

// beat notes the time between beats that should be 16 ms apart, until it is told
// that it is enough.
func beat(into *frames) (enough func()) {
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		last := time.Now()
		for range time.Tick(16 * time.Millisecond) {
			now := time.Now()
			*into = append(*into, now.Sub(last).Round(100*time.Microsecond))
			last = now
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	return func() { close(stop); <-stopped }
}

// framesStayClose holds the window to the limit while the keychain hangs. Where
// the machine lets a process that does nothing wait for longer than a picture
// takes, only a window that stands still is the window's.
func framesStayClose(ctx context.Context, t *testing.T, w *world) {
	t.Helper()
	pictures, beats := watchFrames(ctx, t, w, hang())
	t.Logf("%v with the keychain hanging, pictures: %v; beats of an idle process: %v", hang(), pictures, beats)
	const picture, still = 33 * time.Millisecond, 5 * time.Second
	if pictures.at(1) >= still || pictures.at(0.99) >= frameLimit && beats.at(0.99) < picture {
		t.Errorf("the window stood still for %v, its pictures come within %v", pictures.at(1), pictures.at(0.99))
	}
}

// lookAround goes to the timeline and back.
func lookAround(ctx context.Context, t *testing.T, w *world) {
	t.Helper()
	ok(t, w.Window.Click(ctx, webdriver.Role("link", "Histórico")))
	shows(ctx, t, w, "main", "foi conectada")
	ok(t, w.Window.Click(ctx, webdriver.RolePart("link", "Integrações")))
}
