package sandbox

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// state is what survives a restart.
type state struct {
	Version int `json:"version"`
	// Grants by grantKey.
	Grants map[string]grant `json:"grants"`
	// LostRoles by roleKey: the person is no longer on that Page or organization.
	LostRoles map[string]bool `json:"lost_roles,omitempty"`
	// Subscriptions: fields that an app is subscribed to, by client and Page.
	Subscriptions map[string][]string `json:"subscriptions,omitempty"`
	// Giant is the size of the made-up portfolio, if there is one.
	Giant Size `json:"giant,omitzero"`
}

const stateVersion = 1

func newState() state {
	return state{
		Version: stateVersion, Grants: map[string]grant{},
		LostRoles: map[string]bool{}, Subscriptions: map[string][]string{},
	}
}

func grantKey(provider, client, person string) string {
	return provider + "/" + client + "/" + person
}

func roleKey(person, target string) string { return person + "/" + target }

func (s state) clone() state {
	copied := newState()
	copied.Giant = s.Giant
	for k, g := range s.Grants {
		copied.Grants[k] = g.clone()
	}
	maps.Copy(copied.LostRoles, s.LostRoles)
	for k, fields := range s.Subscriptions {
		copied.Subscriptions[k] = slices.Clone(fields)
	}
	return copied
}

// ledger guards the state and its file. A change that cannot be written down
// does not happen.
type ledger struct {
	mu    sync.Mutex
	path  string
	state state
}

func openLedger(path string) (*ledger, error) {
	l := &ledger{path: path, state: newState()}
	if path == "" {
		return l, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read sandbox state: %w", err)
	}
	if err := json.Unmarshal(data, &l.state); err != nil {
		return nil, fmt.Errorf("read sandbox state %s: %w", path, err)
	}
	if l.state.Version != stateVersion {
		return nil, fmt.Errorf("read sandbox state %s: version %d, want %d", path, l.state.Version, stateVersion)
	}
	l.state = l.state.clone() // fills in maps that the file leaves out
	return l, nil
}

func (l *ledger) update(change func(*state)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	next := l.state.clone()
	change(&next)
	if err := l.save(next); err != nil {
		return err
	}
	l.state = next
	return nil
}

func (l *ledger) read(look func(state)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	look(l.state)
}

// grant returns the grant, revoked or not.
func (l *ledger) grant(provider, client, person string) (grant, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	g, ok := l.state.Grants[grantKey(provider, client, person)]
	return g.clone(), ok
}

// live returns the grant unless there is none or it is revoked.
func (l *ledger) live(provider, client, person string) (grant, bool) {
	g, ok := l.grant(provider, client, person)
	return g, ok && !g.Revoked
}

func (l *ledger) lostRole(person, target string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state.LostRoles[roleKey(person, target)]
}

// save writes a new file beside the old one and swaps them, so that a crash
// leaves one of the two whole.
func (l *ledger) save(s state) error {
	if l.path == "" {
		return nil
	}
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("encode sandbox state: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return fmt.Errorf("make folder of sandbox state: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(l.path), filepath.Base(l.path)+".*") // 0600
	if err != nil {
		return fmt.Errorf("write sandbox state: %w", err)
	}
	_, err = tmp.Write(data)
	err = cmp.Or(err, tmp.Sync())
	err = cmp.Or(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), l.path)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
		return fmt.Errorf("write sandbox state: %w", err)
	}
	return nil
}

// nextSerial numbers a token that is about to be issued.
func (l *ledger) nextSerial(provider, client, person string) (int, error) {
	serial := 0
	err := l.update(func(s *state) {
		key := grantKey(provider, client, person)
		g := s.Grants[key]
		g.Serial++
		serial = g.Serial
		s.Grants[key] = g
	})
	return serial, err
}
