package sqlite

import (
	"context"
	"strconv"
	"strings"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// callsSetting is where the calls to a provider are counted: "2026-11-25 123".
const callsSetting = "calls/"

// AddCalls adds calls to those made to a provider on a day. A new day begins
// at 0 and forgets the former.
func (db *DB) AddCalls(ctx context.Context, p social.Provider, day string, calls int) error {
	return db.write(ctx, "count calls", func(q *gen.Queries) error {
		stored, err := settingOf(ctx, q, callsSetting+string(p))
		if err != nil {
			return err
		}
		value := day + " " + strconv.Itoa(callsOn(stored, day)+calls)
		return q.PutSetting(ctx, gen.PutSettingParams{Name: callsSetting + string(p), Value: value})
	})
}

// Calls returns how many calls were made to a provider on a day; 0 for any but
// the last day that is known.
func (db *DB) Calls(ctx context.Context, p social.Provider, day string) (int, error) {
	stored, err := settingOf(ctx, db.queries, callsSetting+string(p))
	return callsOn(stored, day), failed("read the count of calls", err)
}

// callsOn reads a count. One that cannot be read counts for nothing: it would
// keep logins from being looked at.
func callsOn(stored, day string) int {
	on, count, _ := strings.Cut(stored, " ")
	calls, err := strconv.Atoi(count)
	if on != day || err != nil || calls < 0 {
		return 0
	}
	return calls
}
