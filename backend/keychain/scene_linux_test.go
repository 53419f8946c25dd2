package keychain

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

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
		"hang": func(t *testing.T, s *Store) {
			t.Helper()
			_, err := s.Tokens(t.Context(), "ref")
			wantCode(t, err, problem.KeychainTimeout)
			for range 50 {
				wantCode(t, s.Probe(t.Context()), problem.KeychainLocked)
			}
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
	s := Open("kontent-connect-test", Limits(time.Second, 10*time.Second))
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

func TestGnomeKeyringConforms(t *testing.T) {
	t.Parallel()
	address, _ := startBus(t)
	startKeyring(t, address, t.TempDir(), "throwaway")
	play(t, "conform", "DBUS_SESSION_BUS_ADDRESS="+address)
}

func TestGnomeKeyringLockedWithoutADisplay(t *testing.T) {
	t.Parallel()
	address, _ := startBus(t)
	home := t.TempDir()
	stop := startKeyring(t, address, home, "throwaway") // makes the login collection
	stop()
	startKeyring(t, address, home, "")
	play(t, "locked", "DBUS_SESSION_BUS_ADDRESS="+address)
}

func TestGnomeKeyringWithoutAnyCollection(t *testing.T) {
	t.Parallel()
	address, _ := startBus(t)
	startKeyring(t, address, t.TempDir(), "")
	play(t, "absent", "DBUS_SESSION_BUS_ADDRESS="+address)
}

func TestBusWithoutASecretService(t *testing.T) {
	t.Parallel()
	address, _ := startBus(t)
	play(t, "absent", "DBUS_SESSION_BUS_ADDRESS="+address) // KC02
}

// TestNoBusIsNotStarted is KC01: without a bus the answer is "no keychain", and
// dbus-launch is not run.
func TestNoBusIsNotStarted(t *testing.T) {
	t.Parallel()
	if busAnnounced("", "/run/user/"+uid()) {
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

// startBus starts a private bus that can start no service by itself.
func startBus(tb testing.TB) (address string, stop func()) {
	tb.Helper()
	need(tb, "dbus-daemon")
	config := filepath.Join(tb.TempDir(), "bus.conf")
	const open = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`
	if err := os.WriteFile(config, []byte(open), 0o600); err != nil {
		tb.Fatal(err)
	}
	bus := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--nopidfile", "--print-address=1")
	out, err := bus.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	stop = launch(tb, bus)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		tb.Fatal(err)
	}
	return strings.TrimSpace(line), stop
}

// startKeyring starts gnome-keyring. With a password it makes and unlocks the
// login collection, so that no prompt ever appears.
func startKeyring(tb testing.TB, address, home, password string) (stop func()) {
	tb.Helper()
	need(tb, "gnome-keyring-daemon")
	arguments := []string{"--foreground", "--components=secrets"}
	if password != "" {
		arguments = append(arguments, "--unlock")
	}
	daemon := exec.Command("gnome-keyring-daemon", arguments...)
	daemon.Env = []string{"DBUS_SESSION_BUS_ADDRESS=" + address, "HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_RUNTIME_DIR=" + home, "PATH=" + os.Getenv("PATH")}
	daemon.Stdin = strings.NewReader(password)
	owned := watchOwner(tb, address)
	stop = launch(tb, daemon)
	owned()
	return stop
}

// watchOwner returns a function that waits until somebody owns the name of the
// Secret Service.
func watchOwner(tb testing.TB, address string) (wait func()) {
	tb.Helper()
	conn := connect(tb, address)
	if err := conn.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, secretService)); err != nil {
		tb.Fatal(err)
	}
	changed := make(chan *dbus.Signal, 8)
	conn.Signal(changed)
	return func() {
		for {
			select {
			case signal := <-changed:
				if len(signal.Body) == 3 && signal.Body[0] == secretService && signal.Body[2] != "" {
					return
				}
			case <-time.After(20 * time.Second):
				tb.Fatal("the Secret Service never appeared")
			}
		}
	}
}

func connect(tb testing.TB, address string) *dbus.Conn {
	tb.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	return conn
}

// launch starts a program that ends with the test at the latest.
func launch(tb testing.TB, program *exec.Cmd) (stop func()) {
	tb.Helper()
	if err := program.Start(); err != nil {
		tb.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		_ = program.Process.Kill()
		_ = program.Wait()
	})
	tb.Cleanup(stop)
	return stop
}

// need skips the test where a program is not installed, except on the build
// machine.
func need(tb testing.TB, program string) {
	tb.Helper()
	_, err := exec.LookPath(program)
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		tb.Fatalf("%s must be installed here", program)
	default:
		tb.Skipf("%s is not installed", program)
	}
}
