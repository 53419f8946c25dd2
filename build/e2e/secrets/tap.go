package secrets

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
)

// Tap stands between programs that talk over a Unix socket and writes down what
// they say.
type Tap struct {
	listener net.Listener
	to       string
	running  sync.WaitGroup

	mu        sync.Mutex
	asked     bytes.Buffer
	answered  bytes.Buffer
	connected map[net.Conn]bool // nil once closed
}

// Listen takes connections at one path and passes them on to another.
func Listen(at, to string) (*Tap, error) {
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return nil, err
	}
	listener, err := net.Listen("unix", at) //nolint:noctx // it listens until Close
	if err != nil {
		return nil, fmt.Errorf("tap: %w", err)
	}
	t := &Tap{listener: listener, to: to, connected: map[net.Conn]bool{}}
	t.running.Go(t.accept)
	return t, nil
}

// Asked and Answered are what crossed so far, in each direction.
func (t *Tap) Asked() string { return t.said(&t.asked) }

// Answered is the other direction.
func (t *Tap) Answered() string { return t.said(&t.answered) }

func (t *Tap) said(by *bytes.Buffer) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return by.String()
}

// Close ends the tap and the connections through it.
func (t *Tap) Close() error {
	err := t.listener.Close()
	t.mu.Lock()
	for conn := range t.connected {
		_ = conn.Close()
	}
	t.connected = nil
	t.mu.Unlock()
	t.running.Wait()
	return err
}

func (t *Tap) accept() {
	for {
		from, err := t.listener.Accept()
		if err != nil {
			return
		}
		to, err := net.Dial("unix", t.to) //nolint:noctx // loopback, and closed with the tap
		if err != nil {
			_ = from.Close()
			continue
		}
		if err := t.keep(from, to); err != nil {
			return
		}
		t.running.Go(func() { t.pass(to, from, &t.asked) })
		t.running.Go(func() { t.pass(from, to, &t.answered) })
	}
}

func (t *Tap) keep(conns ...net.Conn) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, conn := range conns {
		if t.connected == nil {
			_ = conn.Close()
			continue
		}
		t.connected[conn] = true
	}
	if t.connected == nil {
		return errors.New("closed")
	}
	return nil
}

// pass copies one direction until it ends, and ends the other with it.
func (t *Tap) pass(to, from net.Conn, record *bytes.Buffer) {
	_, _ = io.Copy(to, io.TeeReader(from, locked{&t.mu, record}))
	_ = to.Close()
	_ = from.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.connected, to)
	delete(t.connected, from)
}

// locked lets several write to one buffer.
type locked struct {
	mu *sync.Mutex
	to *bytes.Buffer
}

func (l locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}
