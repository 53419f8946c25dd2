package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"

	"github.com/kontent/kontent-connect/backend/config"
)

// TestSocketPathWithoutARuntimeFolder is not parallel: it changes the process's
// environment. A runtime folder may be missing (a session without systemd) or
// long itself (macOS' temporary folder, a sandboxed build).
func TestSocketPathWithoutARuntimeFolder(t *testing.T) {
	long := filepath.Join(t.TempDir(), strings.Repeat("r", 100))
	if err := os.MkdirAll(long, 0o700); err != nil {
		t.Fatal(err)
	}
	short, err := os.MkdirTemp("/tmp", "kc")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(short) })
	for name, tc := range map[string]struct{ runtime, temporary, want string }{
		"the runtime folder is missing":  {filepath.Join(long, "missing"), short, short},
		"the runtime folder is too long": {long, short, short},
		"both are too long":              {long, long, "/tmp"},
		"the runtime folder serves":      {short, long, short},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("XDG_RUNTIME_DIR", tc.runtime)
			t.Setenv("TMPDIR", tc.temporary)
			xdg.Reload()
			loaded, err := config.Load(config.Options{DataDir: "/" + strings.Repeat("d", 120)}, env(nil))
			if err != nil {
				t.Fatal(err)
			}
			if got := loaded.Paths.Socket; len(got) > maxSocketPath || filepath.Dir(filepath.Dir(got)) != tc.want {
				t.Errorf("socket %q (%d bytes), want one below %q", got, len(got), tc.want)
			}
		})
	}
	t.Cleanup(xdg.Reload)
}
