// Command walk shows Kontent Connect on a machine without a screen: it goes
// through the journey on a virtual desktop, with the programs in build/bin, and
// leaves a picture of each step in build/out/walk.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/journey"
	"github.com/kontent/kontent-connect/build/e2e/stage"
)

const (
	programs = "build/bin"
	pictures = "build/out/walk"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := walk(ctx, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "walk:", err)
		os.Exit(1)
	}
}

func walk(ctx context.Context, out io.Writer) (err error) {
	begun := time.Now()
	album, err := journey.NewAlbum(pictures)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "There is no screen here, so this is the demonstration on a virtual one: the window and\n"+
		"the agent that were just built, a real browser and keyring, and made-up networks.\n")
	on, err := stage.Open(ctx, programs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, on.Close()) }() //nolint:contextcheck // it closes after an interruption too

	for _, part := range journey.Parts() {
		fmt.Fprintf(out, "\n%s\n", part.Title)
		for _, step := range part.Steps {
			started := time.Now()
			err := step.Do(ctx, on)
			picture, noPicture := album.Add(ctx, on, step.Name)
			if err = errors.Join(err, noPicture); err != nil {
				return fmt.Errorf("%s: %w (picture: %s)", step.Name, err, picture)
			}
			fmt.Fprintf(out, "  %4.1f s  %-44s %s\n", time.Since(started).Seconds(), step.Name, picture)
		}
	}
	fmt.Fprintf(out, "\nDone in %.0f s. The pictures are in %s; where there is a screen, \"make run\" opens the window on it.\n",
		time.Since(begun).Seconds(), pictures)
	return nil
}
