package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/kontent/kontent-connect/backend/view"
)

// TestShowsInAnOpenWindow: what a command changes, a window that is open is
// told at once, because both talk to the one owner.
func TestShowsInAnOpenWindow(t *testing.T) {
	d := newDesk(t)
	client := d.agent()
	told := make(chan view.Event, 100)
	ctx, end := context.WithCancel(t.Context())
	following := make(chan error, 1)
	go func() {
		following <- client.Events(ctx, view.FaceWindow, func(e view.Event) error {
			told <- e
			return nil
		})
	}()
	first := <-told
	d.output("projects", "add", "Loja da Ana")
	for e := range told {
		s, err := client.Snapshot(t.Context())
		if d.must(err); len(s.Projects) == 2 {
			if e.Revision <= first.Revision {
				t.Errorf("revision %d after %d", e.Revision, first.Revision)
			}
			break
		}
	}
	// A sign-in at a terminal is seen from its beginning.
	p := d.sit("connect", "meta", "--no-browser", "--project", projectOf(t, d))
	p.until(signInURL)
	for e := range told {
		if e.Attempt != "" {
			break
		}
	}
	p.press(ctrlC)
	p.exits(1)
	end()
	if err := <-following; !errors.Is(err, context.Canceled) {
		t.Errorf("the events ended with %v", err)
	}
}

func projectOf(t *testing.T, d *desk) string {
	t.Helper()
	id, _, found := strings.Cut(d.output("projects", "list"), " ")
	if !found {
		t.Fatal("no project")
	}
	return id
}

// TestTwoAtOnce: commands without an agent wait for each other, and none is
// lost.
func TestTwoAtOnce(t *testing.T) {
	d := newDesk(t)
	var running sync.WaitGroup
	for i := range 6 {
		running.Go(func() {
			if out, err := d.command("projects", "add", "Loja "+strconv.Itoa(i)).CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	running.Wait()
	if got := strings.Count(d.output("projects", "list"), "\n"); got != 7 {
		t.Errorf("%d projects, want the first and six more", got)
	}
}
