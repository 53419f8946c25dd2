// Package buslog writes down what crosses a desktop's bus about notifications
// and the tray, one JSON object a line: for a person to read, and for a test to
// look for what must have crossed and what must not. The traffic of the keyring,
// which is there to carry secrets, is none of its business.
package buslog

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// backlog is how many messages may wait to be written. The connection drops what
// finds no room, so it is far more than a burst of icons and menus.
const backlog = 1 << 16

// Log is a record under way.
type Log struct {
	connect func() (*dbus.Conn, error)
	monitor *dbus.Conn
	file    *os.File
	stop    chan struct{}
	done    chan struct{}
	closing sync.Once
	failure error // of writing; read after done

	mu       sync.Mutex
	messages []Message
	marks    map[string]bool
}

// Start writes what crosses the bus from now on to a file, over one that is
// there. It connects through the function, more than once.
func Start(ctx context.Context, connect func() (*dbus.Conn, error), file string) (*Log, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // pictures and records are for everybody
		return nil, err
	}
	out, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	monitor, err := connect()
	if err != nil {
		return nil, errors.Join(err, out.Close())
	}
	incoming := make(chan *dbus.Message, backlog)
	err = monitor.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.Monitoring.BecomeMonitor", 0, []string{}, uint32(0)).Err
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listen on the bus: %w", err), monitor.Close(), out.Close())
	}
	l := &Log{
		connect: connect, monitor: monitor, file: out,
		stop: make(chan struct{}), done: make(chan struct{}), marks: map[string]bool{},
	}
	monitor.Eavesdrop(incoming)
	go l.write(incoming)
	return l, nil
}

// write keeps what is of interest, until the bus ends or somebody has heard
// enough.
func (l *Log) write(incoming <-chan *dbus.Message) {
	defer close(l.done)
	lines := json.NewEncoder(l.file)
	lines.SetEscapeHTML(false)
	kept := newFilter()
	for {
		select {
		case raw, alive := <-incoming:
			if !alive {
				return
			}
			l.hear(raw, kept, lines)
		case <-l.stop:
			return
		}
	}
}

func (l *Log) hear(raw *dbus.Message, kept filter, lines *json.Encoder) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if token, ok := mark(raw); ok {
		l.marks[token] = true
	}
	message, ok := kept.take(raw)
	if !ok {
		return
	}
	l.messages = append(l.messages, message)
	if err := lines.Encode(message); err != nil {
		l.failure = errors.Join(l.failure, err)
	}
}

// markSignal is what a reader sends over the bus to know, when it arrives, that
// all that was said before has arrived too.
const markSignal = "kontent.test.Mark"

func mark(raw *dbus.Message) (string, bool) {
	if raw.Type != dbus.TypeSignal || header(raw, dbus.FieldInterface)+"."+header(raw, dbus.FieldMember) != markSignal {
		return "", false
	}
	token, ok := first(raw)
	return token, ok
}

// Messages is everything that crossed before the call.
func (l *Log) Messages(ctx context.Context) ([]Message, error) {
	if err := l.catchUp(ctx); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.messages), nil
}

func (l *Log) catchUp(ctx context.Context) error {
	conn, err := l.connect()
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // nothing is lost with it
	token := rand.Text()
	if err := conn.Emit("/", markSignal, token); err != nil {
		return fmt.Errorf("mark the record: %w", err)
	}
	return poll.Until(ctx, "the record of the bus", func(context.Context) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		if !l.marks[token] {
			return errors.New("the mark has not arrived")
		}
		return nil
	})
}

// Await waits for the first message that fits and returns it.
func (l *Log) Await(ctx context.Context, what string, fits func(Message) bool) (Message, error) {
	var found Message
	err := poll.Until(ctx, what+" on the bus", func(context.Context) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		at := slices.IndexFunc(l.messages, fits)
		if at < 0 {
			return fmt.Errorf("it is not among %d messages", len(l.messages))
		}
		found = l.messages[at]
		return nil
	})
	return found, err
}

// farewell is how long Close waits for what is still under way.
const farewell = time.Second

// Close ends the record and leaves the file. It may be called twice.
func (l *Log) Close() (err error) {
	l.closing.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), farewell)
		defer cancel()
		_ = l.catchUp(ctx)       // fails when the bus is gone, and then all of it has arrived
		l.monitor.Eavesdrop(nil) // or closing the connection could close a channel in use
		close(l.stop)
		<-l.done
		err = errors.Join(l.monitor.Close(), l.failure, l.file.Close())
	})
	return err
}
