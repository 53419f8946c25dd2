//go:build e2e

package atspi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/atspi"
	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/poll"
)

const page = `<!doctype html><html lang="en"><title>Sample</title>
<button>Save</button>
<button><svg width="9" height="9"></svg></button>
<button hidden></button>
<a href="/help">Help</a>
<label>Name <input></label>
<input type="checkbox" checked aria-label="Read">`

// The gate must let named controls pass and stop the button that is a mere
// picture, or else it proves nothing about our own window.
func TestGateStopsANamelessButton(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(page))
	}))
	t.Cleanup(site.Close)
	screen, err := desktop.Start(ctx, desktop.Options{Accessibility: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := screen.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := screen.Open(ctx, site.URL); err != nil {
		t.Fatal(err)
	}

	document := await(ctx, t, screen)
	if document.Controls() != 5 {
		t.Errorf("%d controls on show, want 5", document.Controls())
	}
	nameless := document.Nameless()
	if len(nameless) != 1 || nameless[0].Role != "push button" {
		t.Errorf("nameless are %v, want the button with a picture", nameless)
	}
	for node := range document.All() {
		if node.Role == "check box" && (node.Name != "Read" || !node.States.Has(atspi.Checked)) {
			t.Errorf("check box is %q, checked = %t", node.Name, node.States.Has(atspi.Checked))
		}
	}
	if t.Failed() {
		t.Log("\n" + document.String())
	}
}

// await returns the page's part of the browser's tree, once it is all there.
func await(ctx context.Context, t *testing.T, screen *desktop.Desktop) atspi.Node {
	t.Helper()
	bus, err := screen.Bus(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	var document atspi.Node
	err = poll.Until(ctx, "the page in the accessibility tree", func(ctx context.Context) error {
		tree, err := atspi.Tree(ctx, bus, "Chromium")
		if err != nil {
			return err
		}
		for node := range tree.All() {
			if node.Role == "document web" && node.Name == "Sample" && len(node.Children) > 0 {
				document = node
				return nil
			}
		}
		return fmt.Errorf("no document in\n%v", tree)
	})
	if err != nil {
		t.Fatal(err)
	}
	return document
}
