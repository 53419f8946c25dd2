package agent_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// teamSize is how many people sign in for the throughput, of 51 accounts each.
func teamSize() int {
	if testing.Short() {
		return 20
	}
	return 200
}

// inspectionsAtOnce is how many logins the program asks about at the same time.
const inspectionsAtOnce = 4

// BenchmarkThroughput checks ten thousand accounts of two hundred logins against
// providers that answer at once, and after 50 ms; and has a bare HTTP client make
// the very same requests, as many at once (make bench).
func BenchmarkThroughput(b *testing.B) {
	w, p := newTeam(b)
	accounts := len(w.snapshot().Accounts)
	p.record()
	w.checkAll(accounts)
	logins := p.recorded()
	b.Logf("%d accounts, %d logins, %d requests", accounts, len(logins), p.count)
	for _, latency := range []time.Duration{0, 50 * time.Millisecond} {
		p.slow(latency)
		b.Run(fmt.Sprintf("latency=%v/side=bare", latency), func(b *testing.B) {
			for b.Loop() {
				w.must(replay(logins))
			}
			b.ReportMetric(float64(accounts)*float64(b.N)/b.Elapsed().Seconds(), "accounts/s")
		})
		b.Run(fmt.Sprintf("latency=%v/side=ours", latency), func(b *testing.B) {
			before := heap()
			for b.Loop() {
				w.checkAll(accounts)
			}
			b.ReportMetric(float64(accounts)*float64(b.N)/b.Elapsed().Seconds(), "accounts/s")
			b.ReportMetric(float64(heap()-before), "growth-B")
		})
	}
}

// newTeam is a world in which a whole team is signed in, and its providers
// behind a gate.
func newTeam(b *testing.B) (*world, *gate) {
	b.Helper()
	w := newWorldOf(b, func(o *sandbox.Options) { o.Team = teamSize() })
	p := &gate{next: w.sandbox}
	front := httptest.NewServer(p)
	b.Cleanup(front.Close)
	w.settings.Bases = config.Sandboxed(front.URL)
	w.must(w.Close())
	w.open(agent.Unpaced())
	w.setUpApps()
	for n := range teamSize() {
		offered := w.signIn(social.Meta, fmt.Sprintf("Equipe %03d", n+1))
		var ids []string
		for _, c := range offered.Candidates {
			ids = append(ids, c.RemoteID)
		}
		_, err := w.Select(b.Context(), offered.ID, ids)
		w.must(err)
	}
	return w, p
}

// gate stands before the sandbox: it holds answers back and writes down what was
// asked.
type gate struct {
	next http.Handler

	mu        sync.Mutex
	latency   time.Duration
	recording bool
	order     []string
	asked     map[string][]*http.Request // by login, in order
	count     int
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/sandbox/picture") {
		// Drawing ten thousand of them would be all that is measured.
		http.NotFound(w, r)
		return
	}
	time.Sleep(g.note(r))
	g.next.ServeHTTP(w, r)
}

func (g *gate) note(r *http.Request) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.recording {
		again, err := copied(r)
		if err != nil {
			panic(err)
		}
		login := r.Header.Get("Authorization")
		if _, known := g.asked[login]; !known {
			g.order = append(g.order, login)
		}
		g.asked[login] = append(g.asked[login], again)
		g.count++
	}
	return g.latency
}

// copied is a request that can be sent again; its body is left readable.
func copied(r *http.Request) (*http.Request, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	again, err := http.NewRequest(r.Method, "http://"+r.Host+r.URL.RequestURI(), strings.NewReader(string(body)))
	if err != nil {
		return nil, err
	}
	again.Header = r.Header.Clone()
	again.Header.Del("Content-Length")
	return again, nil
}

func (g *gate) slow(by time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.latency = by
}

func (g *gate) record() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.recording, g.asked = true, map[string][]*http.Request{}
}

// recorded ends the recording and returns what was asked, login by login.
func (g *gate) recorded() (logins [][]*http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.recording = false
	for _, login := range g.order {
		logins = append(logins, g.asked[login])
	}
	return logins
}

// replay makes the requests of each login one after the other, and those of as
// many logins at once as the program does.
func replay(logins [][]*http.Request) error {
	transport := &http.Transport{MaxIdleConnsPerHost: inspectionsAtOnce}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var group errgroup.Group
	group.SetLimit(inspectionsAtOnce)
	for _, requests := range logins {
		group.Go(func() error {
			for _, r := range requests {
				if err := send(client, r); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func send(client *http.Client, r *http.Request) error {
	again := r.Clone(r.Context())
	if r.GetBody != nil {
		body, err := r.GetBody()
		if err != nil {
			return err
		}
		again.Body = body
	}
	response, err := client.Do(again)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	if response.StatusCode != http.StatusOK {
		err = errors.Join(err, fmt.Errorf("%s was answered %s", r.URL.Path, response.Status))
	}
	return errors.Join(err, response.Body.Close())
}

// heap is what is in use once the garbage is gone.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse)
}
