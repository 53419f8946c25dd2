package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// closeTimeout is short: a demonstration that is closed has nothing to finish.
const closeTimeout = 2 * time.Second

type running struct {
	http *http.Server
	addr net.Addr
	done chan struct{}
}

// Listen serves on addr until Close. It refuses anything that is not
// loopback: whoever reaches the sandbox may sign in as anybody.
func (s *Server) Listen(addr string) error {
	if err := loopbackOnly(addr); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running != nil {
		return errors.New("listen: the sandbox is listening already")
	}
	select {
	case <-s.closing:
		return errors.New("listen: the sandbox is closed")
	default:
	}
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	run := &running{
		http: &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second},
		addr: l.Addr(), done: make(chan struct{}),
	}
	s.running = run
	go func() {
		defer close(run.done)
		_ = run.http.Serve(l) // ends with ErrServerClosed; the listener is ours
	}()
	return nil
}

// URL is the address after Listen, empty before.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == nil {
		return ""
	}
	return "http://" + s.running.addr.String()
}

// Close stops listening and waits until every call is over. It may be called
// twice, and without Listen.
func (s *Server) Close() error {
	s.closeOnce.Do(func() { close(s.closing) })
	s.mu.Lock()
	run := s.running
	s.mu.Unlock()
	if run == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	err := run.http.Shutdown(ctx)
	if err != nil {
		err = run.http.Close() // a browser that keeps a connection half open
	}
	<-run.done
	if err != nil {
		return fmt.Errorf("close sandbox: %w", err)
	}
	return nil
}

func loopbackOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("listen on %q: %w", addr, err)
	}
	if !isLoopback(host) {
		return fmt.Errorf("listen on %q: the sandbox serves loopback addresses only", addr)
	}
	return nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
