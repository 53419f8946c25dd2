package oauth

import (
	"net/http"
	"sync"
	"testing"
)

// Covers CB21, CB22, CB34, L7.
func TestRepeatedCallback(t *testing.T) {
	t.Parallel()
	t.Run("CB21 of a hundred at once exactly one counts", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		const visitors = 100
		var mu sync.Mutex
		led := map[string]int{}
		var all sync.WaitGroup
		for range visitors {
			all.Go(func() {
				got := w.visit(w.target())
				mu.Lock()
				defer mu.Unlock()
				led[got.header.Get("Location")]++
			})
		}
		all.Wait()
		if led[w.path+"/done"] != 1 || led[w.path+"/again"] != visitors-1 {
			t.Errorf("visitors were led to %v", led)
		}
		w.hasCode("the-code")
	})
	t.Run("CB22 Back and Refresh show that it is done and change nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.visit(w.target())
		got := w.visit(w.target(with("code", "another-code")))
		if got.status != http.StatusSeeOther || got.header.Get("Location") != w.path+"/again" {
			t.Errorf("status %d to %q", got.status, got.header.Get("Location"))
		}
		w.hasCode("the-code")
	})
	t.Run("CB22 a guess after the end is still refused", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.visit(w.target())
		if got := w.visit(w.target(with("state", "wrong"))); got.status != http.StatusBadRequest {
			t.Errorf("status %d", got.status)
		}
	})
	t.Run("CB34 a web shield that fetches first leaves one code and a page for the person", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.visit(w.target(), "User-Agent: shield")
		got := w.visit(w.target(), "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
		page := w.visit(got.header.Get("Location"))
		if page.status != http.StatusOK || page.body == "" {
			t.Errorf("the person got status %d", page.status)
		}
		w.hasCode("the-code")
	})
}
