package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/sandbox"
)

// desk is a person at a terminal of a machine without a display.
type desk struct {
	t    *testing.T
	dir  string
	env  []string
	keys *dbus.Conn
}

// newDesk sets an app up at networks of its own.
func newDesk(t *testing.T) *desk {
	t.Helper()
	need(t, "dbus-daemon")
	need(t, "gnome-keyring-daemon")
	d := &desk{t: t, dir: t.TempDir()}
	session := machine{d.dir, t.Cleanup}
	address, err := session.startBus()
	d.must(err)
	d.must(session.startKeyring(address))
	d.keys, err = dbus.Connect(address)
	d.must(err)
	t.Cleanup(func() { _ = d.keys.Close() })
	server, err := sandbox.New(sandbox.Options{Language: "en"})
	d.must(err)
	d.must(server.Listen("127.0.0.1:0"))
	t.Cleanup(func() { _ = server.Close() })
	d.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + d.dir, "LANG=en_US.UTF-8", "TERM=xterm", "GORACE=atexit_sleep_ms=0",
		"KONTENT_DATA_DIR=" + d.data(), "DBUS_SESSION_BUS_ADDRESS=" + address,
	}
	for _, base := range []string{"META_WEB", "META_GRAPH", "LINKEDIN_WEB", "LINKEDIN_API"} {
		d.env = append(d.env, "KONTENT_"+base+"_URL="+server.URL())
	}
	set := d.command("apps", "set", "meta", "--client-id", sandbox.MetaClientID, "--secret-stdin")
	set.Stdin = strings.NewReader(sandbox.MetaClientSecret)
	d.must(set.Run())
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) data() string { return filepath.Join(d.dir, "data") }

func (d *desk) command(args ...string) *exec.Cmd {
	c := exec.Command("kontent", args...)
	c.Env = d.env
	return c
}

func (d *desk) output(args ...string) string {
	d.t.Helper()
	out, err := d.command(args...).Output()
	d.must(err)
	return string(out)
}

// entries lists the names of what is in the keyring.
func (d *desk) entries() []string {
	d.t.Helper()
	var open, locked []dbus.ObjectPath
	d.must(d.keys.Object("org.freedesktop.secrets", "/org/freedesktop/secrets").
		Call("org.freedesktop.Secret.Service.SearchItems", 0, map[string]string{"service": "kontent-connect"}).Store(&open, &locked))
	var names []string
	for _, path := range append(open, locked...) {
		attributes, err := d.keys.Object("org.freedesktop.secrets", path).GetProperty("org.freedesktop.Secret.Item.Attributes")
		d.must(err)
		known, _ := attributes.Value().(map[string]string)
		names = append(names, known["username"])
	}
	slices.Sort(names)
	return names
}

// agent starts the resident owner, which ends with the test.
func (d *desk) agent() *control.Client {
	d.t.Helper()
	resident := d.command("agent")
	d.must(resident.Start())
	settings, err := config.Load(config.Options{DataDir: d.data()}, func(string) string { return "" })
	d.must(err)
	client := control.NewClient(settings.Paths.Socket)
	d.t.Cleanup(func() {
		client.Close()
		_ = resident.Process.Signal(os.Interrupt)
		_ = resident.Wait()
	})
	d.must(control.Ensure(d.t.Context(), client, func(context.Context) (<-chan error, error) { return nil, nil }))
	return client
}

// terminal is a program on a terminal, and what it shows there.
type terminal struct {
	t     *testing.T
	keys  *os.File
	run   *exec.Cmd
	ended chan struct{}

	mu    sync.Mutex
	shown bytes.Buffer
	news  chan struct{}
}

// sit runs a command on a terminal of its own.
func (d *desk) sit(args ...string) *terminal {
	d.t.Helper()
	master, slave := openTerminal(d.t)
	p := &terminal{t: d.t, keys: master, run: d.command(args...), ended: make(chan struct{}), news: make(chan struct{}, 1)}
	p.run.Stdin, p.run.Stdout, p.run.Stderr = slave, slave, slave
	p.run.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	d.must(p.run.Start())
	d.must(slave.Close())
	go p.read()
	return p
}

func openTerminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = master.Close() })
	fd := int(master.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}

func (p *terminal) read() {
	defer close(p.ended)
	part := make([]byte, 4096)
	for {
		n, err := p.keys.Read(part)
		p.mu.Lock()
		p.shown.Write(part[:n])
		p.mu.Unlock()
		select {
		case p.news <- struct{}{}:
		default:
		}
		if err != nil {
			return // nobody has the terminal open any more
		}
	}
}

func (p *terminal) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shown.String()
}

