package keychain

import (
	"sync"

	keyring "github.com/zalando/go-keyring"
)

// ring is what this package needs of a keychain. get and delete fail with
// keyring.ErrNotFound for what is not there.
type ring interface {
	set(name, value string) error
	get(name string) (string, error)
	delete(name string) error
}

// systemRing is the operating system's keychain.
type systemRing struct{ service string }

func (r systemRing) set(name, value string) error {
	if err := reachable(); err != nil {
		return err
	}
	return keyring.Set(r.service, name, value)
}

func (r systemRing) get(name string) (string, error) {
	if err := reachable(); err != nil {
		return "", err
	}
	return keyring.Get(r.service, name)
}

func (r systemRing) delete(name string) error {
	if err := reachable(); err != nil {
		return err
	}
	return keyring.Delete(r.service, name)
}

// memoryRing is a keychain that always works. go-keyring's own mock is a
// package variable without a lock and cannot be used by two tests at once.
type memoryRing struct {
	mu    sync.Mutex
	items map[string]string
}

func newMemoryRing() *memoryRing { return &memoryRing{items: map[string]string{}} }

func (r *memoryRing) set(name, value string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items[name] = value
	return nil
}

func (r *memoryRing) get(name string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	value, ok := r.items[name]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return value, nil
}

func (r *memoryRing) delete(name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.items[name]; !ok {
		return keyring.ErrNotFound
	}
	delete(r.items, name)
	return nil
}
