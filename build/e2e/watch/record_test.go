//go:build e2e

package watch_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/buslog"
	"github.com/kontent/kontent-connect/build/e2e/notice"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/secrets"
)

// told is one notification that the program asked for.
type told struct {
	title, body string
	labels      []string // of its buttons
	urgency     float64
	replaces    uint32
	at          time.Time
}

func (t told) String() string { return fmt.Sprintf("%q: %q %q", t.title, t.body, t.labels) }

// notifies lists what the program asked the desktop to show, from the bus.
func (w *world) notifies() []told {
	w.t.Helper()
	messages, err := w.Desktop.BusRecord().Messages(w.ctx)
	ok(w.t, err)
	var all []told
	for _, m := range messages {
		if m.Kind == buslog.Call && m.Interface == notice.Service && m.Member == "Notify" {
			all = append(all, read(m))
		}
	}
	return all
}

func read(m buslog.Message) told {
	t := told{at: m.At}
	t.replaces, _ = m.Body[1].(uint32)
	t.title, _ = m.Body[3].(string)
	t.body, _ = m.Body[4].(string)
	actions, _ := m.Body[5].([]any)
	for i := 0; i+1 < len(actions); i += 2 {
		if actions[i] != "default" {
			t.labels = append(t.labels, fmt.Sprint(actions[i+1]))
		}
	}
	hints, _ := m.Body[6].(map[string]any)
	if level, is := hints["urgency"].(byte); is {
		t.urgency = float64(level)
	}
	return t
}

// awaitNotice waits until so many notifications were asked for in all, and
// returns the last of them.
func (w *world) awaitNotice(count int) told {
	w.t.Helper()
	var all []told
	ok(w.t, poll.Until(w.ctx, fmt.Sprintf("notification %d", count), func(context.Context) error {
		all = w.notifies()
		if len(all) < count {
			return fmt.Errorf("there are %v", all)
		}
		return nil
	}))
	w.onlyTold(count)
	return all[count-1]
}

// onlyTold: so many notifications were asked for until now and no more.
func (w *world) onlyTold(count int) {
	w.t.Helper()
	if all := w.notifies(); len(all) != count {
		w.t.Fatalf("%d notifications instead of %d: %v", len(all), count, all)
	}
}

// silence is longer than the watcher ever takes to tell of a change.
const silence = 13 * time.Second

// staysSilent gives the watcher the time that it takes to tell of a change and
// sees that it tells nothing.
func (w *world) staysSilent() {
	w.t.Helper()
	before, begun := len(w.notifies()), time.Now()
	ok(w.t, poll.Until(w.ctx, "a silence", func(context.Context) error {
		if time.Since(begun) < silence {
			return errors.New("not long enough yet")
		}
		return nil
	}))
	w.onlyTold(before)
}

// noSecretCrossed looks for every token, app secret, code and state in all that
// crossed the bus, and for words that an admin should not have to know.
func (w *world) noSecretCrossed(service string) {
	w.t.Helper()
	messages, err := w.Desktop.BusRecord().Messages(w.ctx)
	ok(w.t, err)
	record, err := json.Marshal(messages)
	ok(w.t, err)
	hidden := w.hidden(service)
	for _, leak := range secrets.Search(hidden, "the bus", string(record)) {
		w.t.Error(leak)
	}
	if len(secrets.Search(map[string][]byte{"a name": []byte("pradocomunicacao")}, "the bus", string(record))) == 0 {
		w.t.Error("the search does not even find an account's name on the bus")
	}
	for _, m := range messages {
		if said := strings.ToLower(fmt.Sprint(m.Body...)); m.Interface == notice.Service && strings.Contains(said, "token") {
			w.t.Errorf("a person is told of a token: %v", m.Body)
		}
	}
}

// hidden is what must cross nowhere, by name.
func (w *world) hidden(service string) map[string][]byte {
	w.t.Helper()
	entries, err := secrets.Keyring(w.ctx, w.Desktop, service)
	ok(w.t, err)
	hidden := map[string][]byte{}
	for _, entry := range entries {
		for i, token := range entry.Tokens() {
			hidden[fmt.Sprintf("secret %d of %s", i+1, entry.Attributes["username"])] = []byte(token)
		}
	}
	tokens := len(hidden)
	addresses, err := w.BrowserRequests(w.ctx)
	ok(w.t, err)
	for _, address := range addresses {
		u, err := url.Parse(address)
		ok(w.t, err)
		for _, name := range []string{"code", "state"} {
			if value := u.Query().Get(name); value != "" {
				hidden[fmt.Sprintf("%s %d", name, len(hidden))] = []byte(value)
			}
		}
	}
	if tokens < 3 || len(hidden) < tokens+2 {
		w.t.Errorf("there are %d tokens and secrets and %d codes and states to look for", tokens, len(hidden)-tokens)
	}
	return hidden
}
