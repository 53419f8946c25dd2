package tray

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/tray/traytest"
)

// The menu full() as a panel draws it.
func fullWords() []string {
	return []string{
		"1 conta precisa de reconexão", traytest.Separator,
		"Instagram @padaria: reconectar", "Página Padaria: expira em 3 dias", "+4 saudáveis", traytest.Separator,
		"(Próximo vencimento: 28 de novembro)", "Verificar agora", "Pausar avisos[Por 1 hora Até amanhã]", traytest.Separator,
		"Abrir o Kontent Connect", "Sair",
	}
}

// scene is a bus with a panel and a tray that shows full().
func scene(t *testing.T) (address string, panel *traytest.Panel, r *resident) {
	t.Helper()
	address, _ = traytest.Bus(t)
	panel = traytest.Open(t, address)
	r = start(t, "DBUS_SESSION_BUS_ADDRESS="+address)
	r.show(t, full())
	return address, panel, r
}

// is reports whether an icon is a shape, in both sizes.
func is(icon []traytest.Pixmap, shape Shape) bool {
	return slices.EqualFunc(icon, pixmapsOf(shape), func(a traytest.Pixmap, b pixmap) bool {
		return a.Width == b.Width && a.Height == b.Height && bytes.Equal(a.ARGB, b.ARGB)
	})
}

func TestPixmaps(t *testing.T) {
	t.Parallel()
	seen := map[string]Shape{}
	for _, shape := range []Shape{ShapeOK, ShapeSoon, ShapeUnknown, ShapeBroken} {
		sizes := pixmapsOf(shape)
		if len(sizes) != 2 || sizes[0].Width != 22 || sizes[1].Width != 44 || len(sizes[1].ARGB) != 4*44*44 {
			t.Errorf("%s is not there in two sizes", shape)
		}
		if other, twice := seen[string(sizes[0].ARGB)]; twice {
			t.Errorf("%s looks like %s", shape, other)
		}
		seen[string(sizes[0].ARGB)] = shape
	}
}

