package main

import (
	"context"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// builtFrom are the modules in a program, and Go's own library.
func builtFrom(program string) ([]part, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, fmt.Errorf("read what %s is built from: %w", program, err)
	}
	parts := []part{{From: golang, Name: "stdlib", Version: strings.TrimPrefix(info.GoVersion, "go"), Shipped: true}}
	for _, dep := range info.Deps {
		if dep.Replace != nil {
			return nil, fmt.Errorf("%s has %s replaced by %s", program, dep.Path, dep.Replace.Path)
		}
		parts = append(parts, part{From: golang, Name: dep.Path, Version: dep.Version, Sum: dep.Sum, Shipped: true})
	}
	return parts, nil
}

// target is one program for one system. What it links differs between them.
type target struct{ system, pkg, tags string }

func targets() []target {
	var all []target
	for _, system := range []string{"linux", "windows", "darwin"} {
		all = append(all, target{system, "./cmd/kontent", "timberjack_nozstd,nethttpomithttp2"}, target{system, ".", "desktop,production,timberjack_nozstd,webkit2_41"})
	}
	return all
}

// linked are the modules that a program links, with their sources.
func linked(ctx context.Context, root string, t target) ([]part, error) {
	list := exec.CommandContext(ctx, "go", "list", "-deps", "-json=Module", "-tags", t.tags, t.pkg) //nolint:gosec // our own table
	list.Dir = root
	list.Env = append(os.Environ(), "GOOS="+t.system, "GOARCH=amd64", "CGO_ENABLED=1")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s for %s: %w", t.pkg, t.system, err)
	}
	var parts []part
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var pkg struct {
			Module *struct {
				Path, Version, Dir string
				Main               bool
			}
		}
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			return sorted(parts), nil
		} else if err != nil {
			return nil, fmt.Errorf("read go list: %w", err)
		}
		if pkg.Module != nil && !pkg.Module.Main {
			parts = append(parts, part{From: golang, Name: pkg.Module.Path, Version: pkg.Module.Version, Dir: pkg.Module.Dir, Shipped: true})
		}
	}
}
