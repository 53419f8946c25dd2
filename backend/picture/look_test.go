package picture

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

func TestLook(t *testing.T) {
	t.Parallel()
	t.Run("brings a small copy and keeps none", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "a1")
		face, err := w.Look(t.Context(), social.NewSecret(w.origin+"/1.png"))
		must(t, err)
		if face.Type != "image/png" || len(face.Bytes) == 0 || w.changed.Load() != 0 {
			t.Errorf("%s of %d bytes, told %d times", face.Type, len(face.Bytes), w.changed.Load())
		}
		if kept := w.store.state("a1").Version; kept != "" {
			t.Errorf("version %s was kept", kept)
		}
	})
	t.Run("goes nowhere but to the networks' servers", func(t *testing.T) {
		t.Parallel()
		_, err := newWorld(t).Look(t.Context(), social.NewSecret("http://169.254.169.254/?sig=hush"))
		wantError(t, err, errServer)
	})
	t.Run("brings a few at a time", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		arrived, leave := make(chan struct{}, 2*atOnce), make(chan struct{})
		w.serves(func(rw http.ResponseWriter, _ *http.Request) {
			arrived <- struct{}{}
			<-leave
			rw.WriteHeader(http.StatusNotFound)
		})
		var all sync.WaitGroup
		for range 2 * atOnce {
			all.Go(func() { _, _ = w.Look(t.Context(), social.NewSecret(w.origin)) })
		}
		for range atOnce {
			<-arrived
		}
		if w.asked.Load() != atOnce {
			t.Errorf("%d were asked for at once", w.asked.Load())
		}
		close(leave)
		all.Wait()
		if w.asked.Load() != 2*atOnce {
			t.Errorf("%d were asked for", w.asked.Load())
		}
	})
	for what, end := range map[string]func(w *world, cancel func()){
		"its caller": func(_ *world, cancel func()) { cancel() },
		"the keeper": func(w *world, _ func()) { w.Close() },
	} {
		t.Run("ends with "+what, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			w.serves(func(_ http.ResponseWriter, r *http.Request) {
				end(w, cancel)
				<-r.Context().Done()
			})
			if _, err := w.Look(ctx, social.NewSecret(w.origin)); !errors.Is(err, errUnreachable) {
				t.Errorf("error %v", err)
			}
		})
	}
}
