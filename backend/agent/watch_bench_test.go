package agent_test

import (
	"fmt"
	"testing"

	"github.com/kontent/kontent-connect/backend/agent"
	"github.com/kontent/kontent-connect/backend/sqlite/sqlitetest"
)

// fill puts accounts into the database.
func (w *world) fill(accounts int) {
	w.t.Helper()
	w.must(sqlitetest.Fill(w.t.Context(), w.DB(), w.snapshot().Projects[0].ID, accounts))
}

// BenchmarkManyAccounts measures what is worked out at every change: the
// snapshot of the faces, and one drawing of the tray.
func BenchmarkManyAccounts(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		w := newWorldOf(b)
		w.fill(n)
		d := newDesk()
		w.reopen(agent.Desktop{Tray: area{d}})
		b.Run(fmt.Sprintf("snapshot/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w.snapshot()
			}
		})
		b.Run(fmt.Sprintf("tray/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w.Draw(b.Context())
			}
		})
	}
}
