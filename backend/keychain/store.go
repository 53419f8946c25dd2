// Package keychain keeps secrets in the operating system's keychain, through
// go-keyring.
//
// It owns what go-keyring leaves open (security.md 3.1): deadlines for calls
// that can block for ever, the proof that what was "saved" is there and what
// was "deleted" is gone, the size limits of Windows and macOS, and errors with
// a code. It refuses to know what a grant or an account is, and it has no
// other place to put a secret: without a keychain it says so (S11).
package keychain

import (
	"context"
	"fmt"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// How long one call to the keychain may take. Three seconds are generous for a
// machine and far too few for a person who looks for a password.
const (
	backgroundLimit = 3 * time.Second
	personLimit     = 60 * time.Second
)

// Store is a vault of secrets under one service name. Its methods may be
// called from many goroutines; the keychain sees one call at a time.
type Store struct {
	service string
	worker  *worker
	limits  limits
	// locked reports whether the keychain would ask for its password, as far
	// as the system tells; nil where that is not known.
	locked func(context.Context) bool
	// unlockedAt is when it was last found not to be, by the wall clock, so that
	// a night asleep counts. It belongs to whoever has the turn.
	unlockedAt time.Time
}

type limits struct{ background, person time.Duration }

// Option changes how a Store works.
type Option func(*Store)

// Limits sets how long one call to the keychain may take: in the background,
// and while a person is present (WithPerson).
func Limits(background, person time.Duration) Option {
	return func(s *Store) { s.limits = limits{background: background, person: person} }
}

// Open returns a Store in the operating system's keychain under the service
// name. It touches nothing yet: ask Probe whether there is a keychain. It
// starts one goroutine, which Close ends.
func Open(service string, options ...Option) *Store {
	s := open(service, systemRing{service: service}, options...)
	s.locked = systemLocked
	return s
}

// NewMemory returns a Store that forgets everything when the process ends, for
// tests and for people who choose to go without a keychain.
func NewMemory(service string, options ...Option) *Store {
	return open(service, newMemoryRing(), options...)
}

func open(service string, r ring, options ...Option) *Store {
	s := &Store{service: service, worker: newWorker(r), limits: limits{backgroundLimit, personLimit}}
	for _, option := range options {
		option(s)
	}
	go s.worker.run()
	return s
}

// Close ends the Store; calls after it fail. It waits for a call that is under
// way, but no longer than a second: a keychain that never answers keeps its
// one goroutine until the process ends. It may be called twice.
func (s *Store) Close() { s.worker.close() }

// during runs one operation on the entry ref, alone, and says in errors what
// was being done.
func (s *Store) during(ctx context.Context, act string, ref social.TokenRef, operate func(turn) error) error {
	if !validName(s.service) || !validName(string(ref)) {
		return problem.New(problem.BadRequest, fmt.Errorf("%s: the name is not opaque", act))
	}
	t, err := s.worker.begin(ctx, s.limit(ctx))
	if err != nil {
		return fmt.Errorf("%s: %w", act, err)
	}
	defer t.end()
	if err := s.unlocked(ctx, t); err != nil {
		return fmt.Errorf("%s: %w", act, err)
	}
	if err := operate(t); err != nil {
		return fmt.Errorf("%s: %w", act, err)
	}
	return nil
}

// unlocked fails with problem.KeychainLocked when the keychain would ask for
// its password and nobody is there who asked for something: a prompt that opens
// by itself is one that people learn to fear (peers.md E13). It is the worker's
// to ask, because connecting to a bus can hang as well.
func (s *Store) unlocked(ctx context.Context, t turn) error {
	now := time.Now().Round(0)
	if since := now.Sub(s.unlockedAt); s.locked == nil || present(ctx) || since >= 0 && since < stillUnlocked {
		return nil
	}
	_, err := t.worker.ask(ctx, t.limit, func(ring) (string, error) {
		if s.locked(ctx) {
			return "", errLocked
		}
		return "", nil
	})
	if err == nil {
		s.unlockedAt = now
	}
	return err
}

// stillUnlocked is how long one answer stands for the next entries: a check of
// many logins reads them one after the other, and asking takes up to two calls
// beside the seven of a read.
const stillUnlocked = time.Second

// maxNameLength keeps the whole command of macOS's security tool below its
// 4,096 bytes, together with a part of partSize.
const maxNameLength = 100

// validName reports whether a name can stand in a command line, a D-Bus
// attribute and a Windows target without quoting (KC19). Names can be seen by
// others (S8), so they are opaque anyway.
func validName(name string) bool {
	if name == "" || len(name) > maxNameLength {
		return false
	}
	for _, c := range []byte(name) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-':
		default:
			return false
		}
	}
	return true
}
