package oauth

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestStorm is CB26 and CB27: slow connections are held open and junk is sent
// from all sides, and the real callback still comes in within a second, after
// which everything closes within one.
//
// Covers G4, CB26, CB27, L6, L10, L11.
func TestStorm(t *testing.T) {
	slow, hostile := 300, rounds(10_000, 300_000)
	if testing.Short() {
		slow, hostile = 30, 500
	}
	w := newWorld(t)
	dribble(t, w, slow)
	junk := []string{
		request("GET", "/favicon.ico", w.binding.host),
		request("GET", w.path+"?code=x&state=guess", w.binding.host),
		request("GET", w.path+"?error=access_denied", w.binding.host),
		request("POST", w.target(), w.binding.host, "Content-Length: 0"),
		request("GET", w.target(), "evil.example"),
	}
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := n; i < hostile; i += 8 {
				w.send(junk[i%len(junk)])
			}
		})
	}
	all.Wait()

	begun := time.Now()
	w.visit(w.target())
	w.hasCode("the-code")
	if took := time.Since(begun); took > time.Second {
		t.Errorf("CB26 the real callback took %v", took)
	}
	begun = time.Now()
	_ = w.Close()
	if took := time.Since(begun); took > time.Second {
		t.Errorf("CB27 Close took %v", took)
	}
	total := 0
	for _, n := range w.RejectedRequests() {
		total += n
	}
	if total != hostile {
		t.Errorf("counted %d rejected requests, want %d", total, hostile)
	}
	if conn, err := net.Dial("tcp", w.binding.host); err == nil {
		_ = conn.Close()
		t.Error("the port is still open")
	}
}

// dribble opens connections that begin a request and never end it.
func dribble(t *testing.T, w world, n int) {
	t.Helper()
	for range n {
		conn, err := net.Dial("tcp", w.binding.host)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nX: "); err != nil {
			t.Fatal(err)
		}
	}
}

// Covers CB28, L10.
func TestOversizedRequests(t *testing.T) {
	t.Parallel()
	t.Run("CB28 a header of 1 MB is refused and memory stays flat", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if got := w.sendAll(request("GET", w.target(), w.binding.host, "X: "+strings.Repeat("a", 1<<20))); got != 431 {
			t.Errorf("status %d", got)
		}
		runtime.ReadMemStats(&after)
		if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 16<<20 {
			t.Errorf("heap grew by %d", grown)
		}
		w.stillWaits()
	})
	t.Run("CB28 ten thousand headers are refused", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		var headers []string
		for i := range 10_000 {
			headers = append(headers, fmt.Sprintf("X-%d: y", i))
		}
		if got := w.sendAll(request("GET", w.target(), w.binding.host, headers...)); got != 431 {
			t.Errorf("status %d", got)
		}
		w.stillWaits()
	})
	t.Run("CB28 of pipelined requests only the first is answered", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		got := w.send(request("GET", "/", w.binding.host) + request("GET", w.target(), w.binding.host))
		if got.status != http.StatusNotFound || !got.last {
			t.Errorf("status %d, last %t", got.status, got.last)
		}
		w.stillWaits()
	})
}

// sendAll sends a request that the server need not read to its end, and
// returns the status.
func (w world) sendAll(text string) int {
	w.t.Helper()
	conn, err := net.Dial("tcp", w.binding.host)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	go func() { _, _ = io.WriteString(conn, text) }() // ends with the connection
	line := make([]byte, len("HTTP/1.1 431"))
	if _, err := io.ReadFull(conn, line); err != nil {
		w.t.Fatalf("read reply: %v", err)
	}
	var status int
	_, _ = fmt.Sscanf(string(line), "HTTP/1.1 %d", &status)
	return status
}

// Covers CB27, L11.
func TestIdlePreconnectDoesNotDelayClose(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	conn, err := net.Dial("tcp", w.binding.host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	begun := time.Now()
	_ = w.Close()
	if took := time.Since(begun); took > time.Second {
		t.Errorf("CB27 Close took %v", took)
	}
}

// Covers CB27, L10.
func TestDribblingConnectionIsDropped(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("waits for the header timeout")
	}
	w := newWorld(t)
	conn, err := net.Dial("tcp", w.binding.host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nX: ")
	_ = conn.SetReadDeadline(time.Now().Add(headerTimeout + 3*time.Second))
	if _, err := io.ReadAll(conn); err != nil {
		t.Errorf("L10 the connection was still held: %v", err)
	}
}
