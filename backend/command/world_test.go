package command_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/command"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

var update = flag.Bool("update", false, "write the golden files again")

// world is a command line before a service in memory.
type world struct {
	*controltest.Fake
	// service stands before the fake where a test changes what it does.
	service control.Service
	in      string
	// reader is read instead of in, where it is set.
	reader io.Reader
	// waits: another command is at work first.
	waits     bool
	env       map[string]string
	language  string
	terminals command.Terminals
	openErr   error
	closed    int
	// connected counts the logins that Forget finds, quits the agents ended.
	connected, quits int
}

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func newWorld() *world { return newWorldOf(snapshot()) }

func newWorldOf(s view.Snapshot) *world {
	w := &world{Fake: controltest.New(s), env: map[string]string{}, language: "en"}
	w.service = w.Fake
	return w
}

// result is what a run of the command line left behind.
type result struct {
	code     int
	out, err string
}

func (w *world) run(ctx context.Context, args ...string) result {
	var out, errs bytes.Buffer
	in := w.reader
	if in == nil {
		in = strings.NewReader(w.in)
	}
	code := command.Run(ctx, args, command.Deps{
		Out: &out, Err: &errs, In: in, Languages: []string{w.language}, Terminals: w.terminals, Now: func() time.Time { return noon },
		Getenv: func(name string) string { return w.env[name] },
		Open: func(_ context.Context, _ command.Globals, waiting func()) (control.Service, func(), error) {
			if w.waits {
				waiting()
			}
			return w.service, func() { w.closed++ }, w.openErr
		},
		Agent: func(_ context.Context, g command.Globals) error { fmt.Fprintf(&out, "agent %+v\n", g); return nil },
		Quit:  func(context.Context, command.Globals) error { w.quits++; return nil },
		Forget: func(_ context.Context, _ command.Globals, keepAccess bool) (command.Forgotten, error) {
			if w.connected > 0 && !keepAccess {
				return command.Forgotten{Folder: "/data", Connected: w.connected}, nil
			}
			return command.Forgotten{Folder: "/data", Secrets: 4}, nil
		},
		Version: "0.1.0 (4f2a9c1, 2026-11-22T10:00:00Z)",
		Window:  func(_ context.Context, g command.Globals) error { fmt.Fprintf(&out, "window %+v\n", g); return nil },
		Sandbox: func(_ context.Context, addr string, started func(string)) error {
			if addr == "0.0.0.0:80" {
				return errors.New("not loopback")
			}
			started("http://" + addr)
			return nil
		},
	})
	return result{code, out.String(), errs.String()}
}

// golden compares a run with its file: the command, the exit code, and both
// outputs.
func golden(t *testing.T, name string, args []string, got result) {
	t.Helper()
	text := fmt.Sprintf("$ kontent %s\nexit %d\n-- out --\n%s-- err --\n%s", strings.Join(args, " "), got.code, got.out, got.err)
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-golden +got); run with -update if it is meant:\n%s", path, diff)
	}
}

// snapshot has an account of each sort that the commands tell apart.
func snapshot() view.Snapshot {
	ends := &view.Clock{Kind: social.ClockExpires, At: "2026-05-09T12:00:00Z", Source: social.ToldByProvider}
	return view.Snapshot{
		Revision: 1,
		Frame: view.Frame{
			Version: "0.1.0", Projects: []view.Project{{ID: "p1", Name: "Meu projeto", CreatedAt: "2026-03-01T12:00:00Z"}},
			Apps: []view.ProviderApp{
				{
					Provider: social.Meta, Configured: true, ClientID: "123", HasSecret: true, Redirect: "localhost", Ports: []int{17653},
					APIVersion: "v26.0", RedirectURIs: []string{"http://localhost:17653/callback/meta"},
				},
				{Provider: social.LinkedIn, Redirect: "localhost", Ports: []int{17653}, RedirectURIs: []string{}},
			},
			Attempts: []view.Attempt{},
		},
		Grants: []view.Grant{{
			ID: "g1", Provider: social.Meta, SubjectName: "Ana Souza", State: social.GrantActive, Health: social.Healthy,
			Granted: []social.Scope{}, Declined: []social.Scope{},
		}},
		Accounts: []view.Account{
			{
				ID: "a1", ProjectID: "p1", GrantID: "g1", Provider: social.Meta, Kind: social.FacebookPage, RemoteID: "9007199254740993",
				Name: "Café <da> Esquina", State: social.AccountActive, Health: social.Healthy, CheckedAt: "2026-03-10T12:00:00Z",
				Clocks: view.Clocks{Token: &view.Clock{Kind: social.ClockNever}}, Capabilities: view.CapabilitiesFrom(nil), ConnectedAt: "2026-03-01T12:00:00Z",
			},
			{
				ID: "a2", ProjectID: "p2", GrantID: "g1", Provider: social.Meta, Kind: social.InstagramAccount, RemoteID: "17841400000000001",
				Name: "Loja", Username: "loja", ParentID: "9007199254740993", State: social.AccountActive, Health: social.Healthy,
				Clocks: view.Clocks{DataAccess: ends}, Capabilities: view.CapabilitiesFrom(nil), ConnectedAt: "2026-03-01T12:00:00Z",
			},
			{
				ID: "a3", ProjectID: "p1", GrantID: "g0", Provider: social.LinkedIn, Kind: social.LinkedInMember, RemoteID: "urn:li:person:x",
				Name: "Bia", State: social.AccountDisconnected, Health: social.Disconnected, Capabilities: view.CapabilitiesFrom(nil),
				ConnectedAt: "2026-03-01T12:00:00Z", DisconnectedAt: "2026-03-02T12:00:00Z",
			},
		},
	}
}
