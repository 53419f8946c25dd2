package meta

import (
	"encoding/json"

	"github.com/kontent/kontent-connect/backend/provider"
)

// way is how far one listing was followed. It ends listings that go in circles
// or on for ever (security.md GR10).
type way struct {
	cursors map[string]bool
	ids     map[provider.ID]bool
	idle    int // pages in a row that brought nothing new
}

func newWay() *way { return &way{cursors: map[string]bool{}, ids: map[provider.ID]bool{}} }

// goesOn takes in a page that was read, and reports whether the provider says
// that there is another.
func (w *way) goesOn(e edge) bool {
	fresh := false
	for _, raw := range e.Data {
		var node struct {
			ID provider.ID `json:"id"`
		}
		if json.Unmarshal(raw, &node) == nil && !w.ids[node.ID] {
			w.ids[node.ID], fresh = true, true
		}
	}
	// An empty page in between is known to happen.
	w.idle++
	if fresh {
		w.idle = 0
	}
	return e.more()
}

// next returns the cursor of the page after e; ok is false where following it
// would lead nowhere.
func (w *way) next(e edge) (cursor string, ok bool) {
	cursor = e.after()
	if cursor == "" || w.cursors[cursor] || len(w.cursors) >= mostPages || w.idle >= mostIdle {
		return "", false
	}
	w.cursors[cursor] = true
	return cursor, true
}
