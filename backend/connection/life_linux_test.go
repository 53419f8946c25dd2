package connection_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/backend/keychain"
	"github.com/kontent/kontent-connect/backend/keychain/keychaintest"
	"github.com/kontent/kontent-connect/backend/social"
)

// lifeService is the name under which lives keep their secrets.
const lifeService = "kontent-connect-life"

// life is a world whose data outlives the process.
type life struct {
	*world
	folder string
}

// TestLife is one run of the program that TestKilledAtAnyMoment kills. It says
// aloud where it is.
func TestLife(t *testing.T) {
	folder := os.Getenv(lifeVariable)
	if folder == "" {
		t.Skip("only in a child process")
	}
	l := openLife(t, folder)
	l.recover()
	if os.Getenv(lifeVariable+"_LAST") == "true" {
		return
	}
	for {
		l.act()
	}
}

func openLife(t *testing.T, folder string) *life {
	t.Helper()
	w := bareWorld(t)
	l := &life{w, folder}
	w.path = filepath.Join(folder, "life.db")
	bus, err := dbus.ConnectSessionBus()
	w.must(err)
	w.secrets = keychain.Open(lifeService, keychain.Limits(20*time.Second, 20*time.Second))
	w.entries = func() map[social.TokenRef]bool {
		names, err := keychaintest.Entries(bus, lifeService)
		w.must(err)
		refs := map[social.TokenRef]bool{}
		for _, name := range names {
			ref, _, _ := strings.Cut(name, ".") // its parts are numbered
			refs[social.TokenRef(ref)] = true
		}
		return refs
	}
	p := w.provider
	p.refreshes, p.strict, p.padding, p.keep = true, true, strings.Repeat("x", 2500), l.keepNetwork
	l.loadNetwork()
	w.ends(5 * 24 * time.Hour) // so that every check renews
	w.start()
	return l
}

// network is what the provider knows, on the disk.
type network struct {
	Live              []string
	Issued, Refreshed int
}

// keepNetwork stores what the network knows, at once as a whole, before it
// answers. The caller holds the provider's lock.
func (l *life) keepNetwork() {
	n := network{Issued: l.provider.issued, Refreshed: l.provider.refreshed}
	for token := range l.provider.live {
		n.Live = append(n.Live, token)
	}
	body, err := json.Marshal(n)
	l.must(err)
	path := filepath.Join(l.folder, "network")
	l.must(os.WriteFile(path+".new", body, 0o600))
	l.must(os.Rename(path+".new", path))
}

func (l *life) loadNetwork() {
	body, err := os.ReadFile(filepath.Join(l.folder, "network"))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	l.must(err)
	var n network
	l.must(json.Unmarshal(body, &n))
	l.provider.issued, l.provider.refreshed = n.Issued, n.Refreshed
	for _, token := range n.Live {
		l.provider.live[token] = true
	}
}

// say tells whoever listens, at once.
func say(format string, args ...any) { _, _ = fmt.Printf("\nlife: "+format+"\n", args...) }

// recover does what every start does, and holds what is there to the promises.
func (l *life) recover() {
	l.t.Helper()
	say("recovering")
	begun, err := l.db.Intents(l.t.Context())
	l.must(err)
	before := l.undone()
	l.must(l.Recover(l.t.Context()))
	if told := l.undone() - before; told != len(begun) {
		l.t.Errorf("%d changes were undone, and %d told", len(begun), told)
	}
	l.Sweep(l.t.Context())
	l.check()
	l.wantWhole("after the kill")
	l.wantAcknowledged()
	rotated := 0
	for _, access := range l.wantHonest("after the kill") {
		if l.first(access) {
			rotated++
		}
	}
	if l.t.Failed() {
		l.t.FailNow()
	}
	say("whole undone=%d rotated=%d", len(begun), rotated)
}

// first reports whether no life has met this access before.
func (l *life) first(access social.Secret) bool {
	name := strings.ReplaceAll(strings.TrimRight(access.Reveal(), "x"), " ", "-")
	file, err := os.OpenFile(filepath.Join(l.folder, "dead-"+name), os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return false
	}
	l.must(err)
	l.must(file.Close())
	return true
}

