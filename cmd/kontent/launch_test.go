package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
)

// atOnce is how many programs start at the same moment.
const atOnce = 20

// installation is a data folder of its own, on a computer without a session
// bus. Programs run over it as processes.
type installation struct {
	t    *testing.T
	data string
	env  []string
}

func newInstallation(t *testing.T) installation {
	t.Helper()
	home, err := os.MkdirTemp("", "kc") // short: a socket's path is
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	data := filepath.Join(home, "data")
	return installation{t, data, append(os.Environ(),
		"HOME="+home, "KONTENT_DATA_DIR="+data, "LANG=en_US.UTF-8", "GORACE=atexit_sleep_ms=0",
		"DBUS_SESSION_BUS_ADDRESS=unix:path="+filepath.Join(home, "no-bus"))}
}

// program is one start of kontent, which says its problem on standard output.
type program struct {
	*exec.Cmd
	said bytes.Buffer
}

func (i installation) program(args ...string) *program {
	self, err := os.Executable()
	if err != nil {
		i.t.Fatal(err)
	}
	p := &program{Cmd: exec.CommandContext(i.t.Context(), self)}
	p.Args = append([]string{"kontent"}, args...) // by this name the tests' program is ours
	p.Env, p.Stdout = i.env, &p.said
	return p
}

// start starts all of them and tells of each as it ends.
func (i installation) start(all []*program) <-chan *program {
	i.t.Helper()
	ended := make(chan *program, len(all))
	for _, p := range all {
		if err := p.Start(); err != nil {
			i.t.Fatal(err)
		}
		go func() { _ = p.Wait(); ended <- p }()
	}
	return ended
}

// problem is the code of what a program ended with, "" for an end that was good.
func (p *program) problem() problem.Code {
	if p.ProcessState.Success() {
		return ""
	}
	var answer struct {
		Problem struct {
			Code problem.Code `json:"code"`
		} `json:"problem"`
	}
	_ = json.Unmarshal(p.said.Bytes(), &answer)
	return answer.Problem.Code
}

// served waits until an agent serves the faces.
func (i installation) served() {
	i.t.Helper()
	settings, err := config.Load(config.Options{DataDir: i.data}, func(string) string { return "" })
	if err != nil {
		i.t.Fatal(err)
	}
	client := control.NewClient(settings.Paths.Socket)
	defer client.Close()
	nobody := func(context.Context) (<-chan error, error) { return nil, nil }
	if err := control.Ensure(i.t.Context(), client, nobody); err != nil {
		i.t.Fatal(err)
	}
}

// rounds is how often to try: a few times with every change, and soak times in
// the long run.
func rounds(few, soak int) int {
	if os.Getenv("KONTENT_SOAK") == "1" {
		return soak
	}
	return few
}

// Of many agents that start together one has the data folder, whether the one
// before it ended well or was killed.
//
// Covers PL04, P1, G10.
func TestOneOfManyAgentsOwnsTheFolder(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	for round := range rounds(2, 1000) {
		all := make([]*program, atOnce)
		for n := range all {
			all[n] = i.program("agent", "--json")
		}
		ended := i.start(all)
		for range atOnce - 1 {
			loser := <-ended
			if code := loser.problem(); code != problem.AgentBusy {
				t.Fatalf("round %d: one ended with %q: %s", round, code, loser.said.String())
			}
			all = slices.DeleteFunc(all, func(p *program) bool { return p == loser })
		}
		i.served()
		owner, err := os.ReadFile(filepath.Join(i.data, "lock"))
		if want := strconv.Itoa(all[0].Process.Pid) + "\n"; err != nil || string(owner) != want {
			t.Fatalf("round %d: the lock is %q's (%v), want %q", round, owner, err, want)
		}
		how := os.Interrupt
		if round%2 == 1 {
			how = os.Kill
		}
		if err := all[0].Process.Signal(how); err != nil {
			t.Fatal(err)
		}
		if last := <-ended; how == os.Interrupt && last.problem() != "" {
			t.Fatalf("round %d: the owner ended with %q", round, last.said.String())
		}
	}
}

// Commands without an agent wait for each other; whatever one of them says that
// it stored is there, and nothing else is.
//
// Covers PL04, P1.
func TestManyCommandsAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	for round := range rounds(1, 50) {
		var all []*program
		want := i.projects()
		for n := range atOnce {
			all = append(all, i.program("projects", "add", fmt.Sprintf("Project %d of round %d", n, round), "--json"))
		}
		ended := i.start(all)
		for range all {
			switch p := <-ended; p.problem() {
			case "":
				want = append(want, p.Args[3])
			case problem.AgentBusy: // it had to wait for too long, and says so
			default:
				t.Fatalf("one ended with %s", p.said.String())
			}
		}
		got := i.projects()
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("there are %v, stored were %v", got, want)
		}
	}
}

// projects lists the projects' names.
func (i installation) projects() []string {
	i.t.Helper()
	p := i.program("projects", "list", "--json")
	if err := p.Run(); err != nil {
		i.t.Fatalf("list: %v: %s", err, p.said.String())
	}
	var answer struct {
		Projects []struct {
			Name string `json:"name"`
		} `json:"projects"`
	}
	if err := json.Unmarshal(p.said.Bytes(), &answer); err != nil {
		i.t.Fatal(err)
	}
	var names []string
	for _, project := range answer.Projects {
		names = append(names, project.Name)
	}
	return names
}

// What another program hands to a second start is an argument like any other:
// it is looked up or refused, and nothing is run, written or told.
//
// Covers PL04.
func TestHostileArgumentsDoNothing(t *testing.T) {
	t.Parallel()
	i := newInstallation(t)
	planted := filepath.Join(t.TempDir(), "planted")
	commands := [][]string{{"check"}, {"reconnect", "--no-browser"}, {"disconnect", "--yes"}, {}}
	for n, hostile := range []string{
		"$(touch " + planted + ")", "`touch " + planted + "`", "; touch " + planted, "| tee " + planted, "../../../../etc/passwd",
		"--data-dir", "--", "-", "\r\nInjected: yes", "\x1b]0;title\a", strings.Repeat("A", 100_000), "'; DROP TABLE projects; --", "%s%n%x",
	} {
		p := i.program(append(commands[n%len(commands)], hostile, "--json")...)
		var failed *exec.ExitError
		if err := p.Run(); err != nil && !errors.As(err, &failed) {
			t.Fatal(err)
		}
		if bytes.ContainsAny(p.said.Bytes(), "\x1b\a") || bytes.Contains(p.said.Bytes(), []byte("panic")) {
			t.Errorf("%.40q: it said %.200q", hostile, p.said.String())
		}
	}
	if _, err := os.Stat(planted); !errors.Is(err, os.ErrNotExist) {
		t.Error("an argument was run")
	}
	if names := i.projects(); len(names) != 1 {
		t.Errorf("projects are %v", names)
	}
}
