package oauth

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

const signInPage = "https://www.linkedin.com/oauth/native-pkce/authorization?client_id=1&state=abc"

func openWorld(t *testing.T, open func(context.Context, string) error) world {
	t.Helper()
	return worldOf(t, &Flow{OpenURL: open}, social.LinkedIn, social.ProviderApp{Redirect: social.RedirectNative})
}

// Covers A7, PL12.
func TestOpen(t *testing.T) {
	t.Parallel()
	t.Run("shows the sign-in page", func(t *testing.T) {
		t.Parallel()
		var opened string
		w := openWorld(t, func(_ context.Context, address string) error { opened = address; return nil })
		if err := w.Open(t.Context(), signInPage); err != nil || opened != signInPage {
			t.Errorf("opened %q: %v", opened, err)
		}
	})
	t.Run("says that there is no browser, without the address", func(t *testing.T) {
		t.Parallel()
		w := openWorld(t, func(_ context.Context, address string) error {
			return fmt.Errorf("run xdg-open %s: exit status 3", address)
		})
		err := w.Open(t.Context(), signInPage)
		if problem.CodeOf(err) != problem.BrowserFailed || strings.Contains(err.Error(), "state=abc") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("does not wait for the browser to end, and Close does not either", func(t *testing.T) {
		t.Parallel()
		if testing.Short() {
			t.Skip("waits for the opener's three seconds")
		}
		ended := make(chan struct{})
		w := openWorld(t, func(context.Context, string) error { <-ended; return nil })
		defer close(ended)
		begun := time.Now()
		if err := w.Open(t.Context(), signInPage); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took < openLimit || took > openLimit+time.Second {
			t.Errorf("A7 Open took %v", took)
		}
		begun = time.Now()
		_ = w.Close()
		if took := time.Since(begun); took > time.Second {
			t.Errorf("Close took %v", took)
		}
	})
	t.Run("an opener that listens is told to end by Close", func(t *testing.T) {
		t.Parallel()
		begun := make(chan struct{})
		w := openWorld(t, func(ctx context.Context, _ string) error {
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		})
		go func() { <-begun; _ = w.Close() }()
		if err := w.Open(t.Context(), signInPage); problem.CodeOf(err) != problem.SignInEnded && problem.CodeOf(err) != problem.BrowserFailed {
			t.Errorf("got %v", err)
		}
		_ = w.Close()
	})
	t.Run("Close waits for an opener that is about to end", func(t *testing.T) {
		t.Parallel()
		var ended atomic.Bool
		begun := make(chan struct{})
		w := openWorld(t, func(ctx context.Context, _ string) error {
			close(begun)
			<-ctx.Done()
			for range 10_000 {
				runtime.Gosched()
			}
			ended.Store(true)
			return nil
		})
		go func() { _ = w.Open(context.Background(), signInPage) }()
		<-begun
		_ = w.Close()
		if !ended.Load() {
			t.Error("the opener was left behind")
		}
	})
	t.Run("ends with its context", func(t *testing.T) {
		t.Parallel()
		w := openWorld(t, func(ctx context.Context, _ string) error { <-ctx.Done(); return nil })
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := w.Open(ctx, signInPage); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("opens nothing after Close", func(t *testing.T) {
		t.Parallel()
		w := openWorld(t, func(context.Context, string) error { t.Error("opened"); return nil })
		_ = w.Close()
		if err := w.Open(t.Context(), signInPage); problem.CodeOf(err) != problem.SignInEnded {
			t.Errorf("got %v", err)
		}
	})
}

// Covers A6.
func TestOpenRefusesOtherAddresses(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "about:blank", "file:///etc/passwd", "javascript:alert(1)", "ms-msdt:/id", "smb://host/share",
		"http://www.linkedin.com/oauth", "https://www.linkedin.com.evil.example/", "https://evil.example/www.linkedin.com",
		"https://www.linkedin.com@evil.example/", "https://me:pw@www.linkedin.com/", "https://linkedin.com/",
		"https://www.linkedin.com:8443/", "https://www.facebook.com/dialog", "https://WWW.LINKEDIN.COM./",
		"https://www.linkedin.com/\n", "https://www.linkedin.com/ --flag", "https://www.linkedin.com/\u202e", "https://www.linkedin.com/`id`",
		"https://www.linkedin.com/\"&calc", "//www.linkedin.com/", "https:www.linkedin.com/", "http://127.0.0.1:8080/", "http://127.0.0.1:8081/",
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			w := openWorld(t, func(context.Context, string) error { t.Error("opened"); return nil })
			if err := w.Open(t.Context(), address); problem.CodeOf(err) != problem.BrowserFailed {
				t.Errorf("A6 got %v", err)
			}
		})
	}
}

// Covers A6.
func TestOpenInSandbox(t *testing.T) {
	t.Parallel()
	f := &Flow{
		OpenURL: func(context.Context, string) error { return nil },
		Sandbox: []string{"http://127.0.0.1:8080", "https://evil.example", "http://evil.example:80"},
	}
	w := worldOf(t, f, social.Meta, social.ProviderApp{Redirect: social.RedirectLocalhost, Ports: freePorts(t, 3)})
	for address, allowed := range map[string]bool{
		"http://127.0.0.1:8080/v26.0/dialog/oauth?state=x": true,
		"https://www.facebook.com/v26.0/dialog/oauth":      true,
		"http://127.0.0.1:8081/v26.0/dialog/oauth":         false,
		"http://localhost:8080/v26.0/dialog/oauth":         false,
		"https://127.0.0.1:8080/v26.0/dialog/oauth":        false,
		"http://127.0.0.1:8080@evil.example/":              false,
		"https://evil.example/":                            false,
		"http://evil.example:80/":                          false,
	} {
		if err := w.Open(t.Context(), address); (err == nil) != allowed {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestSystemBrowser runs the real opener against a stand-in for xdg-open.
//
// Covers A1, A7, PL12.
func TestSystemBrowser(t *testing.T) {
	folder := t.TempDir()
	seen := filepath.Join(folder, "seen")
	script := "#!/bin/sh\nprintf '%s' \"$1\" >'" + seen + "'\necho noise; echo noise >&2\n"
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	w := openWorld(t, nil)
	if err := w.Open(t.Context(), signInPage); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(seen); string(got) != signInPage {
		t.Errorf("the opener got %q", got)
	}
	t.Setenv("PATH", t.TempDir())
	if err := w.Open(t.Context(), signInPage); problem.CodeOf(err) != problem.BrowserFailed {
		t.Errorf("without an opener: %v", err)
	}
}
