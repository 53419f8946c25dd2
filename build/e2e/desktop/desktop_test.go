//go:build e2e

package desktop_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

const page = `<!doctype html><html lang="en"><title>Consent</title>
<h1>Do you agree?</h1>
<label><input type="checkbox"> I have read it</label>
<label>Name <input></label>
<button disabled>Continue</button> <p role="status"></p>
<script>
  const [box, name] = document.querySelectorAll("input"), button = document.querySelector("button")
  // Later than at once, so that only who waits gets there.
  box.onchange = () => setTimeout(() => { button.disabled = false }, 300)
  button.onclick = () => { document.querySelector("[role=status]").textContent = "Thank you, " + name.value }
</script>`

// The whole way of a sign-in: the desktop's own opener starts a real browser,
// which shows a page, on which a person acts.
func TestPersonSignsInWithTheDesktopsBrowser(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	site := serve(t, page)
	screen := start(ctx, t, desktop.Options{})

	ok(t, screen.Open(ctx, site+"/consent?state=~a(b)"))
	browser, err := webdriver.Browser(ctx, screen)
	ok(t, err)
	ok(t, browser.SwitchToTab(ctx, "/consent?state=~a(b)"))
	ok(t, browser.Tick(ctx, webdriver.Role("checkbox", "I have read it"), true))
	ok(t, browser.Fill(ctx, webdriver.Role("textbox", "Name"), "João"))
	ok(t, browser.Click(ctx, webdriver.Role("button", "Continue")))
	_, err = browser.Find(ctx, webdriver.Text("Thank you, João"))
	ok(t, err)

	// A second address opens in the same browser.
	ok(t, screen.Open(ctx, site+"/second"))
	ok(t, browser.SwitchToTab(ctx, "/second"))

	picture := filepath.Join(t.TempDir(), "screen.png")
	ok(t, screen.Screenshot(ctx, picture))
	if file, err := os.Stat(picture); err != nil || file.Size() < 10_000 {
		t.Errorf("the picture shows nothing: %v, %v", file, err)
	}
	ok(t, browser.Close(ctx))
}

func TestCloseLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	screen := start(ctx, t, desktop.Options{})
	ok(t, screen.Open(ctx, serve(t, page)))
	_, err := screen.BrowserAddress(ctx)
	ok(t, err)

	ok(t, screen.Close())
	if _, err := os.Stat(screen.Home()); !os.IsNotExist(err) {
		t.Errorf("the desktop's folder is still there: %v", err)
	}
	ok(t, screen.Close())
}

func start(ctx context.Context, t *testing.T, options desktop.Options) *desktop.Desktop {
	t.Helper()
	screen, err := desktop.Start(ctx, options)
	ok(t, err)
	t.Cleanup(func() { ok(t, screen.Close()) })
	return screen
}

func serve(t *testing.T, page string) string {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(page))
	}))
	t.Cleanup(site.Close)
	return site.URL
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
