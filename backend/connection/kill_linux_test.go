package connection_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/keychain/keychaintest"
	"github.com/kontent/kontent-connect/backend/notify/notifytest"
)

// TestKilledAtAnyMoment lets a program connect, renew, reconnect and disconnect
// over the real database and the real keychain client, kills it with kill -9 at
// a random moment, and starts it again, over and over. Each start looks at what
// the one before left, recovers, and holds what it finds to the promises: no
// entry that nothing names, no account lost, no database damaged, everything
// unfinished finished or undone, and told. The desktop's keychain, played by
// this process and then by gnome-keyring, lives on, as it does.
//
// Covers G1, PL01, KC22, TK16, P2.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	t.Run("with a keychain stand-in", func(t *testing.T) {
		t.Parallel()
		bus := notifytest.StartBus(t)
		keychaintest.Serve(t, bus.Connect(t), keychaintest.Behaviour{})
		killOver(t, bus, often(150, 1000))
	})
	t.Run("with gnome-keyring", func(t *testing.T) {
		t.Parallel()
		bus := notifytest.StartBus(t)
		keychaintest.Gnome(t, bus.Connect(t), bus.Address, t.TempDir(), "throwaway")
		killOver(t, bus, often(15, 100))
	})
}

// toll is what came of all the lives.
type toll struct{ kills, working, recovering, undone, rotated int }

func killOver(t *testing.T, bus *notifytest.Bus, count int) {
	t.Helper()
	folder := t.TempDir()
	var toll toll
	for range count {
		live(t, bus, folder, &toll, true)
	}
	live(t, bus, folder, &toll, false) // what the last one left is looked at, too
	t.Logf("%d kills, %d in the middle of a use case and %d of the recovery; %d changes undone and told, "+
		"%d times an access was renewed and not stored, which was told each time",
		toll.kills, toll.working, toll.recovering, toll.undone, toll.rotated)
	if toll.working < count/5 {
		t.Errorf("only %d of %d kills met a use case", toll.working, count)
	}
}

// live starts a program, and kills it unless it is the last.
func live(t *testing.T, bus *notifytest.Bus, folder string, toll *toll, kill bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestLife$", "-test.count=1", "-test.v")
	child.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS="+bus.Address, lifeVariable+"="+folder, fmt.Sprintf("%s_LAST=%v", lifeVariable, !kill))
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	// Mostly while it works; else while it recovers.
	after, moment := "whole", time.Duration(rand.Int64N(int64(80*time.Millisecond)))
	if rand.IntN(6) == 0 {
		after, moment = "recovering", moment/4
	}
	said := listen(out, func(word string) {
		if kill && word == after {
			time.AfterFunc(moment, func() { _ = child.Process.Kill() })
		}
	})
	err = child.Wait()
	if killed := child.ProcessState.ExitCode() == -1; killed != kill || ctx.Err() != nil {
		t.Fatalf("it ended by itself: %v\n%s", err, strings.Join(said.all, "\n"))
	}
	toll.undone += said.undone
	toll.rotated += said.rotated
	if !kill {
		return
	}
	toll.kills++
	switch {
	case said.working:
		toll.working++
	case !said.whole:
		toll.recovering++
	}
}

// speech is what a life said.
type speech struct {
	all             []string
	whole, working  bool
	undone, rotated int
}

// listen reads to the end, and tells of each word as it comes.
func listen(out interface{ Read([]byte) (int, error) }, hear func(string)) speech {
	var s speech
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		s.all = append(s.all, lines.Text())
		line, ok := strings.CutPrefix(lines.Text(), "life: ")
		if !ok {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "whole":
			s.whole = true
			_, _ = fmt.Sscanf(rest, "undone=%d rotated=%d", &s.undone, &s.rotated)
		case "begin":
			s.working = true
		case "end":
			s.working = false
		}
		hear(word)
	}
	return s
}
