package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/window"
)

// The page says its policy itself, for where the framework passes no headers on.
// Only what a page cannot say about itself is missing there.
//
// Covers W1, W2.
func TestThePolicyIsSaidTwice(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("frontend/index.html")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindSubmatch(page)
	if said == nil {
		t.Fatal("the page has no policy")
	}
	if want := strings.TrimSuffix(policy, "; frame-ancestors 'none'"); string(said[1]) != want || want == policy {
		t.Errorf("the page says\n%s\nand the header\n%s", said[1], policy)
	}
	for _, wide := range []string{"unsafe", "http", "*", "blob:"} {
		if strings.Contains(policy, wide) {
			t.Errorf("the policy allows %s", wide)
		}
	}
	if remote := regexp.MustCompile(`(?:src|href)="(?:https?:)?//`).Find(page); remote != nil {
		t.Errorf("the page loads %s", remote)
	}
}

// Covers W3, W4, W7.
func TestTheWindowsOptions(t *testing.T) {
	t.Parallel()
	o := windowOptions(window.New(window.Options{}), t.TempDir())
	if o.BindingsAllowedOrigins != "" {
		t.Errorf("pages of %s may call the program", o.BindingsAllowedOrigins)
	}
	if o.Debug.OpenInspectorOnStartup || o.EnableDefaultContextMenu {
		t.Error("developer tools or a menu that leads to them")
	}
	if o.DragAndDrop == nil || !o.DragAndDrop.DisableWebViewDrop || o.DragAndDrop.EnableFileDrop {
		t.Error("what is dropped on the page is taken")
	}
	if len(o.Bind) != 1 {
		t.Errorf("%d objects are bound", len(o.Bind))
	}
}
