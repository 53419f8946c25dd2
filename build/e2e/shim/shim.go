// Package shim makes the program's own window, as it is shipped, one that a test
// can drive. How and why is told in c/automation.c, which has a folder of its own because Go would
// otherwise want to compile it.
package shim

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed c/automation.c
var source []byte

// The wrapper is what the driver takes for the browser. Only the program itself
// gets the library, not the shell: it would not find WebKit's functions there.
const wrapper = `#!/bin/sh
%sexport LD_PRELOAD='%s'
exec %s >>'%s' 2>&1
`

// Wrap compiles the library into a folder and writes a script beside it that
// starts a program with it and with some variables. Its path is for
// webdriver.Window. What the program says goes to the file called log.
func Wrap(ctx context.Context, folder, log string, env []string, program string, args ...string) (script string, err error) {
	library, err := compile(ctx, folder)
	if err != nil {
		return "", fmt.Errorf("compile automation.c: %w", err)
	}
	command := quote(program)
	for _, arg := range args {
		command += " " + quote(arg)
	}
	script = filepath.Join(folder, "window.sh")
	var variables strings.Builder
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		fmt.Fprintf(&variables, "export %s=%s\n", name, quote(value))
	}
	text := fmt.Appendf(nil, wrapper, &variables, library, command, log)
	return script, os.WriteFile(script, text, 0o700) //nolint:gosec // a script must be executable
}

func compile(ctx context.Context, folder string) (library string, err error) {
	library = filepath.Join(folder, "automation.so")
	if _, err := os.Stat(library); err == nil {
		return library, nil // of an earlier window
	}
	flags, err := exec.CommandContext(ctx, "pkg-config", "--cflags", "webkit2gtk-4.1").Output()
	if err != nil {
		return "", fmt.Errorf("pkg-config: %w", err)
	}
	// Lazily bound: a script in front of the program has none of WebKit's functions.
	args := append([]string{"-shared", "-fPIC", "-O1", "-Wl,-z,lazy", "-o", library, "-x", "c", "-"}, strings.Fields(string(flags))...)
	cc := exec.CommandContext(ctx, "cc", args...) //nolint:gosec // the system's own compiler flags
	cc.Stdin = strings.NewReader(string(source))
	if out, err := cc.CombinedOutput(); err != nil {
		return "", fmt.Errorf("cc: %w: %s", err, out)
	}
	return library, nil
}

func quote(word string) string {
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
