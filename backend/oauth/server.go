package oauth

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Limits that keep dribbling and idle connections from holding the receiver
// (L10), and Close from waiting for them (L11).
const (
	headerTimeout  = 3 * time.Second
	writeTimeout   = 5 * time.Second
	maxHeaderBytes = 16 << 10
	shutdownLimit  = 500 * time.Millisecond
	// pageLimit is how long Close lets the browser fetch the page it has been
	// sent to; without it the person would see "connection refused" after a
	// sign-in that went well.
	pageLimit = 400 * time.Millisecond
)

// serve starts one goroutine for each listener; Close waits for them.
func (r *Receiver) serve() {
	r.server = &http.Server{
		Handler:           http.HandlerFunc(r.handle),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       headerTimeout,
		WriteTimeout:      writeTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		// "OPTIONS *" would be answered with 200 before our checks.
		DisableGeneralOptionsHandler: true,
		// net/http's own messages quote what clients send.
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
	}
	r.server.SetKeepAlivesEnabled(false)
	for _, listener := range r.binding.listeners {
		r.serving.Go(func() { _ = r.server.Serve(listener) })
	}
}

// Close frees the port and ends a Wait that is under way. After an answer it
// first lets the browser fetch its page; it takes less than a second in all
// (L11, CB27). It may be called twice.
//
// A browser opener that still runs is waited for only as long: xdg-open may
// live as long as the browser does (A7), and ending it would end the browser.
// Its goroutine, which holds nothing but the address, then ends with it.
func (r *Receiver) Close() error {
	r.closing.Do(func() {
		r.awaitPage()
		r.openers.close()
		r.end()
		ctx, cancel := context.WithTimeout(context.Background(), shutdownLimit)
		defer cancel()
		if r.server.Shutdown(ctx) != nil {
			_ = r.server.Close()
		}
		r.binding.close()
		r.serving.Wait()
		r.openers.wait(ctx)
		r.logRejected()
	})
	return nil
}

func (r *Receiver) awaitPage() {
	select {
	case <-r.arrived:
	default:
		return
	}
	if !r.redirected {
		return
	}
	select {
	case <-r.shown:
	case <-time.After(pageLimit):
	}
}
