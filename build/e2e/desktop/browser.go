package desktop

import (
	"context"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// The desktop's browser is a real one. It is told to keep to the pages it is
// sent to, and to take orders from a test on a port of its choice.
const browserScript = `#!/bin/sh
# Returns at once, like a browser that is already open. A second start hands its
# address to the first one, which shows it in a new tab.
exec >>'%[1]s/log/browser.log' 2>&1 </dev/null
setsid '%[2]s'%[3]s \
  --user-data-dir='%[1]s/browser' --remote-debugging-port=0 --accept-lang='%[6]s' \
  --no-first-run --no-default-browser-check --test-type --disable-gpu --disable-dev-shm-usage \
  --disable-background-networking --disable-component-update --disable-sync --disable-default-apps \
  --disable-domain-reliability --disable-breakpad --metrics-recording-only --no-pings \
  --disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication \
  --password-store=basic --hide-crash-restore-bubble \
  --window-position=%[4]s --window-size=%[5]s "$@" &
`

const browserEntry = `[Desktop Entry]
Type=Application
Name=Browser
Exec=%s %%u
MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;
`

const browserDefaults = `[Default Applications]
x-scheme-handler/http=browser.desktop
x-scheme-handler/https=browser.desktop
text/html=browser.desktop
`

// registerBrowser makes the browser what the desktop's own opener finds. The
// variable BROWSER would not do: xdg-open asks the desktop entries first.
func (d *Desktop) registerBrowser(context.Context) error {
	browser, err := firstProgram("chromium", "chromium-browser", "google-chrome")
	if err != nil {
		return err
	}
	var flags string
	if os.Getuid() == 0 {
		flags += " --no-sandbox" // it refuses to start as root otherwise
	}
	if d.options.Accessibility {
		flags += " --force-renderer-accessibility" // it waits for a screen reader's first question otherwise
	}
	script := d.Path("browser.sh")
	place := d.options.Browser
	text := fmt.Sprintf(browserScript, d.dir, browser, flags, pair(place.Min), pair(place.Size()), d.webLanguage())
	if err := os.WriteFile(script, []byte(text), 0o700); err != nil { //nolint:gosec // a script must be executable
		return err
	}
	entry := d.Path("data", "applications", "browser.desktop")
	if err := os.WriteFile(entry, fmt.Appendf(nil, browserEntry, script), 0o600); err != nil {
		return err
	}
	return os.WriteFile(d.Path("config", "mimeapps.list"), []byte(browserDefaults), 0o600)
}

func pair(p image.Point) string { return fmt.Sprintf("%d,%d", p.X, p.Y) }

// webLanguage writes "pt_BR.UTF-8" the way pages are asked for: "pt-BR".
func (d *Desktop) webLanguage() string {
	language, _, _ := strings.Cut(d.options.Language, ".")
	return strings.ReplaceAll(language, "_", "-")
}

// Open asks the desktop to show an address, as a program would.
func (d *Desktop) Open(ctx context.Context, url string) error {
	out, err := d.Command(ctx, "xdg-open", url).CombinedOutput()
	if err != nil {
		return fmt.Errorf("xdg-open: %w: %s", err, out)
	}
	return nil
}

// BrowserAddress waits until the browser runs, whoever opened it, and returns
// the address at which it takes a test's orders.
func (d *Desktop) BrowserAddress(ctx context.Context) (string, error) {
	var port string
	err := poll.Until(ctx, "the browser", func(context.Context) error {
		said, err := os.ReadFile(d.Path("browser", "DevToolsActivePort"))
		if err != nil {
			return err
		}
		first, rest, _ := strings.Cut(string(said), "\n")
		if rest == "" {
			return fmt.Errorf("half a file: %q", said)
		}
		port = first
		return nil
	})
	return "127.0.0.1:" + port, err
}

func firstProgram(names ...string) (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return filepath.Abs(path)
		}
	}
	return "", fmt.Errorf("none of %v: %w", names, exec.ErrNotFound)
}
