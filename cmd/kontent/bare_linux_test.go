package main

import (
	"bytes"
	"context"
	"debug/elf"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/sandbox"
)

// bare is a file system with the program and nothing else: no library, no
// display, no time zones, no certificates, not even /proc.
type bare struct {
	t    *testing.T
	root string
	env  []string
}

func newBare(t *testing.T) *bare {
	t.Helper()
	// Short, because a socket's path holds about 100 bytes.
	root, err := os.MkdirTemp("", "bare")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(root) })
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-o", filepath.Join(root, "kontent"), ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	for _, folder := range []string{"data", "tmp"} {
		if err := os.Mkdir(filepath.Join(root, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return &bare{t, root, []string{"KONTENT_DATA_DIR=/data", "HOME=/", "LANG=en", "KONTENT_KEYCHAIN=memory"}}
}

// command is the program with nothing around it.
func (b *bare) command(args ...string) *exec.Cmd {
	c := exec.Command("/kontent", args...)
	c.Env, c.Dir = b.env, "/"
	c.SysProcAttr = &syscall.SysProcAttr{Chroot: b.root}
	if uid := os.Getuid(); uid != 0 {
		// Who is nobody special may change the root in a namespace of their own.
		c.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return c
}

func (b *bare) run(in string, args ...string) string {
	b.t.Helper()
	c := b.command(args...)
	c.Stdin = strings.NewReader(in)
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		b.t.Fatalf("%v: %v\n%s%s", args, err, out, said.String())
	}
	return string(out)
}

// permitted skips the test where this user may not change the root, except on
// the build machine.
func (b *bare) permitted() {
	b.t.Helper()
	err := b.command("--help").Run()
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		b.t.Fatalf("the root must be changeable here: %v", err)
	default:
		b.t.Skipf("this user may not change the root directory: %v", err)
	}
}

// TestOnABareMachine connects accounts where there is nothing but the program:
// it needs no display, no GTK, no WebKit and no library at all.
func TestOnABareMachine(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	linked, err := elf.Open(filepath.Join(b.root, "kontent"))
	if err != nil {
		t.Fatal(err)
	}
	libraries, _ := linked.ImportedLibraries()
	if _ = linked.Close(); len(libraries) > 0 || linked.Section(".interp") != nil {
		t.Errorf("it needs %v", libraries)
	}
	b.permitted()

	server, err := sandbox.New(sandbox.Options{Language: "en"})
	if err == nil {
		err = server.Listen("127.0.0.1:0")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	for _, base := range []string{"META_WEB", "META_GRAPH", "LINKEDIN_WEB", "LINKEDIN_API"} {
		b.env = append(b.env, "KONTENT_"+base+"_URL="+server.URL())
	}
	resident := b.command("agent")
	if err := resident.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = resident.Process.Signal(os.Interrupt)
		_ = resident.Wait()
	})
	client := control.NewClient(filepath.Join(b.root, "data", "agent.sock"))
	defer client.Close()
	if err := control.Ensure(t.Context(), client, func(context.Context) (<-chan error, error) { return nil, nil }); err != nil {
		t.Fatal(err)
	}

	b.run(sandbox.LinkedInClientSecret, "apps", "set", "linkedin", "--client-id", sandbox.LinkedInClientID, "--secret-stdin")
	connect := b.command("connect", "linkedin", "--select", "all", "--no-browser", "--json", "--timeout", "30s")
	out, err := connect.StdoutPipe()
	if err == nil {
		err = connect.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := visit(out, "Ana Souza"); err != nil {
		t.Error(err)
	}
	_ = connect.Wait()
	var told struct {
		Accounts []struct{ Health string } `json:"accounts"`
	}
	if err := json.Unmarshal([]byte(b.run("", "accounts", "--json")), &told); err != nil || len(told.Accounts) == 0 || told.Accounts[0].Health != "healthy" {
		t.Errorf("connected %+v, %v", told, err)
	}
	b.run("", "status")
	if said := b.run("", "export", "-"); !strings.Contains(said, "kontent-connect/configuration") {
		t.Error(said)
	}
}