// until waits for something to be shown.
func (p *terminal) until(what string) string {
	p.t.Helper()
	pattern := regexp.MustCompile(what)
	for {
		if found := pattern.FindString(p.text()); found != "" {
			return found
		}
		select {
		case <-p.news:
		case <-p.ended:
			if found := pattern.FindString(p.text()); found != "" {
				return found
			}
			p.t.Fatalf("it ended without showing %s:\n%s", what, p.text())
		}
	}
}

func (p *terminal) press(keys string) {
	p.t.Helper()
	if _, err := p.keys.WriteString(keys); err != nil {
		p.t.Fatal(err)
	}
}

func (p *terminal) exits(code int) {
	p.t.Helper()
	<-p.ended
	_ = p.run.Wait()
	if got := p.run.ProcessState.ExitCode(); got != code {
		p.t.Errorf("exit code %d, want %d:\n%s", got, code, p.text())
	}
}

const (
	ctrlC     = "\x03"
	signInURL = `http://127\.0\.0\.1:\d+/[^\s]*oauth[^\s]*state=[^\s]+`
)

// closed holds that nothing listens to a sign-in's return any more.
func closed(t *testing.T, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	back, err := url.Parse(u.Query().Get("redirect_uri"))
	if err != nil || back.Host == "" {
		t.Fatalf("no redirect in %s", address)
	}
	if conn, err := net.Dial("tcp", back.Host); err == nil {
		_ = conn.Close()
		t.Errorf("%s is still open", back.Host)
	}
}

// TestAtATerminal is the sign-in of a person without a window. Its parts are
// not parallel: the networks take the registered ports only.
func TestAtATerminal(t *testing.T) {
	t.Run("Ctrl-C leaves nothing behind while the browser is waited for", func(t *testing.T) {
		d := newDesk(t)
		before := d.entries()
		p := d.sit("connect", "meta", "--no-browser")
		address := p.until(signInURL)
		p.press(ctrlC)
		p.exits(1)
		closed(t, address)
		if after := d.entries(); !slices.Equal(after, before) {
			t.Errorf("the keyring had %q and has %q", before, after)
		}
		if shown := p.text(); !strings.Contains(shown, "cancelled") {
			t.Errorf("shown:\n%s", shown)
		}
	})

	t.Run("Ctrl-C leaves nothing behind at the choice", func(t *testing.T) {
		d := newDesk(t)
		before := d.entries()
		p := d.sit("connect", "meta", "--no-browser")
		address := p.until(signInURL)
		d.must(visit(strings.NewReader(address), "João Prado"))
		p.until(`What to connect\?`)
		p.press(ctrlC)
		p.exits(1)
		closed(t, address)
		if after := d.entries(); !slices.Equal(after, before) {
			t.Errorf("the keyring had %q and has %q", before, after)
		}
		if got := d.output("accounts"); !strings.Contains(got, "No account is connected.") {
			t.Error(got)
		}
	})

	t.Run("Ctrl-C ends the sign-in of the agent too", func(t *testing.T) {
		d := newDesk(t)
		client := d.agent()
		p := d.sit("connect", "meta", "--no-browser")
		address := p.until(signInURL)
		s, err := client.Snapshot(t.Context())
		if d.must(err); len(s.Attempts) != 1 {
			t.Fatalf("the agent has %d sign-ins", len(s.Attempts))
		}
		p.press(ctrlC)
		p.exits(1)
		closed(t, address)
		s, err = client.Snapshot(t.Context())
		if d.must(err); len(s.Attempts) != 0 {
			t.Errorf("left at the agent: %+v", s.Attempts)
		}
	})

	t.Run("what is chosen is connected, in a window of eighty columns", func(t *testing.T) {
		d := newDesk(t)
		p := d.sit("connect", "meta", "--no-browser")
		d.must(visit(strings.NewReader(p.until(signInURL)), "João Prado"))
		list := p.until(`(?s)  1 .*What to connect\?`)
		p.press("99\n")
		p.until("There is no such line: 99")
		p.press("1,3\n")
		p.until("Connected.")
		p.exits(0)
		if got := strings.Count(d.output("accounts"), "\n"); got != 2 {
			t.Errorf("%d accounts", got)
		}
		for line := range strings.Lines(list) {
			if strings.HasPrefix(line, "  ") && strings.Contains(line, ") ") && len([]rune(line)) > 82 {
				t.Errorf("too wide: %q", line)
			}
		}
		if !strings.Contains(p.text(), "\x1b[32mConnected\x1b[0m") {
			t.Error("no colour on a terminal")
		}
	})

	t.Run("an access is not shown there", func(t *testing.T) {
		d := newDesk(t)
		d.output("settings", "set", "allow-token", "on")
		p := d.sit("token", "a1")
		p.exits(1)
		if shown := p.text(); !strings.Contains(shown, "--force") {
			t.Errorf("shown:\n%s", shown)
		}
	})
}
