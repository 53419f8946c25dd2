package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// official is where the Go project keeps what is known of vulnerable modules.
const official = "https://vuln.go.dev"

// The control is a module that calls what has been known to be vulnerable for
// years. A database that does not know it knows nothing (security.md C1).
const (
	control       = "build/parts/testdata/control"
	controlIs     = "GO-2022-1059"
	foundSome     = 3 // the scanner's exit code
	scannerSource = "golang.org/x/vuln/cmd/govulncheck"
)

// errBlind: the scan would have found nothing whatever there was to find.
var errBlind = errors.New("the scanner does not find the vulnerability of the control: its database is empty, too old or not one")

// checkVulnerable asks a database about everything that the programs link.
func checkVulnerable(ctx context.Context, root, database string) error {
	folder, err := os.MkdirTemp("", "kontent-scan-")
	if err != nil {
		return err
	}
	scanner := filepath.Join(folder, "govulncheck")
	err = buildScanner(ctx, root, scanner)
	if err == nil {
		err = scan(ctx, root, scanner, database, targets())
	}
	return errors.Join(err, os.RemoveAll(folder))
}

func buildScanner(ctx context.Context, root, to string) error {
	build := exec.CommandContext(ctx, "go", "build", "-modfile=tools/go.mod", "-o", to, scannerSource) //nolint:gosec // fixed words
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build the scanner: %w: %s", err, out)
	}
	return nil
}

func scan(ctx context.Context, root, scanner, database string, all []target) error {
	run := func(system, folder string, args ...string) (string, error) {
		cmd := exec.CommandContext(ctx, scanner, append([]string{"-db", database}, args...)...) //nolint:gosec // our own table
		cmd.Dir = filepath.Join(root, folder)
		// Another system's files are read, not compiled: no cgo is needed.
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOFLAGS=-mod=readonly")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	out, err := run("linux", control, "./...")
	var exit *exec.ExitError
	switch {
	case err == nil:
		return errBlind
	case !errors.As(err, &exit) || exit.ExitCode() != foundSome:
		return fmt.Errorf("ask %s: %w: %s", database, err, out)
	case !strings.Contains(out, controlIs):
		return fmt.Errorf("%w: %s", errBlind, out)
	}
	var faults []error
	for _, t := range all {
		if t.system == "darwin" && t.pkg == "." {
			continue // its cgo files need a Mac's headers even to be read
		}
		if out, err := run(t.system, "", "-tags", t.tags, t.pkg); err != nil {
			faults = append(faults, fmt.Errorf("%s for %s: %w:\n%s", t.pkg, t.system, err, out))
		}
	}
	return errors.Join(faults...)
}
