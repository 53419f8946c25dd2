//go:build e2e

package desktop_test

import (
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// kept names a file that stays for whoever wants to look.
func kept(t *testing.T, file string) string {
	t.Helper()
	folder := filepath.Join("..", "..", "out", "desktop")
	ok(t, os.MkdirAll(folder, 0o750))
	return filepath.Join(folder, file)
}
