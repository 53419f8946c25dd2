package window

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/view"
)

// askedService notes that it is asked for what a window opens with.
type askedService struct {
	fakeService
	asked chan struct{}
}

func (s askedService) Opening(ctx context.Context) (view.Snapshot, error) {
	s.asked <- struct{}{}
	return s.fakeService.Opening(ctx)
}

func TestWhatTheWindowOpensWith(t *testing.T) {
	t.Parallel()

	t.Run("is fetched before the page asks for it, and once", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "agent.sock")
		service := askedService{fakeService{events: make(chan view.Event)}, make(chan struct{}, 8)}
		server := serve(t, path, service)
		defer server.Close() //nolint:errcheck // the socket goes with the folder
		w := newWindow(control.NewClient(path), nil)
		w.Open(fakeFramework{events: make(chan string, 16)})
		defer w.Close()
		<-service.asked
		listen(t, w)
		if len(service.asked) > 0 {
			t.Error("what was fetched is asked for again")
		}
		listen(t, w)
		if len(service.asked) != 1 {
			t.Error("a page that was loaded anew is not told how things stand")
		}
	})

	t.Run("is followed by what the page could not hear", func(t *testing.T) {
		t.Parallel()
		w, f, service := newLinked(t)
		service.events <- view.Event{Revision: 8}
		f.want(t, `changed {"revision":8}`) // nobody listens
		listen(t, w)
		f.want(t, `changed {"revision":8}`)
		service.events <- view.Event{Revision: 9}
		f.want(t, `changed {"revision":9}`)
		listen(t, w)
		select {
		case more := <-f.events:
			t.Errorf("a reload is told %s as well", more)
		default:
		}
	})

	t.Run("is asked for again where there was no agent, and is one now", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "agent.sock")
		w := newWindow(control.NewClient(path), func(context.Context) (<-chan error, error) { return nil, errors.New("no such program") })
		f := fakeFramework{events: make(chan string, 16)}
		w.Open(f)
		defer w.Close()
		f.want(t, `agent {"connected":false,"problem":{"code":"agent_start"}}`)
		server := serve(t, path, fakeService{events: make(chan view.Event)})
		defer server.Close() //nolint:errcheck // the socket goes with the folder
		listen(t, w)
	})
}
