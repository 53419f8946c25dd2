package control

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

const (
	// maxBody bounds a request: the largest is a selection of some thousand
	// remote ids.
	maxBody = 1 << 20
	// host is the Host header that faces send. A browser cannot reach a Unix
	// socket; the check is one more closed door.
	host             = "kontent"
	protocolHeader   = "Kontent-Protocol"
	headerTimeout    = 3 * time.Second
	shutdownPatience = 500 * time.Millisecond
	// replyPatience is how long a face may take to read an answer or an event.
	// One that has stopped for longer is cut off, and asks again once it goes on.
	replyPatience = 30 * time.Second
)

// Server serves a Service on a Unix socket.
type Server struct {
	service Service
	log     *slog.Logger
	leave   func()
	faces   func(count int)

	http     *http.Server
	listener net.Listener
	done     chan struct{}
	// streams ends when the server closes; requests are left to finish.
	streams    context.Context
	endStreams context.CancelFunc

	mu    sync.Mutex
	count int
}

// ServerOptions configure a Server.
type ServerOptions struct {
	Log *slog.Logger
	// Leave is called when a face of another version asks the agent to go.
	Leave func()
	// Faces is told how many faces follow the events, at every change.
	Faces func(count int)
}

// NewServer returns a server of service. Start opens the socket.
func NewServer(service Service, o ServerOptions) *Server {
	if o.Leave == nil {
		o.Leave = func() {}
	}
	if o.Faces == nil {
		o.Faces = func(int) {}
	}
	s := &Server{service: service, log: o.Log, leave: o.Leave, faces: o.Faces, done: make(chan struct{})}
	s.streams, s.endStreams = context.WithCancel(context.Background())
	return s
}

// Start opens the socket at path with mode 0600 in a folder of mode 0700, and
// serves it until Close. The caller holds the agent's lock, so a socket that
// is already there is a leftover and goes.
func (s *Server) Start(ctx context.Context, path string) error {
	folder := filepath.Dir(path)
	err := os.MkdirAll(folder, 0o700)
	if err == nil {
		// A folder that was there before may be open to others, or another's,
		// who may not be given what faces send.
		err = os.Chmod(folder, 0o700) //nolint:gosec // a folder needs its x bit
	}
	if err != nil {
		return problem.New(problem.DataFolder, err).With("path", folder)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return problem.New(problem.DataFolder, err).With("path", path)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "unix", path)
	if err != nil {
		return problem.New(problem.DataFolder, err).With("path", path)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		_ = listener.Close()
		return problem.New(problem.DataFolder, err).With("path", path)
	}
	s.listener = sameUserListener{listener}
	s.http = &http.Server{
		Handler:           s.routes(),
		ConnContext:       paced,
		ReadHeaderTimeout: headerTimeout,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	go func() {
		defer close(s.done)
		if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("serve faces", "err", err)
		}
	}()
	return nil
}

// Close stops serving, ends event streams and removes the socket. It may be
// called twice and before Start.
func (s *Server) Close() error {
	s.endStreams()
	if s.http == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownPatience)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.http.Close()
	}
	<-s.done
	return err
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	s.register(mux)
	s.registerScripts(mux)
	mux.HandleFunc("GET /v1/events", s.events)
	// It says no more than that an agent of this version serves.
	mux.HandleFunc("GET /v1/hello", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	guarded := http.NewServeMux()
	// Leaving is understood by every version, so it stands outside the check.
	guarded.HandleFunc("POST /leave", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
		s.leave()
	})
	guarded.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(protocolHeader) != Protocol {
			reply(w, http.StatusUpgradeRequired, failure{Problem: &view.Problem{Code: string(problem.AgentVersion)}})
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBodyOf(r))
		mux.ServeHTTP(w, r)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != host || r.Header.Get("Origin") != "" {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// events streams one JSON object a line.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	s.face(1)
	defer s.face(-1)
	w.Header().Set("Content-Type", "application/x-ndjson")
	lines := json.NewEncoder(w)
	flush := http.NewResponseController(w)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.streams, cancel)() //nolint:contextcheck // the server ends what the face does not
	err := s.service.Events(ctx, view.Face(r.URL.Query().Get("face")), func(e view.Event) error {
		if err := flush.SetWriteDeadline(time.Now().Add(replyPatience)); err != nil {
			return err
		}
		if err := lines.Encode(e); err != nil {
			return err
		}
		return flush.Flush()
	})
	if err != nil && ctx.Err() == nil {
		s.log.Debug("event stream ended", "err", err)
	}
}

func (s *Server) face(change int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count += change
	s.faces(s.count)
}

// handle serves one method: strict JSON in, JSON out.
func handle[In, Out any](s *Server, mux *http.ServeMux, method string, do func(context.Context, In) (Out, error)) {
	mux.HandleFunc("POST /v1/"+method, func(w http.ResponseWriter, r *http.Request) {
		if tooMany(r.Context(), method) {
			s.fail(r.Context(), w, method, problem.New(problem.TooManyCalls, nil))
			return
		}
		var in In
		decoder := json.NewDecoder(r.Body)
		decoder.DisallowUnknownFields()
		err := decoder.Decode(&in)
		if err == nil && decoder.More() {
			err = errors.New("the request goes on after its JSON")
		}
		if err != nil {
			s.fail(r.Context(), w, method, problem.New(problem.BadRequest, err))
			return
		}
		started := time.Now()
		out, err := do(r.Context(), in)
		if err != nil {
			s.fail(r.Context(), w, method, err)
			return
		}
		s.log.Debug("served", "op", method, "took", time.Since(started))
		reply(w, http.StatusOK, out)
	})
}

// fail is the one place where an error becomes a problem: the chain goes to
// the log, the code to the face.
func (s *Server) fail(ctx context.Context, w http.ResponseWriter, method string, err error) {
	found := problem.From(err)
	level := slog.LevelInfo
	if found.Code == problem.Internal {
		level = slog.LevelError
	}
	s.log.Log(ctx, level, "refused", "op", method, "code", string(found.Code), "err", err)
	reply(w, http.StatusUnprocessableEntity, failure{Problem: view.ProblemFrom(err)})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	flush := http.NewResponseController(w)
	_ = flush.SetWriteDeadline(time.Now().Add(replyPatience))
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
	_ = flush.SetWriteDeadline(time.Time{}) // the connection goes on
}
