package meta_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider/meta"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

// Every row of meta.md 5 comes over real HTTP from the sandbox, through an
// inspection, down to the health that an admin sees.
//
// Covers GR01, GR02, GR03, GR04.
func TestEveryErrorOfMeta(t *testing.T) {
	t.Parallel()
	for _, row := range meta.ErrorRows() {
		t.Run(fmt.Sprintf("%d %d %s", row.Code, row.Subcode, row.Message), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			login := w.signIn(t, choice{person: "maria"})
			w.do(t, sandbox.Action{Do: "fail", Provider: "meta", Target: "/me", Code: int(row.Code), Subcode: int(row.Subcode), Message: row.Message})
			_, err := w.Inspect(t.Context(), w.app, w.secret, login, ignore)
			trouble := asTrouble(t, err)
			refused, explicit := row.Flags()
			if trouble.Cause != row.Cause || trouble.Refused != refused || trouble.Explicit != explicit || problem.CodeOf(err) != row.Problem {
				t.Errorf("got %v, refused %v, explicit %v", err, trouble.Refused, trouble.Explicit)
			}
			if trouble.RetryAfter != row.Wait {
				t.Errorf("retry after %v, want %v", trouble.RetryAfter, row.Wait)
			}
			if trouble.TraceID == "" {
				t.Error("no id for Meta's support")
			}
			if health := healthAfter(trouble); health != row.Health {
				t.Errorf("the login is %s, want %s", health, row.Health)
			}
		})
	}
}

// healthAfter is what a login that was well becomes by one trouble.
func healthAfter(trouble *social.Trouble) social.Health {
	verdict := social.Verdict{}.Good(now().Add(-time.Hour)).After(trouble, now())
	return social.DefaultPolicy().AssessGrant(social.Grant{State: social.GrantActive, Verdict: verdict}, now()).Health
}
