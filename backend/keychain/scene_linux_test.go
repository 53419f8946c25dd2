package keychain

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/backend/keychain/keychaintest"
	"github.com/kontent/kontent-connect/backend/notify/notifytest"
	"github.com/kontent/kontent-connect/backend/problem"
)

// The tests of this file run the real go-keyring. It finds its bus in the
// environment and keeps it for the life of the process, so that every scene is
// played by a child process, on a bus of its own.

// scenes are what children play.
func scenes() map[string]func(*testing.T, *Store) {
	return map[string]func(*testing.T, *Store){
		"conform": conform,
		"absent": func(t *testing.T, s *Store) {
			t.Helper()
			wantCode(t, s.Probe(t.Context()), problem.KeychainAbsent)
			wantCode(t, s.PutTokens(t.Context(), "ref", tokens("a")), problem.KeychainAbsent)
		},
		"locked": func(t *testing.T, s *Store) {
			t.Helper()
			wantCode(t, s.Probe(t.Context()), problem.KeychainLocked)
			_, err := s.Tokens(t.Context(), "ref")
			wantCode(t, err, problem.KeychainLocked)
		},
		"dismiss unlock": func(t *testing.T, s *Store) {
			t.Helper()
			_, err := s.Tokens(t.Context(), "ref")
			wantCode(t, err, problem.KeychainDismissed)
		},
		"dismiss create": func(t *testing.T, s *Store) {
			t.Helper()
			wantCode(t, s.PutTokens(t.Context(), "ref", tokens("a")), problem.KeychainNotSaved)
		},
		"dismiss delete": func(t *testing.T, s *Store) {
			t.Helper()
			roundTrip(t, s, "ref", tokens("a"))
			wantCode(t, s.Delete(t.Context(), "ref"), problem.KeychainDismissed)
		},
		"silent": func(t *testing.T, s *Store) {
			t.Helper()
			begun := time.Now()
			_, err := s.Tokens(t.Context(), "ref")
			wantCode(t, err, problem.KeychainTimeout)
			for range 50 {
				wantCode(t, s.Probe(t.Context()), problem.KeychainLocked)
			}
			t.Logf("fifty-one answers in %v", time.Since(begun))
		},
		"silent save": func(t *testing.T, s *Store) {
			t.Helper()
			wantCode(t, s.PutTokens(t.Context(), "ref", tokens("a")), problem.KeychainTimeout)
			wantCode(t, s.PutTokens(t.Context(), "ref", tokens("a")), problem.KeychainLocked)
		},
		"lying create": func(t *testing.T, s *Store) {
			t.Helper()
			wantCode(t, s.PutTokens(t.Context(), "ref", tokens("a")), problem.KeychainNotSaved)
			_, err := s.Tokens(t.Context(), "ref")
			wantCode(t, err, problem.TokenMissing)
		},
		"hang": func(t *testing.T, s *Store) {
			t.Helper()
			_, err := s.Tokens(t.Context(), "ref")
			wantCode(t, err, problem.KeychainTimeout)
			for range 50 {
				wantCode(t, s.Probe(t.Context()), problem.KeychainLocked)
			}
		},
		"vanishes": func(t *testing.T, s *Store) {
			t.Helper()
			code := problem.CodeOf(s.PutTokens(t.Context(), "ref", tokens("a")))
			if code != problem.KeychainTimeout && code != problem.KeychainAbsent {
				t.Errorf("got %q", code)
			}
			wantCode(t, s.Probe(t.Context()), problem.KeychainAbsent)
		},
		"bus dies": func(t *testing.T, s *Store) {
			t.Helper()
			_, err := s.Tokens(WithPerson(t.Context()), "ref")
			wantCode(t, err, problem.KeychainTimeout)
			wantCode(t, s.Probe(t.Context()), problem.KeychainAbsent) // a new connection is tried
		},
	}
}

// TestScene is the child's side.
func TestScene(t *testing.T) {
	name := os.Getenv(sceneVariable)
	if name == "" {
		t.Skip("only in a child process")
	}
	s := Open("kontent-connect-test", Limits(lockedPatience+time.Second, 10*time.Second))
	defer s.Close()
	scenes()[name](t, s)
}

// play runs a scene in a child process with nothing but env.
func play(t *testing.T, scene string, env ...string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestScene$", "-test.count=1", "-test.v")
	child.Env = append(env, sceneVariable+"="+scene)
	out, err := child.CombinedOutput()
	if err != nil || strings.Contains(string(out), "SKIP") {
		t.Errorf("scene %q: %v\n%s", scene, err, out)
	}
}

