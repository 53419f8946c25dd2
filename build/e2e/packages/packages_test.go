//go:build e2e

package packages_test

import (
	"context"
	"debug/elf"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/atspi"
	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/journey"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/secrets"
	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/trayhost"
)

const (
	module = "../../.."
	// made is where "make packages" leaves the packages, seen from the module.
	made  = "build/out/packages"
	entry = "/usr/share/applications/kontent-connect.desktop"
)

// world is a computer on which the packages are installed.
type world struct {
	*stage.Stage
	t   *testing.T
	ctx context.Context
	old string // packages of an older version
}

// Covers PL08.
func TestThePackagesLife(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("packages are installed by root; run it as root to have it tested")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	defer cancel()
	w := &world{t: t, ctx: ctx, old: t.TempDir()}
	// The same programs under an older number: what is tested is the upgrade.
	w.run("go", "run", "./build/release", "-packages", "-version", "0.0.9", "-epoch", "1700000000", "-out", w.old)

	for _, step := range []struct {
		name string
		do   func(*world, *testing.T)
	}{
		{"the command line alone is installed on a server", (*world).installServer},
		{"the whole program takes its place", (*world).installOlder},
		{"the menu entry opens the window, and the tray has its icon", (*world).openFromMenu},
		{"a newer version is installed beside the running agent", (*world).upgrade},
		{"the demonstration is completed", (*world).demonstrate},
		{"removed, it ends its agents and leaves the person's data alone", (*world).remove},
		{"installed again, it removes those too when it is told to", (*world).forget},
		{"purged, nothing speaks of it", (*world).purge},
	} {
		if !t.Run(step.name, func(t *testing.T) { w.t = t; step.do(w, t) }) {
			break
		}
	}
	if w.Stage != nil {
		ok(t, w.Close())
	}
}

// run runs a program in the module's root, and returns what it wrote.
func (w *world) run(name string, args ...string) string {
	w.t.Helper()
	cmd := exec.CommandContext(w.ctx, name, args...)
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	out, err := cmd.CombinedOutput()
	if err != nil {
		w.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// install installs a package from its file, as a person who downloaded it does.
// What it needs is here already; nothing is fetched.
func (w *world) install(folder, pattern string) {
	w.t.Helper()
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(module, folder)
	}
	found, err := filepath.Glob(filepath.Join(folder, pattern))
	ok(w.t, err)
	if len(found) != 1 {
		w.t.Fatalf("%d packages are %s in %s; make them with \"make packages\"", len(found), pattern, folder)
	}
	file, err := filepath.Abs(found[0])
	ok(w.t, err)
	w.run("apt-get", "install", "-y", "--no-install-recommends", file)
}

// installed lists our packages with their versions. All are asked about: of a
// pattern that fits nothing the system says that it failed.
func (w *world) installed() []string {
	w.t.Helper()
	var found []string
	for line := range strings.Lines(w.run("dpkg-query", "-W", "-f", "${Package} ${Version} ${db:Status-Status}\n")) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[2] == "installed" && strings.HasPrefix(fields[0], "kontent") {
			found = append(found, fields[0]+" "+fields[1])
		}
	}
	return found
}

func (w *world) wantInstalled(want ...string) {
	w.t.Helper()
	if got := w.installed(); !slices.Equal(got, want) {
		w.t.Fatalf("installed are %q, want %q", got, want)
	}
}

func (w *world) installServer(t *testing.T) {
	w.install(made, "kontent_*.deb")
	if said := w.run("/usr/bin/kontent", "--version"); !strings.HasPrefix(said, "kontent ") {
		t.Errorf("it says %q", said)
	}
	program, err := elf.Open("/usr/bin/kontent")
	ok(t, err)
	defer program.Close() //nolint:errcheck // only read from
	if libraries, err := program.ImportedLibraries(); err != nil || len(libraries) > 0 {
		t.Errorf("it needs %q: %v", libraries, err)
	}
}

func (w *world) installOlder(t *testing.T) {
	w.install(w.old, "kontent-connect_*.deb")
	w.wantInstalled("kontent-connect 0.0.9")
	for _, check := range [][]string{
		{"desktop-file-validate", entry},
		{"appstreamcli", "validate", "--no-net", "/usr/share/metainfo/io.github.kontent.KontentConnect.metainfo.xml"},
		{"dpkg", "--verify", "kontent-connect"},
	} {
		if said := w.run(check[0], check[1:]...); strings.Contains(said, "error") || strings.Contains(said, "missing") {
			t.Errorf("%v says %s", check, said)
		}
	}
	w.needsNoNewerLibrary(t)
	for _, size := range []string{"16x16", "22x22", "24x24", "32x32", "48x48", "64x64", "128x128", "256x256", "512x512", "scalable"} {
		found, err := filepath.Glob("/usr/share/icons/hicolor/" + size + "/apps/kontent-connect.*")
		if err != nil || len(found) != 1 {
			t.Errorf("icons of %s: %q, %v", size, found, err)
		}
	}
}

