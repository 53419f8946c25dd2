package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"
	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/config"
)

// env answers like os.Getenv from a table.
func env(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestLoadDataDir(t *testing.T) {
	t.Parallel()
	flag, variable := t.TempDir(), t.TempDir()
	working, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		options  config.Options
		variable string
		want     string
	}{
		"the flag wins":                             {config.Options{DataDir: flag}, variable, flag},
		"then the environment":                      {config.Options{}, variable, variable},
		"then the system's place":                   {config.Options{}, "", filepath.Join(xdg.DataHome, "kontent-connect")},
		"a relative folder is taken from here":      {config.Options{DataDir: "data/"}, "", filepath.Join(working, "data")},
		"the demonstration stands beside":           {config.Options{DataDir: flag + "/", Demo: true}, "", flag + "-demo"},
		"beside the environment's folder, too":      {config.Options{Demo: true}, variable, variable + "-demo"},
		"and never in the data of the real program": {config.Options{Demo: true}, "", filepath.Join(xdg.DataHome, "kontent-connect-demo")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			loaded, err := config.Load(tc.options, env(map[string]string{"KONTENT_DATA_DIR": tc.variable}))
			if err != nil {
				t.Fatal(err)
			}
			if loaded.Paths.Data != tc.want {
				t.Errorf("data folder %q, want %q", loaded.Paths.Data, tc.want)
			}
			for _, path := range []string{loaded.Paths.Database, loaded.Paths.Lock, loaded.Paths.Logs, loaded.Paths.Sandbox} {
				if filepath.Dir(path) != tc.want {
					t.Errorf("%s is not in the data folder", path)
				}
			}
		})
	}
}

// TestLoadDemo: a demonstration that wrote into the real keychain service
// would leave made-up secrets among real ones.
func TestLoadDemo(t *testing.T) {
	t.Parallel()
	services := map[bool]string{}
	for _, demo := range []bool{false, true} {
		loaded, err := config.Load(config.Options{DataDir: t.TempDir(), Demo: demo}, env(nil))
		if err != nil {
			t.Fatal(err)
		}
		if loaded.Demo != demo {
			t.Errorf("demo is %t, want %t", loaded.Demo, demo)
		}
		services[demo] = loaded.KeychainService
	}
	if diff := cmp.Diff(map[bool]string{false: "kontent-connect", true: "kontent-connect-demo"}, services); diff != "" {
		t.Errorf("keychain services (-want +got):\n%s", diff)
	}
}

func TestLoadTouchesNothing(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "not", "there")
	if _, err := config.Load(config.Options{DataDir: folder}, env(nil)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Dir(folder)); !os.IsNotExist(err) {
		t.Errorf("loading created a folder: %v", err)
	}
}

// maxSocketPath is what a Unix socket's path holds on every system.
const maxSocketPath = 100

func TestSocketPath(t *testing.T) {
	t.Parallel()
	socket := func(t *testing.T, folder string) string {
		t.Helper()
		loaded, err := config.Load(config.Options{DataDir: folder}, env(nil))
		if err != nil {
			t.Fatal(err)
		}
		if len(loaded.Paths.Socket) > maxSocketPath {
			t.Errorf("%q holds %d bytes", loaded.Paths.Socket, len(loaded.Paths.Socket))
		}
		return loaded.Paths.Socket
	}
	// A folder of exactly the length that still fits with /agent.sock.
	fits := "/" + strings.Repeat("d", maxSocketPath-len("/agent.sock")-1)
	t.Run("is in the data folder as long as it fits", func(t *testing.T) {
		t.Parallel()
		if got := socket(t, fits); got != fits+"/agent.sock" {
			t.Errorf("stands at %q", got)
		}
	})
	t.Run("moves to a short folder one byte later", func(t *testing.T) {
		t.Parallel()
		if got := socket(t, fits+"d"); strings.HasPrefix(got, fits) {
			t.Errorf("stands at %q", got)
		}
	})
	t.Run("counts bytes, not characters", func(t *testing.T) {
		t.Parallel()
		folder := "/" + strings.Repeat("ü", 60)
		if got := socket(t, folder); strings.HasPrefix(got, folder) {
			t.Errorf("stands at %q", got)
		}
	})
	t.Run("is the same for one folder and another for another", func(t *testing.T) {
		t.Parallel()
		if socket(t, fits+"long") != socket(t, fits+"long/") || socket(t, fits+"long") == socket(t, fits+"longer") {
			t.Error("the short name does not stand for the folder")
		}
	})
}