// Covers KC12, KC20.
func TestGnomeKeyringConforms(t *testing.T) {
	t.Parallel()
	bus := notifytest.StartBus(t)
	keychaintest.Gnome(t, bus.Connect(t), bus.Address, t.TempDir(), "throwaway")
	playOn(t, bus, "conform")
}

// playOn is play on a bus.
func playOn(t *testing.T, bus *notifytest.Bus, scene string) {
	t.Helper()
	play(t, scene, "DBUS_SESSION_BUS_ADDRESS="+bus.Address)
}

// Covers KC03.
func TestGnomeKeyringLockedWithoutADisplay(t *testing.T) {
	t.Parallel()
	bus := notifytest.StartBus(t)
	home := t.TempDir()
	stop := keychaintest.Gnome(t, bus.Connect(t), bus.Address, home, "throwaway") // makes the login collection
	stop()
	keychaintest.Gnome(t, bus.Connect(t), bus.Address, home, "")
	playOn(t, bus, "locked")
}

// Covers KC21.
func TestGnomeKeyringWithoutAnyCollection(t *testing.T) {
	t.Parallel()
	bus := notifytest.StartBus(t)
	keychaintest.Gnome(t, bus.Connect(t), bus.Address, t.TempDir(), "")
	playOn(t, bus, "absent")
}

// Covers S11, KC02.
func TestBusWithoutASecretService(t *testing.T) {
	t.Parallel()
	playOn(t, notifytest.StartBus(t), "absent")
}

// TestSecretServiceThatDoesNotStart: the bus can start one by itself, which ends
// at once, or never becomes ready.
//
// Covers KC02.
func TestSecretServiceThatDoesNotStart(t *testing.T) {
	t.Parallel()
	for program, scene := range map[string]string{"/bin/false": "absent", "/bin/sleep 120": "silent"} {
		t.Run(scene, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			service := "[D-BUS Service]\nName=org.freedesktop.secrets\nExec=" + program + "\n"
			if err := os.WriteFile(filepath.Join(folder, "secrets.service"), []byte(service), 0o600); err != nil {
				t.Fatal(err)
			}
			playOn(t, notifytest.StartBus(t, folder), scene)
		})
	}
}

// TestBusThatSaysNothing: the socket is there, and nobody speaks on it.
//
// Covers KC02, KC03.
func TestBusThatSaysNothing(t *testing.T) {
	t.Parallel()
	socket := filepath.Join(t.TempDir(), "bus")
	silent, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	play(t, "silent", "DBUS_SESSION_BUS_ADDRESS=unix:path="+socket)
}

// TestNoBusIsNotStarted: without a bus the answer is "no keychain", and
// dbus-launch is not run.
//
// Covers S11, KC01.
func TestNoBusIsNotStarted(t *testing.T) {
	t.Parallel()
	if busAnnounced("", "/run/user/"+strconv.Itoa(os.Getuid())) {
		t.Skip("this machine announces a bus for every process")
	}
	folder := t.TempDir()
	ran := filepath.Join(folder, "ran")
	if err := os.WriteFile(filepath.Join(folder, "dbus-launch"), []byte("#!/bin/sh\n: >"+ran+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"", "autolaunch:"} {
		play(t, "absent", "PATH="+folder, "DBUS_SESSION_BUS_ADDRESS="+address)
	}
	play(t, "absent", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere/bus") // a dead one
	if _, err := os.Stat(ran); !errors.Is(err, os.ErrNotExist) {
		t.Error("dbus-launch was run")
	}
}

func TestBusAnnounced(t *testing.T) {
	t.Parallel()
	empty, full := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "bus"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		address, folder string
		want            bool
	}{
		{"unix:path=/x", empty, true}, {"", empty, false}, {"autolaunch:", empty, false},
		{"autolaunch:scope=*user", empty, false}, {"", full, true},
	} {
		if got := busAnnounced(tc.address, tc.folder); got != tc.want {
			t.Errorf("%q, %v: %v", tc.address, tc.folder == full, got)
		}
	}
}

// Covers KC02, KC04, KC21.
func TestClassifyBusErrors(t *testing.T) {
	t.Parallel()
	unlock := func(path string) error { return errors.New("failed to unlock correct collection '" + path + "'") }
	const login, alias = "/org/freedesktop/secrets/collection/login", "/org/freedesktop/secrets/aliases/default"
	for name, tc := range map[string]struct {
		err  error
		took time.Duration
		want problem.Code
	}{
		"KC02 nobody provides the service":        {dbus.Error{Name: "org.freedesktop.DBus.Error.ServiceUnknown"}, 0, problem.KeychainAbsent},
		"KC02 the service started and ended":      {dbus.Error{Name: "org.freedesktop.DBus.Error.Spawn.ChildExited"}, 0, problem.KeychainAbsent},
		"KC02 the service did not answer":         {dbus.Error{Name: "org.freedesktop.DBus.Error.NoReply"}, 0, problem.KeychainTimeout},
		"the service says that it is locked":      {dbus.Error{Name: "org.freedesktop.Secret.Error.IsLocked"}, 0, problem.KeychainLocked},
		"the bus went away":                       {dbus.ErrClosed, 0, problem.KeychainTimeout},
		"KC04 a person closed the prompt":         {unlock(login), time.Second, problem.KeychainDismissed},
		"KC04 a person closed another's prompt":   {unlock(alias), time.Second, problem.KeychainDismissed},
		"nobody could be asked":                   {unlock(login), 20 * time.Millisecond, problem.KeychainLocked},
		"KC21 there is no keyring at all":         {unlock(alias), 20 * time.Millisecond, problem.KeychainAbsent},
		"an error of the service's own invention": {dbus.Error{Name: "org.example.Odd"}, 0, problem.KeychainLocked},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantCode(t, classify(tc.err, tc.took), tc.want)
		})
	}
}