// needsNoNewerLibrary holds the window to the C library that its package names:
// with an older one it would be installed, and would not start.
func (w *world) needsNoNewerLibrary(t *testing.T) {
	t.Helper()
	var major, minor int
	_, err := fmt.Sscanf(w.run("dpkg-query", "-W", "-f", "${Depends}", "kontent-connect"), "libc6 (>= %d.%d)", &major, &minor)
	ok(t, err)
	window, err := elf.Open("/usr/bin/kontent-connect")
	ok(t, err)
	defer window.Close() //nolint:errcheck // only read from
	symbols, err := window.ImportedSymbols()
	ok(t, err)
	for _, s := range symbols {
		var a, b int
		if n, _ := fmt.Sscanf(s.Version, "GLIBC_%d.%d", &a, &b); n == 2 && (a > major || a == major && b > minor) {
			t.Errorf("%s is of %s, and the package asks for libc6 %d.%d", s.Name, s.Version, major, minor)
		}
	}
}

func (w *world) openFromMenu(t *testing.T) {
	var err error
	w.Stage, err = stage.OpenOn(w.ctx, desktop.Options{Tray: desktop.RealTray}, "/usr/bin")
	ok(t, err)
	w.Install() // no demonstration: as the entry starts it
	ok(t, w.Desktop.Command(w.ctx, "gio", "launch", entry).Run())
	bus, err := w.Desktop.Bus(w.ctx)
	ok(t, err)
	defer bus.Close() //nolint:errcheck // only read from
	ok(t, poll.Until(w.ctx, "the window", func(ctx context.Context) error {
		window, err := atspi.Tree(ctx, bus, "kontent-connect")
		if err == nil && window.Controls() == 0 {
			err = errors.New("it has no controls yet")
		}
		return err
	}))
	_, err = trayhost.Await(w.ctx, bus)
	ok(t, err)
	ok(t, w.Desktop.Screenshot(w.ctx, w.picture("menu.png")))
}

// picture names a file that stays for whoever wants to look.
func (w *world) picture(name string) string {
	w.t.Helper()
	folder := filepath.Join(module, "build", "out", "installed")
	ok(w.t, os.MkdirAll(folder, 0o755))
	return filepath.Join(folder, name)
}

func (w *world) upgrade(t *testing.T) {
	before, err := w.Agent(w.ctx)
	ok(t, err)
	w.install(made, "kontent-connect_*.deb")
	if now := w.installed(); len(now) != 1 || now[0] == "kontent-connect 0.0.9" {
		t.Errorf("installed are %q", now)
	}
	after, err := w.Agent(w.ctx)
	if err != nil || before != after {
		t.Errorf("the agent that watched was %d and is %d: %v", before, after, err)
	}
	w.kontent("quit")
	ok(t, w.NoAgent(w.ctx, syscall.Signal(0)))
}

// kontent runs the installed command line on the desktop.
func (w *world) kontent(args ...string) string {
	w.t.Helper()
	out, err := w.Command(w.ctx, args...).CombinedOutput()
	if err != nil {
		w.t.Fatalf("kontent %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func (w *world) demonstrate(t *testing.T) {
	ok(t, w.Close())
	var err error
	w.Stage, err = stage.Open(w.ctx, "/usr/bin")
	ok(t, err)
	for _, step := range journey.Parts()[0].Steps {
		if err := step.Do(w.ctx, w.Stage); err != nil {
			_ = w.Desktop.Screenshot(w.ctx, w.picture("failed.png"))
			t.Fatalf("%s: %v", step.Name, err)
		}
	}
	ok(t, w.Desktop.Screenshot(w.ctx, w.picture("demonstration.png")))
	accounts, err := w.Accounts(w.ctx)
	if err != nil || len(accounts) != 3 {
		t.Errorf("%d accounts are connected: %v", len(accounts), err)
	}
	ok(t, w.CloseWindow(w.ctx))
}

func (w *world) remove(t *testing.T) {
	if _, err := w.Agent(w.ctx); err != nil {
		t.Fatalf("no agent to end: %v", err)
	}
	w.run("apt-get", "remove", "-y", "kontent-connect")
	w.wantInstalled()
	ok(t, w.NoAgent(w.ctx, syscall.Signal(0)))
	if left := writtenBy(t, "kontent"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if _, err := os.Stat(filepath.Join(w.Data(), "kontent-connect.db")); err != nil {
		t.Errorf("the person's data: %v", err)
	}
}

func (w *world) forget(t *testing.T) {
	w.install(made, "kontent-connect_*.deb")
	if out, err := w.Command(w.ctx, "forget", "--everything", "--yes").CombinedOutput(); err == nil {
		t.Fatalf("with a login connected it says %s", out)
	}
	w.kontent("forget", "--everything", "--yes", "--keep-access")
	if _, err := os.Stat(w.Data()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the data folder: %v", err)
	}
	entries, err := secrets.Keyring(w.ctx, w.Desktop, "kontent-connect-demo")
	ok(t, err)
	if len(entries) > 0 {
		t.Errorf("%d entries are left in the keyring", len(entries))
	}
}

func (w *world) purge(t *testing.T) {
	w.run("apt-get", "purge", "-y", "kontent-connect")
	if left := writtenBy(t, "kontent"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	status, err := os.ReadFile("/var/lib/dpkg/status")
	ok(t, err)
	if strings.Contains(string(status), "kontent") {
		t.Error("dpkg still speaks of it")
	}
}
