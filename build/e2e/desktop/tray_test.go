//go:build e2e

package desktop_test

import (
	"context"
	"image"
	"image/color"
	"slices"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/trayhost"
)

func TestTrayShowsAnIconWhoseMenuCanBeUsed(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	screen := start(ctx, t, desktop.Options{Tray: desktop.RealTray, Accessibility: true, BusRecord: kept(t, "tray.jsonl")})
	bus := join(ctx, t, screen)
	if items, err := trayhost.Items(ctx, bus); err != nil || len(items) != 0 {
		t.Fatalf("an empty tray has %v, %v", items, err)
	}
	program := startProgram(t, screen)
	item, err := trayhost.Await(ctx, bus)
	ok(t, err)

	program.warn(t, "A login ends in three days")
	look, err := item.AwaitLook(ctx, "a warning", func(l trayhost.Look) bool { return l.Status == "NeedsAttention" })
	ok(t, err)
	if look.ToolTip != "Stand-in\nA login ends in three days" {
		t.Errorf("the tip says %q", look.ToolTip)
	}
	if red := (color.NRGBA{0xc6, 0x28, 0x28, 0xff}); len(look.Icons) != 1 || look.Icons[0].At(9, 9) != red {
		t.Errorf("the icon is %v", look.Icons)
	}

	menu, err := item.Menu(ctx)
	ok(t, err)
	labels := []string{}
	for _, entry := range menu {
		labels = append(labels, entry.Label)
	}
	if want := []string{"Open Maria Silva", "", "Pause", "More"}; !slices.Equal(labels, want) {
		t.Errorf("the menu has %q, want %q", labels, want)
	}
	ok(t, item.Choose(ctx, "Open Maria Silva"))
	wait(ctx, t, program.chosen, 1)
	ok(t, item.Choose(ctx, "More", "Check now"))
	wait(ctx, t, program.chosen, 5)
	if err := item.Choose(ctx, "Pause"); err == nil {
		t.Error("a line that is off could be chosen")
	}
	ok(t, item.Activate(ctx))
	wait(ctx, t, program.activated, struct{}{})
}

func TestPersonUsesTheTrayWithTheMouse(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	screen := start(ctx, t, desktop.Options{Tray: desktop.RealTray})
	program := startProgram(t, screen)
	ok(t, screen.AwaitChange(ctx, screen.TrayIcon(), func() error { program.warn(t, "A login ends in three days"); return nil }))

	ok(t, screen.AwaitChange(ctx, screen.AboveTray(), func() error { return screen.Point(ctx, screen.TrayIcon()) }))
	ok(t, screen.Screenshot(ctx, kept(t, "tray-tip.png")))
	ok(t, screen.Click(ctx, screen.TrayIcon(), desktop.LeftButton))
	wait(ctx, t, program.activated, struct{}{})
	menu, err := screen.OpenTrayMenu(ctx)
	ok(t, err)
	ok(t, screen.Screenshot(ctx, kept(t, "tray-menu.png")))
	firstLine := image.Rect(menu.Min.X, menu.Min.Y, menu.Max.X, menu.Min.Y+30)
	ok(t, screen.Click(ctx, firstLine, desktop.LeftButton))
	wait(ctx, t, program.chosen, 1)
}

func wait[T comparable](ctx context.Context, t *testing.T, from <-chan T, want T) {
	t.Helper()
	select {
	case got := <-from:
		if got != want {
			t.Errorf("the program was told %v, want %v", got, want)
		}
	case <-ctx.Done():
		t.Fatalf("the program was never told %v", want)
	}
}
