package command_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// TestSecretIn: secrets come in through standard input and are never written,
// whatever happens (design.md 1, promise 1).
func TestSecretIn(t *testing.T) {
	t.Parallel()
	const secret = "hunter2-app-secret"
	for _, language := range []string{"en", "pt-BR", "es"} {
		for form, flags := range map[string][]string{"for people": nil, "as JSON": {"--json"}} {
			t.Run(language+" "+form, func(t *testing.T) {
				t.Parallel()
				w := newWorld()
				w.language, w.in = language, "  "+secret+"\r\n"
				got := w.run(t.Context(), append(flags, "apps", "set", "meta", "--secret-stdin")...)
				if diff := cmp.Diff([]string{secret}, w.Secrets()); diff != "" || got.code != 0 {
					t.Errorf("exit %d, arrived (-want +got):\n%s", got.code, diff)
				}
				w.Fail("set_app", problem.New(problem.AppInvalid, nil))
				failed := w.run(t.Context(), append(flags, "apps", "set", "meta", "--secret-stdin")...)
				if failed.code != 1 {
					t.Errorf("exit %d", failed.code)
				}
				if all := got.out + got.err + failed.out + failed.err; strings.Contains(all, secret) {
					t.Errorf("the secret was written: %s", all)
				}
			})
		}
	}
	t.Run("a token pasted for a sign-in", func(t *testing.T) {
		t.Parallel()
		w := signingIn(choosing)
		w.in = secret + "\n"
		got := w.run(t.Context(), "connect", "meta", "--list", "--token-stdin", "--json")
		if len(w.Requests()) != 1 || w.Requests()[0].Token != secret {
			t.Errorf("arrived: %d sign-ins", len(w.Requests()))
		}
		if strings.Contains(got.out+got.err, secret) {
			t.Errorf("the token was written: %s%s", got.out, got.err)
		}
	})
}

// TestAppsSet: an option that is left out keeps what is stored; the client id
// also comes from the environment.
func TestAppsSet(t *testing.T) {
	t.Parallel()
	stored := snapshot().Apps[0]
	for name, tc := range map[string]struct {
		env  map[string]string
		args []string
		want func(*view.ProviderApp)
	}{
		"one option changes only that": {nil, []string{"--api-version", "v27.0"}, func(a *view.ProviderApp) { a.APIVersion = "v27.0" }},
		"the environment names the client": {
			map[string]string{"KONTENT_META_CLIENT_ID": "env"}, nil, func(a *view.ProviderApp) { a.ClientID = "env" },
		},
		"an option wins over the environment": {
			map[string]string{"KONTENT_META_CLIENT_ID": "env"}, []string{"--client-id", "opt"}, func(a *view.ProviderApp) { a.ClientID = "opt" },
		},
		"another provider's variable says nothing": {
			map[string]string{"KONTENT_LINKEDIN_CLIENT_ID": "env"}, nil, func(*view.ProviderApp) {},
		},
		"everything at once": {
			nil, []string{"--client-id", "9", "--redirect", "relay", "--port", "5", "--relay-url", "https://example.com/r", "--login-config", "c"},
			func(a *view.ProviderApp) {
				a.ClientID, a.Redirect, a.Ports, a.RelayURL, a.LoginConfig = "9", "relay", []int{5}, "https://example.com/r", "c"
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, want := newWorld(), stored
			w.env = tc.env
			tc.want(&want)
			want.RedirectURIs = []string{}
			if got := w.run(t.Context(), append([]string{"apps", "set", "meta"}, tc.args...)...); got.code != 0 {
				t.Fatalf("exit %d: %s", got.code, got.err)
			}
			s, err := w.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, s.Apps[0]); diff != "" {
				t.Errorf("stored (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAccountsDate: a Page whose own token never ends still ends with its
// login; the table must not say otherwise beside "expires soon".
func TestAccountsDate(t *testing.T) {
	t.Parallel()
	w, s := newWorld(), snapshot()
	s.Accounts[0].Health, s.Accounts[0].EndsAt = view.Expiring, "2026-03-15T12:00:00Z"
	w.service = showing(s)
	got := w.run(t.Context(), "accounts", "--project", "p1")
	if !strings.Contains(got.out, "2026-03-15") || strings.Contains(got.out, "no expiry") {
		t.Errorf("says %s", got.out)
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{"pt-BR": "Nenhuma conta conectada.\n", "en": "No account is connected.\n", "es": "No hay cuentas conectadas.\n"} {
		w := newWorld()
		w.language = language
		if got := w.run(t.Context(), "accounts", "--project", "p9"); got.out != want {
			t.Errorf("%s says %q, want %q", language, got.out, want)
		}
	}
}
