package sandbox

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// logSize bounds the memory of a demonstration that runs for days.
const logSize = 5000

// Entry is one request and what it led to. It never holds a token, a code, a
// secret or a query string.
type Entry struct {
	Seq      int       `json:"seq"`
	At       time.Time `json:"at"`
	Method   string    `json:"method"`
	Path     string    `json:"path"`
	Status   int       `json:"status"` // 0: the connection was dropped
	Provider string    `json:"provider,omitempty"`
	Person   string    `json:"person,omitempty"`
	Target   string    `json:"target,omitempty"`
	// Events in order, e.g. "signed_in", "grant_created", "code_issued",
	// "token_issued", "revoked", "page_unsubscribed", "refused", "fault".
	Events []string `json:"events,omitempty"`
	// Code and Subcode are those of the provider's error answer.
	Code    int `json:"code,omitempty"`
	Subcode int `json:"subcode,omitempty"`
}

type journal struct {
	mu      sync.Mutex
	seq     int
	entries []Entry
}

func (j *journal) add(e Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.seq++
	e.Seq = j.seq
	j.entries = append(j.entries, e)
	// Not moved down, which would move all of them with every request; append
	// does when there is no room left behind them.
	j.entries = j.entries[max(0, len(j.entries)-logSize):]
}

func (j *journal) all() []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	copied := slices.Clone(j.entries)
	for i := range copied {
		copied[i].Events = slices.Clone(copied[i].Events)
	}
	return copied
}

func (j *journal) forget() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries = nil
}

// safePath hides what a careless client may have put into a path: no honest
// segment is longer than this, and the id of a dialog is nobody's business.
func safePath(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		afterFlow := i > 0 && segments[i-1] == "flow"
		if len(s) > 36 || afterFlow || strings.Contains(s, "|") {
			segments[i] = "…"
		}
	}
	return strings.Join(segments, "/")
}
