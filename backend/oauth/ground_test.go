package oauth

import (
	"context"
	"errors"
	"net"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestOpenFolder(t *testing.T) {
	t.Parallel()
	var opened string
	f := &Flow{OpenURL: func(_ context.Context, path string) error { opened = path; return nil }}
	if err := f.OpenFolder(t.Context(), "/home/ana/a b#c"); err != nil || opened != "/home/ana/a b#c" {
		t.Errorf("opened %q: %v", opened, err)
	}
	f = &Flow{OpenURL: func(context.Context, string) error { return errors.New("no file manager") }}
	if err := f.OpenFolder(t.Context(), "/home/ana"); problem.CodeOf(err) != problem.BrowserFailed {
		t.Errorf("got %v", err)
	}
}

func TestTryPort(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	app := social.ProviderApp{Redirect: social.RedirectLocalhost, Ports: []int{taken.Addr().(*net.TCPAddr).Port}}
	if _, err := TryPort(t.Context(), app); problem.CodeOf(err) != problem.PortsBusy {
		t.Errorf("a port that is taken: %v", err)
	}
	if err := taken.Close(); err != nil {
		t.Fatal(err)
	}
	// It lets go of it, or the second try would fail.
	for range 2 {
		if port, err := TryPort(t.Context(), app); err != nil || port != app.Ports[0] {
			t.Errorf("port %d: %v", port, err)
		}
	}
}

func TestOpenerNeedsAProgramOnPath(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Opener(); problem.CodeOf(err) != problem.BrowserFailed {
		t.Errorf("got %v", err)
	}
}
