// Command resident is a process with a tray and nothing else, for the tests of
// the tray.
//
// The library behind the tray keeps its state in the process and has a data
// race of its own, so that each test has a process of its own, built without
// the race detector. It is told what to do by lines of JSON on its standard
// input and says what happens in lines of text on its standard output.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"

	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/backend/tray"
)

// Command is a line of the standard input.
type Command struct {
	Show *tray.Menu
	Ask  bool // whether the tray is hosted
	Stop bool
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	t := tray.New(tray.Actions{
		Open:        func() { say("open") },
		OpenAccount: func(id string) { say("account", id) },
		CheckNow:    func() { say("check") },
		Pause:       func(id string) { say("pause", id) },
		Resume:      func() { say("resume") },
		Quit:        func() { say("quit"); cancel() },
	}, slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug})))
	go follow(ctx, t)
	t.Run(ctx)
	cancel()
	say("ended")
	// Standard input is read until its other end closes it.
	if err := goleak.Find(goleak.IgnoreAnyFunction("main.follow")); err != nil {
		say("left behind:", fmt.Sprintf("%q", err.Error()))
	}
	say("bye")
}

func say(words ...any) { fmt.Fprintln(os.Stdout, words...) }

// follow carries out the commands, and ends the tray with the last of them.
func follow(ctx context.Context, t *tray.Tray) {
	defer t.Stop()
	for commands := bufio.NewScanner(os.Stdin); commands.Scan(); {
		var c Command
		if err := json.Unmarshal(commands.Bytes(), &c); err != nil {
			say("misunderstood:", err)
		}
		switch {
		case c.Show != nil:
			t.Show(*c.Show)
			say("shown")
		case c.Ask:
			say("hosted", t.Hosted(ctx))
		case c.Stop:
			t.Stop()
			t.Stop() // which may be said twice
		}
	}
}
