package monitor_test

import (
	"testing"
	"time"
)

// TestWhatComesSoonAfterATellIsToldAsSoonAsItMay: what changes right after
// something was told waits for the spacing, and not for the tick after it.
func TestWhatComesSoonAfterATellIsToldAsSoonAsItMay(t *testing.T) {
	t.Parallel()
	bubble(t, "a login mended a few seconds after its notice", func(t *testing.T, h *home) {
		h.start()
		pass(time.Second)
		h.connect("g1", 3*day)
		h.ledger.changed()
		pass(3 * time.Second)
		wantCount(t, "notices", 1, h.voice.told())
		h.reconnect("g1", 60*day)
		pass(8 * time.Second)
		wantCount(t, "recovered too early", 0, h.voice.of("recovered"))
		pass(2 * time.Second)
		wantCount(t, "recovered", 1, h.voice.of("recovered"))
	})
}
