package agent

import (
	"context"
	"testing"

	"github.com/kontent/kontent-connect/backend/oauth"
)

// Covers A6.
func TestEveryPageThatAFaceMayNameCanBeOpened(t *testing.T) {
	t.Parallel()
	for name, address := range pages() {
		opened := ""
		flow := &oauth.Flow{OpenURL: func(_ context.Context, address string) error { opened = address; return nil }}
		if err := flow.OpenPage(t.Context(), address); err != nil || opened != address {
			t.Errorf("%s: opened %q, %v", name, opened, err)
		}
	}
}
