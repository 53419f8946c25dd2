//go:build e2e

package canary_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/kontent/kontent-connect/build/e2e/notice"
)

// plantAtTheSocket plays an agent, after the end of the real one.
func (w *world) plantAtTheSocket(t *testing.T, secret string) {
	t.Helper()
	ok(t, os.Remove(w.socket()))
	agent, err := net.Listen("unix", w.socket())
	ok(t, err)
	t.Cleanup(func() { _ = agent.Close() })
	face, err := net.Dial("unix", w.Desktop.Path("run", "faces-demo", "agent.sock"))
	ok(t, err)
	defer face.Close() //nolint:errcheck // only read from
	conn, err := agent.Accept()
	ok(t, err)
	_, err = io.WriteString(conn, secret)
	ok(t, err)
	ok(t, conn.Close())
	_, err = io.ReadAll(face)
	ok(t, err)
}

func (w *world) plantInThePage(t *testing.T, secret string) {
	t.Helper()
	ok(t, w.Window.Execute(w.ctx, `document.body.dataset.planted = arguments[0]`, nil, secret))
}

func (w *world) plantInANotification(t *testing.T, secret string) {
	t.Helper()
	bus, err := w.Desktop.Bus(w.ctx)
	ok(t, err)
	defer bus.Close() //nolint:errcheck // nothing is lost with it
	ok(t, bus.Object(notice.Service, "/org/freedesktop/Notifications").CallWithContext(w.ctx, notice.Service+".Notify", 0,
		"planted", uint32(0), "", "Title", secret, []string{}, map[string]any{}, int32(-1)).Err)
}

func (w *world) plantOnTheClipboard(t *testing.T, secret string) {
	t.Helper()
	ok(t, w.Desktop.Copy(w.ctx, secret))
}

// plantInArguments starts a program that ends once its record has seen it.
func (w *world) plantInArguments(t *testing.T, secret string) {
	t.Helper()
	child := w.Desktop.Command(w.ctx, "cat", "-", secret)
	input, err := child.StdinPipe()
	ok(t, err)
	ok(t, child.Start())
	w.record.Commands()
	ok(t, input.Close())
	_ = child.Wait() // fails: the secret is no file
}

func (w *world) plantInAnEnvironment(t *testing.T, secret string) {
	t.Helper()
	child := w.Desktop.Command(w.ctx, "cat")
	child.Env = append(child.Env, "PLANTED="+secret)
	input, err := child.StdinPipe()
	ok(t, err)
	ok(t, child.Start())
	w.record.Environments()
	ok(t, input.Close())
	ok(t, child.Wait())
}

func (w *world) plantInACrash(t *testing.T, secret string) {
	t.Helper()
	crash, err := w.Desktop.Launch(w.ctx, "sh", "-c", `echo "panic: $0" >&2; kill -ABRT $$`, secret)
	ok(t, err)
	_ = crash.Wait(w.ctx) // it crashes
}

func (w *world) plantInATemporaryFile(t *testing.T, secret string) {
	t.Helper()
	ok(t, w.Desktop.Command(w.ctx, "sh", "-c", `echo "$0" >"$(mktemp)"`, secret).Run())
}

func (w *world) plantInALog(t *testing.T, secret string) {
	t.Helper()
	log, err := os.OpenFile(filepath.Join(w.Data(), "logs", "kontent.log"), os.O_APPEND|os.O_WRONLY, 0)
	ok(t, err)
	_, err = fmt.Fprintln(log, secret)
	ok(t, err)
	ok(t, log.Close())
}

func (w *world) plantInARow(t *testing.T, secret string) {
	t.Helper()
	w.run(t, "CREATE TABLE planted (v)", "INSERT INTO planted VALUES ('"+secret+"')", "PRAGMA wal_checkpoint(TRUNCATE)")
}

// plantInTheJournal leaves a connection open, whose end would empty the journal.
func (w *world) plantInTheJournal(t *testing.T, secret string) {
	t.Helper()
	db := w.open(t)
	t.Cleanup(func() { ok(t, db.Close()) })
	w.exec(t, db, "PRAGMA journal_mode=WAL", "CREATE TABLE journalled (v)", "INSERT INTO journalled VALUES ('"+secret+"')")
}

func (w *world) plantInAFreePage(t *testing.T, secret string) {
	t.Helper()
	w.run(t, "PRAGMA secure_delete=OFF", "CREATE TABLE gone (v)",
		"INSERT INTO gone VALUES ('"+strings.Repeat(secret, 1000)+"')", "DROP TABLE gone", "PRAGMA wal_checkpoint(TRUNCATE)")
}

func (w *world) run(t *testing.T, statements ...string) {
	t.Helper()
	db := w.open(t)
	w.exec(t, db, statements...)
	ok(t, db.Close())
}

func (w *world) open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.Data(), database))
	ok(t, err)
	db.SetMaxOpenConns(1)
	return db
}

func (w *world) exec(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		_, err := db.ExecContext(context.WithoutCancel(w.ctx), statement)
		ok(t, err)
	}
}
