package keychain

import (
	"errors"
	"maps"
	"os"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestMain(m *testing.M) {
	if os.Getenv(sceneVariable) != "" {
		os.Exit(m.Run()) // a child of scene_linux_test.go: the D-Bus library leaves its goroutines
	}
	goleak.VerifyTestMain(m)
}

// sceneVariable names the scene that a child process plays.
const sceneVariable = "KONTENT_KEYCHAIN_SCENE"

// effect is what a faultRing does to one call.
type effect func(do func() (string, error)) (string, error)

// faultRing is a keychain in memory that misbehaves.
type faultRing struct {
	*memoryRing
	faultMu sync.Mutex
	calls   int
	// fault is asked before each call, numbered from 1; nil lets it through.
	fault func(n int, call, name string) effect
}

func newFaultRing() *faultRing { return &faultRing{memoryRing: newMemoryRing()} }

func (r *faultRing) set(name, value string) error {
	_, err := r.meet("set", name, func() (string, error) { return "", r.memoryRing.set(name, value) })
	return err
}

func (r *faultRing) get(name string) (string, error) {
	return r.meet("get", name, func() (string, error) { return r.memoryRing.get(name) })
}

func (r *faultRing) delete(name string) error {
	_, err := r.meet("delete", name, func() (string, error) { return "", r.memoryRing.delete(name) })
	return err
}

func (r *faultRing) meet(call, name string, do func() (string, error)) (string, error) {
	r.faultMu.Lock()
	r.calls++
	var e effect
	if r.fault != nil {
		e = r.fault(r.calls, call, name)
	}
	r.faultMu.Unlock()
	if e == nil {
		return do()
	}
	return e(do)
}

func (r *faultRing) count() int {
	r.faultMu.Lock()
	defer r.faultMu.Unlock()
	return r.calls
}

// misbehave sets the fault and starts counting again.
func (r *faultRing) misbehave(fault func(n int, call, name string) effect) {
	r.faultMu.Lock()
	defer r.faultMu.Unlock()
	r.calls, r.fault = 0, fault
}

// on meets the calls of one kind.
func on(kind string, e effect) func(int, string, string) effect {
	return func(_ int, call, _ string) effect {
		if call == kind {
			return e
		}
		return nil
	}
}

// The faults.
func lie(func() (string, error)) (string, error)   { return "", nil }
func crash(func() (string, error)) (string, error) { panic("nil pointer") }

func fail(err error) effect { return func(func() (string, error)) (string, error) { return "", err } }

// hang waits for released, then does what was asked.
func hang(released <-chan struct{}) effect {
	return func(do func() (string, error)) (string, error) {
		<-released
		return do()
	}
}

func (r *memoryRing) snapshot() map[string]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.items)
}

func openRing(t *testing.T, r ring, options ...Option) *Store {
	t.Helper()
	s := open("kontent-connect", r, options...)
	t.Cleanup(s.Close)
	return s
}

func tokens(access string) social.TokenSet {
	return social.TokenSet{Access: social.NewSecret(access)}
}

func same(a, b social.TokenSet) bool {
	return a.Access.Equal(b.Access) && a.Refresh.Equal(b.Refresh) && maps.EqualFunc(a.Pages, b.Pages, social.Secret.Equal)
}

func wantCode(t *testing.T, err error, want problem.Code) {
	t.Helper()
	if problem.CodeOf(err) != want {
		t.Errorf("got %v, want %q", err, want)
	}
}

var errOdd = errors.New("odd")