func TestTrayOnAPanel(t *testing.T) {
	t.Parallel()
	t.Run("shows its face", func(t *testing.T) {
		t.Parallel()
		_, panel, r := scene(t)
		panel.Item(t).AwaitFace(t, func(f traytest.Face) bool {
			return f.ID == "kontent-connect" && f.Title == "Kontent Connect" && f.Category == "ApplicationStatus" &&
				f.Status == "NeedsAttention" && f.Tooltip == full().Tooltip && !f.IsMenu &&
				is(f.Icon, ShapeBroken) && is(f.AttentionIcon, ShapeBroken)
		})
		r.stop(t)
	})
	t.Run("shows its menu", func(t *testing.T) {
		t.Parallel()
		_, panel, r := scene(t)
		item := panel.Item(t)
		item.AwaitMenu(t, fullWords()...)
		r.show(t, Menu{Status: "Tudo em ordem", Accounts: []Entry{{"a9", "LinkedIn"}}, Resume: "Retomar avisos", Quit: "Sair"})
		item.AwaitMenu(t, "Tudo em ordem", traytest.Separator, "LinkedIn", traytest.Separator, "Retomar avisos", traytest.Separator, "Sair")
		r.show(t, Menu{Status: "Nenhuma conta ainda", CheckNow: "Verificar agora", Open: "Abrir", Quit: "Sair"})
		item.AwaitMenu(t, "Nenhuma conta ainda", traytest.Separator, "Abrir", traytest.Separator, "Verificar agora", traytest.Separator, "Sair")
		item.Click(t, "Abrir")
		r.hear(t, "open")
		r.show(t, full())
		item.AwaitMenu(t, fullWords()...)
		r.stop(t)
	})
	t.Run("does what is clicked", func(t *testing.T) {
		t.Parallel()
		_, panel, r := scene(t)
		item := panel.Item(t)
		item.AwaitMenu(t, fullWords()...)
		for label, want := range map[string]string{
			full().Status: "open", "Página Padaria: expira em 3 dias": "account a2", "+4 saudáveis": "open",
			"Verificar agora": "check", "Por 1 hora": "pause 1h", "Até amanhã": "pause today", "Abrir o Kontent Connect": "open",
		} {
			item.Click(t, label)
			r.hear(t, want)
		}
		item.Activate(t)
		r.hear(t, "open")
		item.Click(t, "Sair")
		r.hear(t, "quit")
		r.hear(t, "ended")
		r.hear(t, "bye")
		item.Gone(t)
	})
	t.Run("asks for attention and takes it back", func(t *testing.T) {
		t.Parallel()
		_, panel, r := scene(t)
		item := panel.Item(t)
		item.AwaitFace(t, func(f traytest.Face) bool { return f.Status == "NeedsAttention" })
		r.show(t, Menu{Shape: ShapeOK, Tooltip: "Tudo em ordem"})
		item.AwaitFace(t, func(f traytest.Face) bool { return f.Status == "Active" && f.Tooltip == "Tudo em ordem" })
		r.show(t, full())
		item.AwaitFace(t, func(f traytest.Face) bool { return f.Status == "NeedsAttention" && f.Tooltip == full().Tooltip })
		r.stop(t)
	})
	t.Run("draws each shape differently", func(t *testing.T) {
		t.Parallel()
		_, panel, r := scene(t)
		item := panel.Item(t)
		for _, shape := range []Shape{ShapeOK, ShapeSoon, ShapeUnknown, ShapeBroken} {
			r.show(t, Menu{Shape: shape, Tooltip: string(shape)})
			item.AwaitFace(t, func(f traytest.Face) bool {
				return f.Tooltip == string(shape) && is(f.Icon, shape) && is(f.AttentionIcon, shape)
			})
		}
		r.stop(t)
	})
	t.Run("says only what changed", func(t *testing.T) {
		t.Parallel()
		_, panel, r := scene(t)
		item := panel.Item(t)
		item.AwaitMenu(t, fullWords()...)
		item.AwaitFace(t, func(f traytest.Face) bool { return f.Tooltip == full().Tooltip })
		item.Told(t)
		for range 5 {
			r.show(t, full())
		}
		m := full()
		m.Tooltip = "a new face"
		r.show(t, m)
		item.AwaitFace(t, func(f traytest.Face) bool { return f.Tooltip == m.Tooltip })
		for _, signal := range item.Told(t) {
			if strings.HasSuffix(signal, ".ItemsPropertiesUpdated") {
				t.Error("a line of the menu was drawn again")
			}
		}
		r.stop(t)
	})
	t.Run("shows hostile names as they are", func(t *testing.T) {
		t.Parallel()
		_, panel, r := scene(t)
		item := panel.Item(t)
		names := []string{"_a__b_", "<b>x</b> &amp; &x", "100%s %d", `"; rm -rf ~`}
		m := Menu{Shape: ShapeOK, Status: "s"}
		words := []string{"s", traytest.Separator}
		for i, name := range names {
			m.Accounts = append(m.Accounts, Entry{fmt.Sprint(i), name})
			words = append(words, name)
		}
		m.Accounts = append(m.Accounts, Entry{"4", "two\nlines\x00and \u202ebidi"})
		words = append(words, "two lines and bidi", traytest.Separator, traytest.Separator)
		r.show(t, m)
		item.AwaitMenu(t, words...)
		item.Click(t, "_a__b_")
		r.hear(t, "account 0")
		r.stop(t)
	})
}

