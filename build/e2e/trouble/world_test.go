//go:build e2e

// Package trouble_test is what goes wrong on a real desktop: every trouble ends
// in one plain sentence with a next step, and nothing that was stored before is
// lost or changed.
package trouble_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/build/e2e/journey"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/secrets"
	"github.com/kontent/kontent-connect/build/e2e/stage"
)

const (
	programs = "../../bin"
	out      = "../../out"
	service  = "kontent-connect-demo"

	page      = "104728391056214"
	otherPage = "112093847562018"
	// The demonstration's app at Meta (backend/sandbox).
	clientID     = "1029384756473829"
	clientSecret = "demonstracao00meta00segredo00falso"
)

// patience is for one trouble, beside the time for which a keychain hangs.
const patience = 40 * time.Second

// world is a stage on which somebody has connected two accounts.
type world struct {
	*stage.Stage
	networks stage.Networks
	ports    []int
	kept     stored
}

// stored is what a trouble must leave as it was.
type stored struct {
	Accounts []stage.Account
	Secrets  []string
}

func newWorld(ctx context.Context, t *testing.T) *world {
	t.Helper()
	w := &world{}
	var err error
	w.Stage, err = stage.Open(ctx, programs)
	ok(t, err)
	t.Cleanup(func() { ok(t, w.Close()) })
	w.networks, err = w.StartNetworks(ctx)
	ok(t, err)
	w.choosePorts(ctx, t)

	signIn, err := w.StartSignIn(ctx, "meta", "--select", page+","+otherPage)
	ok(t, err)
	ok(t, journey.ConsentAtMeta(ctx, w.Stage))
	last, err := signIn.End()
	ok(t, err)
	if last != "connected" {
		t.Fatalf("the first sign-in ended with %q", last)
	}
	w.kept = w.stored(ctx, t)
	if len(w.kept.Accounts) != 2 || len(w.kept.Secrets) < 2 {
		t.Fatalf("there is too little to lose: %v", w.kept)
	}
	return w
}

// choosePorts gives the app return ports that nothing else on this machine
// waits for, other tests least of all.
func (w *world) choosePorts(ctx context.Context, t *testing.T) {
	t.Helper()
	args := []string{"apps", "set", "meta", "--client-id", clientID, "--secret-stdin", "--json"}
	for range 3 {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		ok(t, err)
		defer func() { ok(t, listener.Close()) }()
		port := listener.Addr().(*net.TCPAddr).Port
		w.ports = append(w.ports, port)
		args = append(args, "--port", strconv.Itoa(port))
	}
	// The demonstration sets itself up behind the first commands, which may come
	// in between.
	ok(t, poll.Until(ctx, "the app with its ports", func(ctx context.Context) error {
		cmd := w.Command(ctx, args...)
		cmd.Stdin = strings.NewReader(clientSecret)
		if err := stage.Run(cmd, nil); err != nil {
			return err
		}
		var answer struct {
			Apps []struct {
				Ports []int `json:"ports"`
			} `json:"apps"`
		}
		err := w.Kontent(ctx, &answer, "apps", "list")
		if err == nil && !slices.Equal(answer.Apps[0].Ports, w.ports) {
			err = fmt.Errorf("apps are %v", answer.Apps)
		}
		return err
	}))
}

// stored reads what the command line and, behind its back, another program tell.
func (w *world) stored(ctx context.Context, t *testing.T) stored {
	t.Helper()
	accounts, err := w.Accounts(ctx)
	ok(t, err)
	for i := range accounts {
		accounts[i].Health, accounts[i].Cause = "", "" // derived, and it may well be bad meanwhile
	}
	entries, err := secrets.Keyring(ctx, w.Desktop, service)
	ok(t, err)
	var all []string
	for _, entry := range entries {
		if entry.Attributes["username"] == "probe" {
			continue // what a look at the keychain leaves when its command ends too soon
		}
		all = append(all, entry.Attributes["username"]+" "+entry.Secret)
	}
	slices.Sort(all)
	return stored{accounts, all}
}

// nothingIsLost: what was stored is as it was, and no return port is open any
// more.
func (w *world) nothingIsLost(ctx context.Context, t *testing.T) {
	t.Helper()
	ended, err := w.Desktop.ReviveKeyring(ctx)
	ok(t, err)
	if ended {
		t.Log("the keyring had ended by itself")
	}
	if diff := cmp.Diff(w.kept, w.stored(ctx, t)); diff != "" {
		t.Errorf("stored (-before +after):\n%s", diff)
	}
	w.portsAreFree(t)
}

func (w *world) portsAreFree(t *testing.T) {
	t.Helper()
	for _, port := range w.ports {
		for _, host := range []string{"127.0.0.1", "::1"} {
			conn, err := net.DialTimeout("tcp", net.JoinHostPort(host, strconv.Itoa(port)), time.Second)
			if err == nil {
				ok(t, conn.Close())
				t.Errorf("port %d of %s is still open", port, host)
			}
		}
	}
}

// told checks that a failure has the right code, and says something and what to
// do, in the user's language.
func told(t *testing.T, err error, code, sentence string) {
	t.Helper()
	problem := stage.ProblemOf(err)
	if problem.Code != code || !strings.Contains(problem.Message, sentence) || len(problem.Action) < 10 {
		t.Errorf("it ended with %q: %q %q, want %q: %q and what to do", problem.Code, problem.Message, problem.Action, code, sentence)
	}
}

// changed is an environment with other values for some variables, and without
// those whose new value is empty.
func changed(env []string, changes map[string]string) []string {
	env = slices.DeleteFunc(slices.Clone(env), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		_, is := changes[name]
		return is
	})
	for name, value := range changes {
		if value != "" {
			env = append(env, name+"="+value)
		}
	}
	return env
}

func keepEvidence(ctx context.Context, t *testing.T, w *world) {
	t.Helper()
	name := strings.NewReplacer("/", "-").Replace(t.Name())
	ok(t, os.MkdirAll(out, 0o755))
	ok(t, w.Desktop.Screenshot(ctx, filepath.Join(out, "failed-"+name+".png")))
	for _, file := range []string{w.WindowLog(), filepath.Join(w.Data(), "logs", "kontent.log")} {
		text, err := os.ReadFile(file)
		if err == nil {
			t.Logf("%s:\n%s", filepath.Base(file), text)
		}
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