// note writes down what was begun and what the program said is done.
func (l *life) note(what string) {
	file, err := os.OpenFile(filepath.Join(l.folder, "diary"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	l.must(err)
	_, err = file.WriteString(what + "\n")
	l.must(errors.Join(err, file.Close()))
	say("%s", what)
}

// wantAcknowledged holds the accounts to the diary: who was told "connected" is,
// and who was told "disconnected" is not. What was only begun may be either.
func (l *life) wantAcknowledged() {
	l.t.Helper()
	diary, err := os.ReadFile(filepath.Join(l.folder, "diary"))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	l.must(err)
	want := map[string]string{}
	for line := range strings.Lines(string(diary)) {
		words := strings.Fields(line)
		for _, id := range words[2:] {
			switch {
			case words[0] == "end":
				want[id] = words[1]
			case words[1] == "disconnect" || want[id] != "connect":
				delete(want, id)
			}
		}
	}
	connected := map[string]bool{}
	accounts, err := l.db.Accounts(l.t.Context())
	l.must(err)
	for _, a := range accounts {
		connected[a.RemoteID] = connected[a.RemoteID] || a.State == social.AccountActive
	}
	for id, is := range want {
		if connected[id] != (is == "connect") {
			l.t.Errorf("account %s was told %q; connected: %v", id, is, connected[id])
		}
	}
}

// act runs one use case, whichever.
func (l *life) act() {
	l.setUp()
	ids := [][]string{{"1"}, {"2"}, {"1", "91"}, {"1", "2", "91"}}[rand.IntN(4)]
	active := l.active()
	switch n := rand.IntN(10); {
	case len(active) == 0 || n < 3:
		l.noted("connect", ids, func() error { return l.trySelect(ids...) })
	case n < 6:
		l.noted("renew", nil, func() error { _, err := l.Check(l.t.Context(), nil); return err })
	case n < 7:
		l.noted("secret", nil, l.setApp)
		l.noted("reconnect", nil, func() error { return l.trySelect() })
	case n < 9:
		l.noted("disconnect", active[:1], func() error {
			_, err := l.Disconnect(l.t.Context(), l.living(active[0]).ID, false)
			return err
		})
	default:
		l.noted("disconnect", active, func() error {
			_, err := l.Disconnect(l.t.Context(), l.living(active[0]).ID, true)
			return err
		})
	}
}

func (l *life) noted(what string, ids []string, do func() error) {
	l.t.Helper()
	l.note(strings.TrimSpace("begin " + what + " " + strings.Join(ids, " ")))
	if err := do(); err != nil {
		l.t.Fatalf("%s: %v", what, err)
	}
	l.note(strings.TrimSpace("end " + what + " " + strings.Join(ids, " ")))
}

// setUp makes the project and the app, where no life has come to it yet.
func (l *life) setUp() {
	projects, err := l.db.Projects(l.t.Context())
	l.must(err)
	if len(projects) == 0 {
		p, err := l.AddProject(l.t.Context(), "Café")
		l.must(err)
		projects = append(projects, p)
	}
	l.project = projects[0].ID
	apps, err := l.db.ProviderApps(l.t.Context())
	l.must(err)
	if len(apps) == 0 {
		l.noted("secret", nil, l.setApp)
	}
}

func (l *life) setApp() error {
	_, err := l.SetApp(l.t.Context(), social.ProviderApp{Provider: social.Meta, ClientID: "app"}, social.NewSecret("app secret"))
	return err
}

// active lists the remote ids of the accounts that are connected.
func (l *life) active() (ids []string) {
	accounts, err := l.db.Accounts(l.t.Context())
	l.must(err)
	for _, a := range accounts {
		if a.State == social.AccountActive {
			ids = append(ids, a.RemoteID)
		}
	}
	return ids
}

// living returns the connected account of a remote id, of which there may be
// former ones as well.
func (l *life) living(remoteID string) social.Account {
	accounts, err := l.db.Accounts(l.t.Context())
	l.must(err)
	for _, a := range accounts {
		if a.RemoteID == remoteID && a.State == social.AccountActive {
			return a
		}
	}
	l.t.Fatalf("%s is not connected", remoteID)
	return social.Account{}
}