// Covers W11.
func TestTrayAndPanelsThatComeAndGo(t *testing.T) {
	t.Parallel()
	t.Run("a panel that starts later", func(t *testing.T) {
		t.Parallel()
		address, _ := traytest.Bus(t)
		r := start(t, "DBUS_SESSION_BUS_ADDRESS="+address)
		r.show(t, full())
		r.tell(t, map[string]any{"Ask": true})
		r.hear(t, "hosted false")
		panel := traytest.Open(t, address)
		panel.Item(t).AwaitMenu(t, fullWords()...)
		r.tell(t, map[string]any{"Ask": true})
		r.hear(t, "hosted true")
		r.stop(t)
	})
	t.Run("a panel that is replaced", func(t *testing.T) {
		t.Parallel()
		address, panel, r := scene(t)
		item := panel.Item(t)
		item.AwaitMenu(t, fullWords()...)
		panel.Close()
		again := traytest.Open(t, address).Item(t)
		again.AwaitMenu(t, fullWords()...)
		again.Click(t, "Verificar agora")
		r.hear(t, "check")
		r.stop(t)
	})
	t.Run("a panel that is replaced after a prompt of the keychain", func(t *testing.T) {
		t.Parallel()
		address, panel, r := scene(t)
		item := panel.Item(t)
		item.AwaitMenu(t, fullWords()...)
		item.Stray(t)
		item.Face(t) // answered after the signal was delivered
		panel.Close()
		traytest.Open(t, address).Item(t).AwaitMenu(t, fullWords()...)
		r.stop(t)
	})
	t.Run("a bus that goes away", func(t *testing.T) {
		t.Parallel()
		address, stop := traytest.Bus(t)
		panel := traytest.Open(t, address)
		r := start(t, "DBUS_SESSION_BUS_ADDRESS="+address)
		r.show(t, full())
		panel.Item(t).AwaitMenu(t, fullWords()...)
		stop()
		r.show(t, Menu{Shape: ShapeOK, Status: "ok"})
		r.tell(t, map[string]any{"Ask": true})
		r.hear(t, "hosted false")
		r.stop(t)
	})
}

// TestNoBus: without a bus the tray only waits, and none is started for it
// (PL09).
//
// Covers W11, PL09.
func TestNoBus(t *testing.T) {
	t.Parallel()
	if busAnnounced("", fmt.Sprintf("/run/user/%d", os.Getuid())) {
		t.Skip("this machine announces a bus for every process")
	}
	folder := t.TempDir()
	ran := filepath.Join(folder, "ran")
	if err := os.WriteFile(filepath.Join(folder, "dbus-launch"), []byte("#!/bin/sh\n: >"+ran+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"", "autolaunch:", "unix:path=/nowhere/bus"} {
		r := start(t, "PATH="+folder, "DBUS_SESSION_BUS_ADDRESS="+address)
		r.show(t, full())
		r.tell(t, map[string]any{"Ask": true})
		r.hear(t, "hosted false")
		r.stop(t)
	}
	if _, err := os.Stat(ran); !errors.Is(err, os.ErrNotExist) {
		t.Error("dbus-launch was run")
	}
}

// TestWatch is not parallel: it changes the process's environment.
func TestWatch(t *testing.T) {
	address, stop := traytest.Bus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	var log bytes.Buffer
	tray := New(Actions{}, slog.New(slog.NewTextHandler(&log, nil)))
	told, ended := make(chan bool, 16), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		defer close(ended)
		tray.Watch(ctx, func(hosted bool) { told <- hosted })
	}()
	// A change may be told twice; what counts is what is told last.
	hear := func(want bool) {
		t.Helper()
		for hosted := range told {
			if hosted == want {
				return
			}
		}
	}
	hear(false)
	panel := traytest.Open(t, address)
	hear(true)
	panel.SetHosted(t, false)
	hear(false)
	if tray.Hosted(t.Context()) {
		t.Error("hosted by a watcher that says nobody shows it")
	}
	panel.SetHosted(t, true)
	hear(true)
	panel.Close()
	hear(false)
	traytest.Open(t, address)
	hear(true)
	stop()
	hear(false)
	cancel()
	<-ended
	if log.Len() > 0 {
		t.Errorf("%s", &log)
	}
}