// TestMisbehavingSecretService plays the scenes in which a person, or the
// desktop, does what gnome-keyring cannot be asked to do.
//
// Covers KC03, KC04, KC05, KC06, KC07, KC08, KC21, G8.
func TestMisbehavingSecretService(t *testing.T) {
	t.Parallel()
	type behaviour = keychaintest.Behaviour
	dismissed := (*keychaintest.Service).Dismiss
	for name, tc := range map[string]struct {
		scene string
		behaviour
	}{
		"it behaves":                         {"conform", behaviour{}},
		"the unlock prompt is dismissed":     {"dismiss unlock", behaviour{Prompt: keychaintest.Unlock, Answer: dismissed}},
		"the save prompt is dismissed":       {"dismiss create", behaviour{Prompt: keychaintest.Create, Answer: dismissed}},
		"the delete prompt is dismissed":     {"dismiss delete", behaviour{Prompt: keychaintest.Delete, Answer: dismissed}},
		"the save prompt meets a signal":     {"dismiss create", behaviour{Prompt: keychaintest.Create, Answer: (*keychaintest.Service).Distract}},
		"the delete prompt meets a signal":   {"dismiss delete", behaviour{Prompt: keychaintest.Delete, Answer: (*keychaintest.Service).Distract}},
		"it says that it saved":              {"lying create", behaviour{Lie: keychaintest.Create}},
		"it says that it deleted":            {"dismiss delete", behaviour{Lie: keychaintest.Delete}},
		"the prompt is never answered":       {"hang", behaviour{Prompt: keychaintest.Unlock}},
		"it does not open a session":         {"silent save", behaviour{Hang: keychaintest.Open}},
		"it does not answer a search":        {"silent", behaviour{Hang: keychaintest.Search}},
		"it vanishes while it saves":         {"vanishes", behaviour{Vanish: keychaintest.Create}},
		"it says that it is locked":          {"locked", behaviour{Locked: true}},
		"there are two collections":          {"conform", behaviour{Collections: []dbus.ObjectPath{"/org/freedesktop/secrets/collection/work", keychaintest.Login}}},
		"there is a collection but no login": {"conform", behaviour{Collections: []dbus.ObjectPath{"/org/freedesktop/secrets/collection/kdewallet"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bus := notifytest.StartBus(t)
			keychaintest.Serve(t, bus.Connect(t), tc.behaviour)
			playOn(t, bus, tc.scene)
		})
	}
	t.Run("the bus dies during the prompt", func(t *testing.T) {
		t.Parallel()
		bus := notifytest.StartBus(t)
		keychaintest.Serve(t, bus.Connect(t), behaviour{Prompt: keychaintest.Unlock, Answer: func(*keychaintest.Service) { bus.Stop() }})
		playOn(t, bus, "bus dies")
	})
}
