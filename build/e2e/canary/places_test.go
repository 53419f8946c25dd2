//go:build e2e

package canary_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/secrets"
)

// place is somewhere a secret must never be.
type place struct {
	name string
	// holds is all that is there.
	holds func(*testing.T) string
	// known is something harmless that must be there after the journey.
	known string
	// links: the address of a sign-in passes here by design, with its state
	// (security.md A8, A9).
	links bool
	// plant puts a secret there, as a bug would.
	plant func(t *testing.T, secret string)
}

const database = "kontent-connect.db"

// places are the twelve of security.md S5.
func (w *world) places() []place {
	return []place{
		{name: "what crossed the socket", holds: func(*testing.T) string { return w.tap.Answered() }, known: "Prado Comunicação", links: true, plant: w.plantAtTheSocket},
		w.thePage(),
		{name: "notifications", holds: w.notified, known: "org.freedesktop.Notifications", plant: w.plantInANotification},
		{name: "the clipboard", holds: w.copied, known: "/oauth/v2/authorization", links: true, plant: w.plantOnTheClipboard},
		{name: "process arguments", holds: func(*testing.T) string { return w.record.Commands() }, known: "xdg-open", links: true, plant: w.plantInArguments},
		{name: "environments", holds: func(*testing.T) string { return w.record.Environments() }, known: "KONTENT_DATA_DIR", plant: w.plantInAnEnvironment},
		{name: "crash output", holds: w.crashes, known: "SIGABRT", plant: w.plantInACrash},
		{name: "temporary files", holds: w.temporary, plant: w.plantInATemporaryFile},
		{name: "logs", holds: w.logs, known: "level=INFO", plant: w.plantInALog},
		{name: "the database", holds: w.file(database), known: "Prado Comunicação", plant: w.plantInARow},
		{name: "the database's journal", holds: w.file(database + "-wal"), known: "Prado Comunicação", plant: w.plantInTheJournal},
		{name: "free pages of the database", holds: w.freePages, plant: w.plantInAFreePage},
	}
}

func (w *world) thePage() place {
	return place{name: "the page", holds: w.seenPages, known: "Prado Comunicação", plant: w.plantInThePage}
}

func (w *world) seenPages(t *testing.T) string {
	t.Helper()
	w.look(t)
	return w.pages.String()
}

func (w *world) copied(t *testing.T) string {
	t.Helper()
	w.look(t)
	return w.clipboards.String()
}

func (w *world) notified(t *testing.T) string {
	t.Helper()
	messages, err := w.Desktop.BusRecord().Messages(w.ctx)
	ok(t, err)
	said, err := json.Marshal(messages)
	ok(t, err)
	return string(said)
}

// crashes is what every program said as it ran and as it ended, and any dump.
func (w *world) crashes(t *testing.T) string {
	t.Helper()
	return below(t, w.Desktop.Logs(), w.Desktop.Home())
}

func (w *world) temporary(t *testing.T) string {
	t.Helper()
	return below(t, w.Desktop.Path("tmp"), w.Desktop.Path("run"), w.Desktop.Path("cache"), w.Desktop.Path("state"), w.Desktop.Path("config"))
}

func (w *world) logs(t *testing.T) string {
	t.Helper()
	return below(t, filepath.Join(w.Data(), "logs"))
}

func (w *world) file(name string) func(*testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		content, err := os.ReadFile(filepath.Join(w.Data(), name))
		if errors.Is(err, fs.ErrNotExist) {
			return ""
		}
		ok(t, err)
		return string(content)
	}
}

func (w *world) freePages(t *testing.T) string {
	t.Helper()
	free, err := secrets.FreePages([]byte(w.file(database)(t)))
	ok(t, err)
	return string(free)
}

// below is what all files below the folders hold, and how they are called.
func below(t *testing.T, folders ...string) string {
	t.Helper()
	var all strings.Builder
	for _, folder := range folders {
		ok(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return gone(err)
			}
			content, err := os.ReadFile(path)
			all.WriteString(path + "\n")
			all.Write(content)
			return gone(err)
		}))
	}
	return all.String()
}

// gone forgives a file that was removed meanwhile.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
