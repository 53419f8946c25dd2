package sqlite_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
)

// BenchmarkTenThousandAccounts measures what an admin waits for: the start with
// its check of the whole file, the list, and a copy (security.md DB15: a second
// for the start, 100 ms for the list).
func BenchmarkTenThousandAccounts(b *testing.B) {
	path := filepath.Join(b.TempDir(), "kontent-connect.db")
	fillWithMany(b, path, 10_000)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			db, err := sqlite.Open(b.Context(), path)
			if err != nil {
				b.Fatal(err)
			}
			_ = db.Close()
		}
	})
	db, err := sqlite.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // only measured
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if accounts, err := db.Accounts(b.Context()); err != nil || len(accounts) != 10_000 {
				b.Fatal(err)
			}
		}
	})
	b.Run("copy", func(b *testing.B) {
		for b.Loop() {
			if err := db.Keep(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func fillWithMany(b *testing.B, path string, count int) {
	b.Helper()
	db, err := sqlite.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // the next open tells
	if err := db.AddProject(b.Context(), social.Project{ID: "p1", Name: "x", CreatedAt: noon}); err != nil {
		b.Fatal(err)
	}
	accounts := make([]social.Account, 0, count)
	for i := range count {
		accounts = append(accounts, page(social.AccountID(fmt.Sprint("a", i))))
	}
	intent := social.Intent{ID: "i1", GrantID: "g1", TokenRef: firstRef, StartedAt: noon}
	grant := login("g1")
	grant.TokenRef = firstRef
	if err := db.Begin(b.Context(), intent); err != nil {
		b.Fatal(err)
	}
	if err := db.Activate(b.Context(), intent, grant, accounts, nil); err != nil {
		b.Fatal(err)
	}
}
