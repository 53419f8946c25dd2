//go:build e2e

package journey_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/build/e2e/secrets"
	"github.com/kontent/kontent-connect/build/e2e/stage"
)

// service is the name under which the demonstration keeps its secrets, so that
// it never meets the real ones.
const service = "kontent-connect-demo"

// The accounts by the networks' own numbers.
const (
	page        = "104728391056214"
	instagram   = "17841401234500011"
	otherPage   = "112093847562018"
	companyPage = "urn:li:organization:2414183"
)

// world is the stage and what was seen on it.
type world struct {
	*stage.Stage
	ctx      context.Context
	networks map[string]stage.Networks // each agent of the demonstration has its own; by origin
	signIns  []string                  // codes and states that passed through the browser
	before   []secrets.Entry           // the keyring before the first login
	members  []string
}

// proofs are what must be true behind the window after some of the steps.
func (w *world) proofs() map[string]func(*testing.T) {
	return map[string]func(*testing.T){
		"open the window for the first time": w.onlyAppSecretsAreKept,
		"see them in the list":               w.threeAccountsAreKept,
		"kill the agent under the open window": func(t *testing.T) {
			t.Helper()
			w.threeAccountsAreKept(t)
			w.checkFindsAllHealthy(t)
		},
		"see all five": func(t *testing.T) {
			t.Helper()
			w.fiveAccountsAreKept(t)
			w.nothingLeaks(t)
			w.takePicturesOfEveryScreen(t)
		},
		"see the others stay":                        w.onePageIsGone,
		"see that only LinkedIn is left":             w.theLoginIsWithdrawn,
		"choose another language and the dark theme": w.nothingLeaks,
	}
}

func (w *world) onlyAppSecretsAreKept(t *testing.T) {
	t.Helper()
	var err error
	w.before, err = secrets.Keyring(w.ctx, w.Desktop, service)
	ok(t, err)
	if len(w.before) != 2 || !strings.Contains(w.before[0].Secret+w.before[1].Secret, "demonstracao") {
		t.Errorf("the keyring holds %v, want the secrets of the two provider apps", labels(w.before))
	}
}

func (w *world) threeAccountsAreKept(t *testing.T) {
	t.Helper()
	w.connected(t, instagram, page, otherPage)
	w.rows(t, "SELECT provider, subject_name, state FROM grants", "meta|João Prado|active")
	w.rows(t, "SELECT remote_id, state FROM accounts ORDER BY remote_id",
		page+"|active", otherPage+"|active", instagram+"|active")
	w.keyringHolds(t, 1)
}

func (w *world) fiveAccountsAreKept(t *testing.T) {
	t.Helper()
	var member string
	accounts, err := w.Accounts(w.ctx)
	ok(t, err)
	for _, account := range accounts {
		if account.Kind == "linkedin_member" {
			member = account.RemoteID
		}
	}
	w.members = []string{companyPage, member}
	w.connected(t, append([]string{page, instagram, otherPage}, w.members...)...)
	w.rows(t, "SELECT provider, state FROM grants ORDER BY provider", "linkedin|active", "meta|active")
	w.rows(t, "SELECT id FROM intents")
	w.keyringHolds(t, 2)
}

func (w *world) checkFindsAllHealthy(t *testing.T) {
	t.Helper()
	var answer struct {
		Check struct {
			Unverified int `json:"unverified"`
		} `json:"check"`
		Accounts []stage.Account `json:"accounts"`
	}
	ok(t, w.Kontent(w.ctx, &answer, "check"))
	if answer.Check.Unverified > 0 {
		t.Errorf("%d logins could not be asked about", answer.Check.Unverified)
	}
	for _, account := range answer.Accounts {
		if account.Health != "healthy" {
			t.Errorf("%s is %s (%s)", account.Name, account.Health, account.Cause)
		}
	}
}

func (w *world) onePageIsGone(t *testing.T) {
	t.Helper()
	w.connected(t, append([]string{page, instagram}, w.members...)...)
	w.rows(t, "SELECT remote_id, state FROM accounts WHERE state <> 'active'", otherPage+"|disconnected")
	w.rows(t, "SELECT count(*) FROM grants WHERE state = 'active'", "2")
	w.keyringHolds(t, 2)
	w.happened(t, "page_unsubscribed", otherPage)
	w.neverHappened(t, "revoked")
}

func (w *world) theLoginIsWithdrawn(t *testing.T) {
	t.Helper()
	w.connected(t, w.members...)
	w.rows(t, "SELECT provider, state FROM grants ORDER BY provider", "linkedin|active", "meta|closed")
	w.rows(t, "SELECT token_ref FROM erasures")
	w.keyringHolds(t, 1)
	w.happened(t, "revoked", "")
}

// connected compares what the command line tells with what was ticked.
func (w *world) connected(t *testing.T, want ...string) {
	t.Helper()
	accounts, err := w.Accounts(w.ctx)
	ok(t, err)
	var got []string
	for _, account := range accounts {
		got = append(got, account.RemoteID)
		if account.Health != "healthy" {
			t.Errorf("%s is %s (%s)", account.Name, account.Health, account.Cause)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("connected accounts (-want +got):\n%s", diff)
	}
}

// keyringHolds compares what another program finds in the keyring with what the
// database points to: one token for each login and nothing that is forgotten.
func (w *world) keyringHolds(t *testing.T, logins int) {
	t.Helper()
	entries, err := secrets.Keyring(w.ctx, w.Desktop, service)
	ok(t, err)
	named := names(entries)
	wanted := slices.Concat(w.query(t, "SELECT secret_ref FROM provider_apps"),
		w.query(t, "SELECT token_ref FROM grants WHERE state <> 'closed'"))
	slices.Sort(wanted)
	if len(wanted) != len(w.before)+logins {
		t.Errorf("the database points to %d entries, want %d", len(wanted), len(w.before)+logins)
	}
	// An entry too large for one item has its parts beside it.
	named = slices.DeleteFunc(named, func(name string) bool {
		return slices.ContainsFunc(wanted, func(ref string) bool { return strings.HasPrefix(name, ref+".") })
	})
	if diff := cmp.Diff(wanted, named); diff != "" {
		t.Errorf("entries of the keyring (-in the database +there):\n%s", diff)
	}
}

func names(entries []secrets.Entry) []string {
	var all []string
	for _, entry := range entries {
		all = append(all, entry.Attributes["username"])
	}
	slices.Sort(all)
	return all
}

func labels(entries []secrets.Entry) []string {
	var all []string
	for _, entry := range entries {
		all = append(all, entry.Label)
	}
	return all
}
