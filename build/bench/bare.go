package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// bareFolder is where the framework's own template is made.
const bareFolder = outFolder + "/bare"

// buildBare makes the framework's plain template, which shows a picture and a
// field and does nothing, and builds it as the window is built. It returns the
// program.
func buildBare(ctx context.Context, tags string) (string, error) {
	program, err := filepath.Abs(filepath.Join(outFolder, "bare-window"))
	if err != nil {
		return "", err
	}
	if err := os.RemoveAll(bareFolder); err != nil {
		return "", err
	}
	if _, err := output(ctx, "go", "tool", "-modfile=tools/wails/go.mod", "wails", "init", "-n", "bare", "-t", "plain", "-d", bareFolder); err != nil {
		return "", err
	}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", tags, "-ldflags", "-s -w", "-o", program, ".")
	build.Dir = bareFolder
	if text, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the bare template: %w\n%s", err, text)
	}
	return program, nil
}
