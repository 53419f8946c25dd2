package tray

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for what must come.
const patience = 10 * time.Second

// built is the program of traytest/resident, once for all tests and without
// the race detector, which would find the library's race.
var built = sync.OnceValues(func() (program string, err error) {
	if residentFolder, err = os.MkdirTemp("", "resident"); err != nil {
		return "", err
	}
	program = filepath.Join(residentFolder, "resident")
	if out, err := exec.Command("go", "build", "-o", program, "./traytest/resident").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the process with a tray: %w\n%s", err, out)
	}
	return program, nil
})

var residentFolder string

func removeResident() {
	if residentFolder != "" {
		_ = os.RemoveAll(residentFolder)
	}
}

// resident is a process with a tray.
type resident struct {
	in    *json.Encoder
	close func() error // of its standard input, which ends it
	said  chan string
	log   *bytes.Buffer
}

// start starts a process with a tray, and nothing but env around it.
func start(t *testing.T, env ...string) *resident {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	process := exec.Command(program)
	process.Env = append(env, "GOTRACEBACK=all")
	in, err := process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	r := &resident{in: json.NewEncoder(in), close: in.Close, said: make(chan string, 64), log: new(bytes.Buffer)}
	process.Stderr = r.log
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(r.said)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			r.said <- lines.Text()
		}
	}()
	t.Cleanup(func() {
		late := time.AfterFunc(patience, func() { _ = process.Process.Kill() })
		defer late.Stop()
		_ = in.Close()
		for range r.said {
		}
		if err := process.Wait(); err != nil {
			t.Errorf("the process with the tray: %v\n%s", err, r.log)
		}
		for line := range strings.Lines(r.log.String()) {
			if !strings.HasPrefix(line, "{") {
				t.Errorf("written past the log: %s", line)
			}
		}
	})
	return r
}

func (r *resident) show(t *testing.T, m Menu) {
	t.Helper()
	r.tell(t, map[string]any{"Show": m})
	r.hear(t, "shown")
}

func (r *resident) tell(t *testing.T, command any) {
	t.Helper()
	if err := r.in.Encode(command); err != nil {
		t.Fatal(err)
	}
}

// hear waits for the next line, which must be this one.
func (r *resident) hear(t *testing.T, want string) {
	t.Helper()
	select {
	case got, alive := <-r.said:
		if got != want {
			t.Fatalf("%q (alive: %v), not %q\n", got, alive, want)
		}
	case <-time.After(patience):
		t.Fatalf("never said %q", want)
	}
}

// stop ends the tray, and fails the test if that takes a second or leaves
// something running.
func (r *resident) stop(t *testing.T) {
	t.Helper()
	begun := time.Now()
	r.tell(t, map[string]any{"Stop": true})
	r.hear(t, "ended")
	if took := time.Since(begun); took > time.Second {
		t.Errorf("ending took %v", took)
	}
	r.hear(t, "bye")
}
