package arrows_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The command line and the agent run on servers and all day long: no web
// engine, no C library, no framework may reach them through any dependency.
// (On macOS the tray needs C, and the system has its own web engine.)
func TestCommandLineLinksNoWebEngine(t *testing.T) {
	t.Parallel()
	for _, system := range []string{"linux", "windows", "darwin"} {
		t.Run(system, func(t *testing.T) {
			t.Parallel()
			for _, linked := range dependencies(t, system) {
				if strings.Contains(linked.ImportPath, "wails") || strings.Contains(linked.ImportPath, "webkit") {
					t.Errorf("kontent links %s", linked.ImportPath)
				}
				if len(linked.CgoFiles) > 0 && !linked.Standard && system != "darwin" {
					t.Errorf("kontent needs a C compiler for %s", linked.ImportPath)
				}
			}
		})
	}
}

type linkedPackage struct {
	ImportPath string
	Standard   bool
	CgoFiles   []string
}

func dependencies(t *testing.T, system string) []linkedPackage {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-deps",
		"-json=ImportPath,Standard,CgoFiles", "./cmd/kontent")
	list.Dir = root
	list.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []linkedPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p linkedPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatalf("read go list: %v", err)
		}
		packages = append(packages, p)
	}
}
