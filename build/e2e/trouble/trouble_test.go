//go:build e2e

package trouble_test

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/journey"
)

// One after the other, on one desktop: each trouble must leave it fit for the
// next one, which is the half of what is tested here.
//
// Covers CB03, CB05, CB22, CB29, CB31, GR03, PL04, PL05, PL09, PL12, UI02, W7, KC01, KC02, KC03, DB03, DB06, G8.
func TestTrouble(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute+hang())
	defer cancel()
	w := newWorld(ctx, t)
	album, err := journey.NewAlbum(filepath.Join(out, "trouble"))
	ok(t, err)
	for _, trouble := range []struct {
		name string
		test func(context.Context, *testing.T, *world)
	}{
		{"cancel in the browser", cancelInTheBrowser},
		{"close the tab", closeTheTab},
		{"wrong state and stray requests", strayRequests},
		{"second callback", secondCallback},
		{"no browser, at the command line", noBrowserAtTheCommandLine},
		{"no browser, in the window", noBrowserInTheWindow},
		{"all ports busy", allPortsBusy},
		{"provider down during the exchange", providerDownDuringExchange},
		{"provider down during a check", providerDownDuringCheck},
		{"no Secret Service", noSecretService},
		{"no session bus", noSessionBus},
		{"locked keychain", lockedKeychain},
		{"database of a newer version", newerDatabase},
		{"agent that cannot be started", noAgentProgram},
		{"data folder that cannot be written", badDataFolder},
		{"two windows", twoWindows},
		{"two commands at once", twoCommands},
		{"twenty windows at once", twentyWindows},
		{"agent killed under an open window", agentKilled},
		{"somebody looks for the inspector", noInspector},
	} {
		t.Run(trouble.name, func(t *testing.T) {
			limited, cancel := context.WithTimeout(ctx, patience+hang())
			defer func() {
				if t.Failed() {
					keepEvidence(ctx, t, w)
				} else if w.Window != nil {
					_, err := album.Add(ctx, w.Stage, trouble.name)
					ok(t, err)
				}
				cancel() // which ends a command that still runs
				ok(t, w.CloseWindow(ctx))
				ok(t, w.NoAgent(ctx, syscall.SIGTERM))
				w.nothingIsLost(ctx, t)
			}()
			trouble.test(limited, t, w)
		})
	}
}
