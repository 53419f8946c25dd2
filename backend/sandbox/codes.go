package sandbox

import (
	"crypto/rand"
	"sync"
	"time"
)

// How long a code lives: Meta's figure is general knowledge, LinkedIn's is
// documented (linkedin.md 1.3).
const (
	metaCodeLife     = 10 * time.Minute
	linkedInCodeLife = 30 * time.Minute
)

// code is what an authorization code stands for. Codes live in memory only.
type code struct {
	provider  string
	client    string
	person    string
	redirect  string
	epoch     uint64
	challenge string // native PKCE
	expires   time.Time
	used      bool
}

type codes struct {
	mu    sync.Mutex
	known map[string]code
}

// issue remembers c under a fresh value.
func (cs *codes) issue(c code, now time.Time) string {
	value := "AQ" + CodeMark + rand.Text() + rand.Text() + rand.Text() + rand.Text()
	cs.mu.Lock()
	defer cs.mu.Unlock()
	for k, old := range cs.known {
		// Kept well beyond their end, to tell "used" and "expired" from "unknown".
		if now.After(old.expires.Add(24 * time.Hour)) {
			delete(cs.known, k)
		}
	}
	cs.known[value] = c
	return value
}

// take returns the code and, when accept says so, uses it up. Looking and
// using are one step, so two racing exchanges cannot both win.
func (cs *codes) take(provider, value string, accept func(code) bool) (code, bool) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	c, ok := cs.known[value]
	if !ok || c.provider != provider {
		return code{}, false
	}
	if accept(c) {
		used := c
		used.used = true
		cs.known[value] = used
	}
	return c, true
}

func (cs *codes) forget() {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.known = map[string]code{}
}
