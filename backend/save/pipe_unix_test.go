//go:build unix

package save_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/kontent/kontent-connect/backend/save"
)

// TestPipeStaysAPipe: who may do everything would otherwise replace /dev/null
// by a file.
func TestPipeStaysAPipe(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	pipe, link := filepath.Join(folder, "pipe"), filepath.Join(folder, "link")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(pipe, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, link} {
		read := make(chan string, 1)
		go func() {
			body, _ := os.ReadFile(pipe)
			read <- string(body)
		}()
		if err := save.File(path, "new"); err != nil {
			t.Fatal(err)
		}
		if got := <-read; got != "new" {
			t.Errorf("%s passed on %q", path, got)
		}
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("the pipe became %v, %v", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link became %v, %v", info.Mode(), err)
	}
}
