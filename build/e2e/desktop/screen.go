package desktop

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// startScreen lets the X server choose a free display and say which: two
// desktops that start at once cannot choose the same.
func (d *Desktop) startScreen(ctx context.Context) error {
	cmd := d.Command(context.WithoutCancel(ctx), "Xvfb", "-displayfd", "3", "-screen", "0",
		fmt.Sprintf("%dx%dx24", d.options.Screen.X, d.options.Screen.Y), "-nolisten", "tcp", "-noreset",
		"-fbdir", d.Path("screen"))
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close() //nolint:errcheck // only read from
	cmd.ExtraFiles = []*os.File{write}
	_, err = d.launch(cmd)
	_ = write.Close() // the child has its own; with ours open, its end would not be seen
	if err != nil {
		return err
	}
	number, err := firstLine(ctx, read)
	if err != nil {
		return fmt.Errorf("number of the display: %w", err)
	}
	d.display = ":" + number
	return nil
}

func (d *Desktop) startWindowManager(ctx context.Context) error {
	manager, err := d.Launch(ctx, "openbox")
	if err != nil {
		return err
	}
	return poll.Until(ctx, "the window manager", func(ctx context.Context) error {
		if err := manager.Running(); err != nil {
			return poll.Final(err)
		}
		out, err := d.Command(ctx, "xprop", "-root", "_NET_SUPPORTING_WM_CHECK").Output()
		if err != nil {
			return err
		}
		if !strings.Contains(string(out), "window id") {
			return fmt.Errorf("xprop: %s", out)
		}
		return nil
	})
}

const (
	// still is how long a screen must show the same to count as still, and
	// restless how long to wait for that: some things never are.
	still    = 150 * time.Millisecond
	restless = time.Second
)

// Screenshot saves a picture of the whole screen, windows, browser and all, once
// it has stopped moving: what a page has is not on the screen at once.
func (d *Desktop) Screenshot(ctx context.Context, file string) error {
	return d.ScreenshotOf(ctx, file, image.Rectangle{Max: d.options.Screen})
}

// ScreenshotOf is Screenshot for a part of the screen.
func (d *Desktop) ScreenshotOf(ctx context.Context, file string, part image.Rectangle) error {
	limit, since := time.Now().Add(restless), time.Now()
	var shown framebuffer
	err := poll.Until(ctx, "a screen that shows something", func(context.Context) error {
		now, err := readFramebuffer(d.Path("screen", "Xvfb_screen0"))
		if err != nil {
			return poll.Final(err)
		}
		if !bytes.Equal(shown.pixels, now.pixels) {
			shown, since = now, time.Now()
		}
		if time.Since(since) < still && time.Now().Before(limit) {
			return errors.New("it moves")
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("picture of the screen: %w", err)
	}
	return shown.save(file, part)
}

// AwaitChange does something and waits until a part of the screen shows something
// else than before: for what tells of its coming in no other way.
func (d *Desktop) AwaitChange(ctx context.Context, part image.Rectangle, do func() error) error {
	file := d.Path("screen", "Xvfb_screen0")
	before, err := readFramebuffer(file)
	if err != nil {
		return fmt.Errorf("picture of the screen: %w", err)
	}
	if err := do(); err != nil {
		return err
	}
	return poll.Until(ctx, fmt.Sprintf("something at %v of the screen", part), func(context.Context) error {
		now, err := readFramebuffer(file)
		if err != nil {
			return poll.Final(err)
		}
		if before.same(now, part) {
			return errors.New("it shows what it did")
		}
		return nil
	})
}

// firstLine reads one line from a pipe, which ends with its writer.
func firstLine(ctx context.Context, pipe *os.File) (string, error) {
	if deadline, ok := ctx.Deadline(); ok {
		if err := pipe.SetReadDeadline(deadline); err != nil {
			return "", err
		}
	}
	line, err := bufio.NewReader(pipe).ReadString('\n')
	return strings.TrimSpace(line), err
}
