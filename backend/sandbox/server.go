package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Server plays all four provider origins (both web sites, both APIs). It is
// an http.Handler; Listen is for those who have no server of their own.
type Server struct {
	opts    Options
	crowd   *crowd
	ledger  *ledger
	codes   *codes
	flows   *flows
	faults  *faults
	console *console
	journal *journal
	pages   *renderer

	closing   chan struct{} // wakes calls that are being slow
	closeOnce sync.Once
	mu        sync.Mutex // guards running
	running   *running
}

// New reads the state file, if there is one, and starts nothing.
func New(o Options) (*Server, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	l, err := openLedger(o.StatePath)
	if err != nil {
		return nil, fmt.Errorf("open sandbox: %w", err)
	}
	pages, err := newRenderer(o.Language)
	if err != nil {
		return nil, fmt.Errorf("open sandbox: %w", err)
	}
	return &Server{
		opts: o, crowd: &crowd{team: o.Team}, ledger: l, pages: pages,
		codes: &codes{known: map[string]code{}}, flows: &flows{known: map[string]flow{}},
		faults: newFaults(o.LinkedInRevoke), console: &console{}, journal: &journal{},
		closing: make(chan struct{}),
	}, nil
}

// Log returns what has been asked and what came of it, oldest first.
func (s *Server) Log() []Entry { return s.journal.all() }

// Reset forgets every grant, code, dialog, fault, change of an app and log line. Tokens from
// before it are refused, also after a new sign-in.
func (s *Server) Reset() error {
	if err := s.ledger.update(func(st *state) { *st = newState() }); err != nil {
		return fmt.Errorf("reset sandbox: %w", err)
	}
	s.codes.forget()
	s.flows.forget()
	s.faults.reset(s.opts.LinkedInRevoke)
	s.console.forget()
	s.journal.forget()
	return nil
}

func (s *Server) now() time.Time { return s.opts.Now() }

// nap holds a call for d, or until its client or the server has gone.
func (s *Server) nap(r *http.Request, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-r.Context().Done():
		return r.Context().Err()
	case <-s.closing:
		return errors.New("sandbox is closing")
	}
}
