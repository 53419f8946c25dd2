package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// lockedPackages are the packages that the page is built with, from its lock
// file. Those whose code is in the page as built are shipped.
func lockedPackages(root string, shipped map[string]bool) ([]part, error) {
	text, err := os.ReadFile(filepath.Join(root, "frontend", "package-lock.json"))
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct {
			Version, Integrity, License string
		}
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return nil, fmt.Errorf("read the lock file: %w", err)
	}
	var parts []part
	for path, entry := range lock.Packages {
		if path == "" {
			continue // the page itself
		}
		name := path[strings.LastIndex(path, "node_modules/")+len("node_modules/"):]
		parts = append(parts, part{
			From: npm, Name: name, Version: entry.Version, Sum: entry.Integrity, Licence: entry.License,
			Shipped: shipped[path], Dir: filepath.Join(root, "frontend", path),
		})
	}
	return sorted(parts), nil
}

var fromPackage = regexp.MustCompile(`(?:.*/)?(node_modules/(?:@[^/]+/)?[^/]+)/`)

// bundled asks the page's own build which packages went into it.
func bundled(ctx context.Context, root string) (_ map[string]bool, err error) {
	folder, err := os.MkdirTemp("", "kontent-parts-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	build := exec.CommandContext(ctx, "npx", "--no-install", "vite", "build", "--sourcemap", "--logLevel", "warn", "--emptyOutDir", "--outDir", folder) //nolint:gosec // fixed words
	build.Dir = filepath.Join(root, "frontend")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the page: %w: %s", err, out)
	}
	maps, err := filepath.Glob(filepath.Join(folder, "assets", "*.map"))
	if err != nil || len(maps) == 0 {
		return nil, errors.Join(err, errors.New("the page has no source maps"))
	}
	found := map[string]bool{}
	for _, file := range maps {
		if err := namedIn(file, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func namedIn(file string, found map[string]bool) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var sources struct{ Sources []string }
	if err := json.Unmarshal(text, &sources); err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	for _, source := range sources.Sources {
		if m := fromPackage.FindStringSubmatch(source); m != nil {
			found[m[1]] = true
		}
	}
	return nil
}
