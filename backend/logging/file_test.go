package logging_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/logging"
)

func modeOf(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

// Covers S4, S6.
func TestOpen(t *testing.T) {
	t.Parallel()
	t.Run("writes to a file and a folder of the user's own", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), "data", "logs")
		log, closer, err := logging.Open(dir, slog.LevelInfo)
		if err != nil {
			t.Fatal(err)
		}
		log.Info("hello", "token", "hunter2")
		if err := closer.Close(); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "kontent.log")
		if file, folder := modeOf(t, path), modeOf(t, dir); file != 0o600 || folder != 0o700 {
			t.Errorf("modes %o and %o", file, folder)
		}
		body, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(body), "hello token=[secret]") {
			t.Errorf("file holds %q, %v", body, err)
		}
	})
	t.Run("closes a file that others could read, and adds to it", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		path := filepath.Join(dir, "kontent.log")
		if err := os.WriteFile(path, []byte("before\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		log, closer, err := logging.Open(dir, slog.LevelInfo)
		if err != nil {
			t.Fatal(err)
		}
		log.Info("after")
		if err := closer.Close(); err != nil {
			t.Fatal(err)
		}
		if got := modeOf(t, path); got != 0o600 {
			t.Errorf("mode %o", got)
		}
		body, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(body), "before\n") || !strings.Contains(string(body), "after") {
			t.Errorf("file holds %q, %v", body, err)
		}
	})
	t.Run("begins a new file at five megabytes, both closed to others", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "kontent.log"), bytes.Repeat([]byte("x"), 5<<20), 0o600); err != nil {
			t.Fatal(err)
		}
		log, closer, err := logging.Open(dir, slog.LevelInfo)
		if err != nil {
			t.Fatal(err)
		}
		log.Info("after")
		if err := closer.Close(); err != nil {
			t.Fatal(err)
		}
		files, err := os.ReadDir(dir)
		if err != nil || len(files) != 2 {
			t.Fatalf("%d files, %v", len(files), err)
		}
		for _, file := range files {
			if got := modeOf(t, filepath.Join(dir, file.Name())); got != 0o600 {
				t.Errorf("%s has mode %o", file.Name(), got)
			}
		}
	})
	t.Run("says when the folder cannot be made", func(t *testing.T) {
		t.Parallel()
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := logging.Open(filepath.Join(file, "logs"), slog.LevelInfo); err == nil {
			t.Error("opened a log below a file")
		}
	})
}
