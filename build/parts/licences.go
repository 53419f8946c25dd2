package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// free are the licences under which something may be linked into this program:
// they want to be named, or their own files to stay open, and nothing of ours.
func free() []string {
	return []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "0BSD", "Unlicense", "CC0-1.0", "Zlib", "MPL-2.0"}
}

// sure is how much of a text must be that of known licences.
const sure = 75

// writeLicences lists what is linked on any system with its licence, and fails on
// one that is not known or not free.
func writeLicences(ctx context.Context, folder string) error {
	parts, err := shippedParts(ctx, ".")
	if err != nil {
		return err
	}
	var table, notices strings.Builder
	_, _ = fmt.Fprint(&table, "| library | version | licence |\n|---|---|---|\n")
	var faults []error
	for _, p := range parts {
		names, text, err := licenceOf(p.Dir)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s %s: %w", p.Name, p.Version, err))
		}
		_, _ = fmt.Fprintf(&table, "| %s | %s | %s |\n", p.Name, p.Version, strings.Join(names, ", "))
		_, _ = fmt.Fprintf(&notices, "==== %s %s\n\n%s\n", p.Name, p.Version, text)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // for everybody
		return err
	}
	for name, text := range map[string]string{"licences.md": table.String(), "notices.txt": notices.String()} {
		faults = append(faults, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644)) //nolint:gosec // for everybody
	}
	return errors.Join(faults...)
}

// shippedParts are the libraries in the programs of any system and in the page.
func shippedParts(ctx context.Context, root string) ([]part, error) {
	shipped, err := bundled(ctx, root)
	if err != nil {
		return nil, err
	}
	parts, err := lockedPackages(root, shipped)
	if err != nil {
		return nil, err
	}
	parts = slices.DeleteFunc(parts, func(p part) bool { return !p.Shipped })
	for _, t := range targets() {
		modules, err := linked(ctx, root, t)
		if err != nil {
			return nil, err
		}
		parts = append(parts, modules...)
	}
	return sorted(parts), nil
}

// licenceOf reads the licences of the sources in a folder. The error says why
// they may not be linked.
func licenceOf(dir string) (names []string, text string, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		return nil, "", err
	}
	for _, file := range files {
		if !isLicence(filepath.Base(file)) {
			continue
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, "", err
		}
		found := licensecheck.Scan(content)
		if found.Percent < sure {
			continue // a list of authors, or of other people's licences
		}
		text += string(content)
		for _, match := range found.Match {
			names = append(names, match.ID)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 {
		return nil, text, errors.New("no known licence")
	}
	for _, name := range names {
		if !slices.Contains(free(), name) {
			return names, text, fmt.Errorf("its licence %s is not among those that may be linked", name)
		}
	}
	return names, text, nil
}

func isLicence(file string) bool {
	name := strings.ToLower(file)
	for _, prefix := range []string{"licen", "copying", "unlicense", "notice"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
