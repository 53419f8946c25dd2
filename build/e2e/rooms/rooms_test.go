//go:build e2e

// Package rooms_test opens the real window over a new data folder: the welcome,
// the pages beside the integrations, and the demonstration from there.
package rooms_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
	"github.com/kontent/kontent-connect/build/e2e/shim"
	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

const (
	programs = "../../bin"
	out      = "../../out/rooms"
	// Nobody answers here: the window is not the demonstration's, and must not
	// reach the networks.
	nowhere = "http://127.0.0.1:9"
)

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheRoomsOfANewInstallation(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s, err := stage.Open(ctx, programs)
	ok(t, err)
	t.Cleanup(func() { ok(t, s.Close()) })
	ok(t, os.MkdirAll(out, 0o755))
	window := open(ctx, t, s)
	see := func(role, name string) {
		t.Helper()
		_, err := window.Find(ctx, webdriver.RolePart(role, name))
		ok(t, err)
		ok(t, s.Desktop.Screenshot(ctx, filepath.Join(out, name+".png")))
	}
	click := func(role, name string) { t.Helper(); ok(t, window.Click(ctx, webdriver.RolePart(role, name))) }

	see("heading", "Boas-vindas")
	click("link", "Diagnóstico")
	click("button", "Verificar tudo")
	// The networks do not answer, and its deadline is kept all the same.
	see("button", "Verificar de novo")
	click("link", "Histórico")
	see("heading", "Histórico")
	click("link", "Sobre")
	see("heading", "Demonstração")
	click("button", "Experimentar com a demonstração")
	ok(t, poll.Until(ctx, "the demonstration's window", func(context.Context) error {
		found, err := process.Find(s.Desktop.Path(), "kontent-connect", "--demo")
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("there is none")
		}
		return err
	}))
	ok(t, poll.Until(ctx, "the demonstration's data", func(context.Context) error {
		_, err := os.Stat(filepath.Join(s.Data(), "kontent-connect.db"))
		return err
	}))
}

// open opens the window as it is after the installation, not the demonstration.
func open(ctx context.Context, t *testing.T, s *stage.Stage) *webdriver.Session {
	t.Helper()
	folder, err := filepath.Abs(programs)
	ok(t, err)
	var env []string
	for _, name := range []string{"META_WEB", "META_GRAPH", "LINKEDIN_WEB", "LINKEDIN_API"} {
		env = append(env, "KONTENT_"+name+"_URL="+nowhere)
	}
	program, err := shim.Wrap(ctx, s.Desktop.Path("run"), s.WindowLog(), env, filepath.Join(folder, "kontent-connect"))
	ok(t, err)
	window, err := webdriver.Window(ctx, s.Desktop, program)
	ok(t, err)
	t.Cleanup(func() { _ = window.Close(context.WithoutCancel(ctx)) })
	return window
}
