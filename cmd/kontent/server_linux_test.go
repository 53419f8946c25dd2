package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/sandbox/sandboxtest"
)

// TestOnAServer runs the program as scripts do on a machine without a display,
// which has a session bus and gnome-keyring, against the stand-in for the
// networks. Each script has a bus, a keyring and networks of its own; they run
// one after the other, because apps at the networks have fixed ports.
func TestOnAServer(t *testing.T) {
	t.Parallel()
	need(t, "dbus-daemon")
	need(t, "gnome-keyring-daemon")
	var turn sync.Mutex
	testscript.Run(t, testscript.Params{
		Dir: "testdata/server",
		Setup: func(env *testscript.Env) error {
			turn.Lock()
			env.Defer(turn.Unlock)
			plain(env)
			session := machine{env.WorkDir, env.Defer}
			address, err := session.startBus()
			if err != nil {
				return err
			}
			env.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
			if err := session.startKeyring(address); err != nil {
				return err
			}
			return startNetworks(env)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "signin": signin, "act": act, "account": account, "signalled": signalled, "served": served, "hides": hides,
		},
	})
}

// networksKey is where a script finds its networks.
type networksKey struct{}

// startNetworks starts the stand-in for the networks.
func startNetworks(env *testscript.Env) error {
	server, err := sandbox.New(sandbox.Options{Language: "en"})
	if err == nil {
		err = server.Listen("127.0.0.1:0")
	}
	if err != nil {
		return err
	}
	env.Defer(func() { _ = server.Close() })
	env.Values[networksKey{}] = server
	for _, base := range []string{"META_WEB", "META_GRAPH", "LINKEDIN_WEB", "LINKEDIN_API"} {
		env.Setenv("KONTENT_"+base+"_URL", server.URL())
	}
	env.Setenv("META_ID", sandbox.MetaClientID)
	env.Setenv("LINKEDIN_ID", sandbox.LinkedInClientID)
	for name, secret := range map[string]string{"meta.secret": sandbox.MetaClientSecret, "linkedin.secret": sandbox.LinkedInClientSecret} {
		if err := os.WriteFile(filepath.Join(env.WorkDir, name), []byte(secret+"\n"), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// act makes the networks do something: act change_password meta "Ana Souza".
func act(ts *testscript.TestScript, _ bool, args []string) {
	server, ok := ts.Value(networksKey{}).(*sandbox.Server)
	if !ok || len(args) != 3 {
		ts.Fatalf("usage: act DO PROVIDER PERSON")
	}
	ts.Check(server.Do(sandbox.Action{Do: args[0], Provider: args[1], Person: args[2]}))
}

// ready makes a program of the script's, in its folder and environment.
func ready(ts *testscript.TestScript, args []string) *exec.Cmd {
	path, err := exec.LookPath(args[0])
	ts.Check(err)
	c := exec.Command(path, args[1:]...)
	c.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "HOME", "LANG", "KONTENT_DATA_DIR", "KONTENT_KEYCHAIN", "DBUS_SESSION_BUS_ADDRESS", "GORACE",
		"KONTENT_META_WEB_URL", "KONTENT_META_GRAPH_URL", "KONTENT_LINKEDIN_WEB_URL", "KONTENT_LINKEDIN_API_URL"} {
		if value := ts.Getenv(name); value != "" {
			c.Env = append(c.Env, name+"="+value)
		}
	}
	return c
}

// signin runs a command that prints the address of a sign-in, and signs a
// person in there who says yes to everything: signin 'Ana Souza' kontent ...
func signin(ts *testscript.TestScript, neg bool, args []string) {
	c := ready(ts, args[1:])
	reading, writing := io.Pipe()
	c.Stdout, c.Stderr = io.MultiWriter(ts.Stdout(), writing), io.MultiWriter(ts.Stderr(), writing)
	visited := make(chan error, 1)
	go func() { visited <- visit(reading, args[0]) }()
	err := c.Run()
	_ = writing.Close()
	ts.Check(<-visited)
	if failed := err != nil; failed != neg {
		ts.Fatalf("%v ended with %v", args[1:], err)
	}
}

// visit signs a person in at the address that said has in it.
func visit(said io.Reader, person string) error {
	defer func() { _, _ = io.Copy(io.Discard, said) }()
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/[^\s"]*(?:oauth|authorization)[^\s"]*`).FindString(lines.Text())
		if address == "" {
			continue
		}
		visitor, err := sandboxtest.New("en")
		if err != nil {
			return err
		}
		callback, err := visitor.SignIn(context.Background(), address, person)
		if err != nil {
			return err
		}
		back, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(callback.String())
		if err != nil {
			return err
		}
		return back.Body.Close()
	}
	return errors.New("no address was printed")
}

// account puts the id of an account into a variable: account PAGE 'Loja'.
func account(ts *testscript.TestScript, _ bool, args []string) {
	out, err := ready(ts, []string{"kontent", "accounts", "--json"}).Output()
	ts.Check(err)
	var told struct {
		Accounts []struct{ ID, Name, Kind string }
	}
	ts.Check(json.Unmarshal(out, &told))
	for _, a := range told.Accounts {
		if a.Name == args[1] || a.Kind == args[1] {
			ts.Setenv(args[0], a.ID)
			return
		}
	}
	ts.Fatalf("there is no account %s in %s", args[1], out)
}

// hides holds that what one file says is in none of the others that are there:
// hides token data/logs/kontent.log.
func hides(ts *testscript.TestScript, _ bool, args []string) {
	secret := strings.TrimSpace(ts.ReadFile(args[0]))
	for _, name := range args[1:] {
		body, err := os.ReadFile(ts.MkAbs(name))
		if secret == "" || !errors.Is(err, os.ErrNotExist) && err != nil || strings.Contains(string(body), secret) {
			ts.Fatalf("%s: %v, or it has what is in %s", name, err, args[0])
		}
	}
}

// signalled runs a command until it has made a file, sends it SIGTERM, and
// holds it to an exit code: signalled 9 ready kontent exec ...
func signalled(ts *testscript.TestScript, _ bool, args []string) {
	fifo := ts.MkAbs(args[1])
	ts.Check(syscall.Mkfifo(fifo, 0o600))
	c := ready(ts, args[2:])
	c.Stdout, c.Stderr = ts.Stdout(), ts.Stderr()
	ts.Check(c.Start())
	ready, err := os.ReadFile(fifo) // ends when the child has written and closed it
	ts.Check(errors.Join(err, c.Process.Signal(syscall.SIGTERM)))
	_ = c.Wait()
	if got := strconv.Itoa(c.ProcessState.ExitCode()); got != args[0] {
		ts.Fatalf("exit code %s after %q, want %s", got, ready, args[0])
	}
}
