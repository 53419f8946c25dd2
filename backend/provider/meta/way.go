package meta

import (
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
func goesOn[N interface{ key() provider.ID }](w *way, e edge[N]) bool {
	fresh := false
	for _, node := range e.Data {
		if id := node.key(); !w.ids[id] {
			w.ids[id], fresh = true, true
		}
	}
	// An empty page in between is known to happen.
	w.idle++
	if fresh {
		w.idle = 0
	}
	return e.Paging.more()
}

// next returns the cursor of the page after p's; ok is false where following it
// would lead nowhere.
func (w *way) next(p paging) (cursor string, ok bool) {
	cursor = p.after()
	if cursor == "" || w.cursors[cursor] || len(w.cursors) >= mostPages || w.idle >= mostIdle {
		return "", false
	}
	w.cursors[cursor] = true
	return cursor, true
}
