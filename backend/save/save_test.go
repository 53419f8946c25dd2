package save_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/kontent/kontent-connect/backend/save"
)

func TestFile(t *testing.T) {
	t.Parallel()
	t.Run("replaces what was there, for this user only", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "história.csv")
		if err := os.WriteFile(path, []byte("a longer text from before"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := save.File(path, "new"); err != nil {
			t.Fatal(err)
		}
		body, _ := os.ReadFile(path)
		info, _ := os.Stat(path)
		if string(body) != "new" {
			t.Errorf("holds %q", body)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v", info.Mode())
		}
	})
	t.Run("leaves nothing behind where it cannot write", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		taken := filepath.Join(folder, "taken")
		if err := os.MkdirAll(filepath.Join(taken, "full"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := save.File(taken, "new"); err == nil {
			t.Error("a folder was replaced by a file")
		}
		if left, _ := os.ReadDir(folder); len(left) != 1 {
			t.Errorf("left behind: %v", left)
		}
	})
	t.Run("fails in a folder that is not there", func(t *testing.T) {
		t.Parallel()
		if err := save.File(filepath.Join(t.TempDir(), "none", "x.csv"), "new"); err == nil {
			t.Error("wrote into nowhere")
		}
	})
}
