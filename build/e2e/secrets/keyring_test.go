//go:build e2e

package secrets_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/secrets"
)

func TestKeyring(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	screen, err := desktop.Start(ctx, desktop.Options{Keyring: desktop.UnlockedKeyring})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := screen.Close(); err != nil {
			t.Error(err)
		}
	})

	none, err := secrets.Keyring(ctx, screen, "sample")
	if err != nil || len(none) > 0 {
		t.Fatalf("an empty keyring holds %v, %v", none, err)
	}
	want := []secrets.Entry{
		{Label: "One", Secret: "first", Attributes: map[string]string{"service": "sample", "username": "a"}},
		{Label: "Two", Secret: "ends = here\n\nor here", Attributes: map[string]string{"service": "sample", "username": "b"}},
	}
	for _, entry := range want {
		store := screen.Command(ctx, "secret-tool", "store", "--label", entry.Label,
			"service", "sample", "username", entry.Attributes["username"])
		store.Stdin = strings.NewReader(entry.Secret)
		if out, err := store.CombinedOutput(); err != nil {
			t.Fatalf("store: %v: %s", err, out)
		}
	}
	got, err := secrets.Keyring(ctx, screen, "sample")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keyring (-want +got):\n%s", diff)
	}
}

func TestNoKeyringIsNotAnEmptyOne(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	screen, err := desktop.Start(ctx, desktop.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := screen.Close(); err != nil {
			t.Error(err)
		}
	})
	if entries, err := secrets.Keyring(ctx, screen, "sample"); err == nil {
		t.Errorf("nobody keeps secrets here, and yet: %v", entries)
	}
}
