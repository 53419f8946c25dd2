//go:build e2e

package states_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

const (
	crowd        = 37
	crowdPerson  = "Ana Souza"
	linkedInApp  = "86demokontent1"
	picturesOfIn = "../../out/linkedin"
)

// budgetOf is the most that a sign-in with n organizations may ask: three, the
// roles a hundred at a time, and the details one by one, or fifty at a time.
func budgetOf(tier string, n int) int {
	details := n
	if tier == "standard" {
		details = (n + 49) / 50
	}
	return 3 + (n+99)/100 + details
}

// TestAManyPagedLogin connects a profile and 37 organizations with every role in
// one sign-in: from the command line on both of LinkedIn's tiers, and from the
// window.
func TestAManyPagedLogin(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	w := openLinkedIn(ctx, t)
	ok(t, w.networks.Act(ctx, stage.Action{Do: "organizations", Person: "ana", Count: crowd}))

	// With every role there is, some of which allow nothing.
	if usable := w.crowdByCommand(ctx, t, "development", "--list"); usable >= 1+crowd {
		t.Errorf("%d accounts can be connected", usable)
	}
	ok(t, w.networks.Act(ctx, stage.Action{Do: "organizations", Person: "ana", Count: crowd, Target: "able"}))
	ok(t, w.networks.Act(ctx, stage.Action{Do: "tier", Target: "standard"}))
	w.crowdByCommand(ctx, t, "standard", "--select", "all")
	accounts := w.crowdIsConnected(ctx, t)
	ok(t, w.Kontent(ctx, nil, "disconnect", accounts[0].ID, "--whole-login", "--yes"))

	ok(t, w.networks.Act(ctx, stage.Action{Do: "tier", Target: "development"}))
	w.setTier(ctx, t, "development")
	ok(t, w.OpenWindow(ctx))
	before := w.linkedInCalls(ctx, t)
	w.signInFromWindow(ctx, t, crowdPerson)
	ok(t, w.Reads(ctx, "dialog", "38 contas encontradas, lista completa", "Creator in residence", "no não pôde ser lida"))
	if made, most := w.linkedInCalls(ctx, t)-before, budgetOf("development", crowd); made > most {
		t.Errorf("the window's sign-in took %d requests, at most %d", made, most)
	} else {
		t.Logf("window, development: %d requests, at most %d", made, most)
	}
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Marcar todas")))
	ok(t, w.Desktop.Screenshot(ctx, filepath.Join(picturesOfIn, "crowd-choose.png")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Confirmar: conectar 38")))
	ok(t, w.Reads(ctx, "dialog", "Pronto: 38 contas conectadas"))
	ok(t, w.Desktop.Screenshot(ctx, filepath.Join(picturesOfIn, "crowd-connected.png")))
	w.crowdIsConnected(ctx, t)
}

// crowdIsConnected holds that all organizations and the profile are connected.
func (w *world) crowdIsConnected(ctx context.Context, t *testing.T) []stage.Account {
	t.Helper()
	accounts, err := w.Accounts(ctx)
	ok(t, err)
	kinds := map[string]int{}
	for _, a := range accounts {
		kinds[a.Kind]++
	}
	if kinds["linkedin_organization"] != crowd || kinds["linkedin_member"] != 1 || len(accounts) != 1+crowd {
		t.Errorf("connected are %v", kinds)
	}
	return accounts
}

// TestLinkedInsWalls looks at what the window says when LinkedIn gives less than
// was asked for, when it refuses a permission, and when it calls nobody.
func TestLinkedInsWalls(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	w := openLinkedIn(ctx, t)
	ok(t, w.OpenWindow(ctx))

	ok(t, w.networks.Act(ctx, stage.Action{Do: "withhold", Target: "w_organization_social"}))
	w.signInFromWindow(ctx, t, "João Prado")
	ok(t, w.Reads(ctx, "dialog", "1 permissão não foi concedida", "w_organization_social – produto Community Management API",
		"Sem ela, o Kontent não publica", "linkedin.com/developers"))
	ok(t, w.Desktop.Screenshot(ctx, filepath.Join(picturesOfIn, "declined.png")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Cancelar")))

	// An id that LinkedIn does not know, and an address that it was not told.
	ok(t, w.Kontent(ctx, nil, "apps", "set", "linkedin", "--client-id", "86naoexiste", "--port", "47653"))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Conectar conta: LinkedIn")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Abrir o navegador")))
	_, err := w.Browser(ctx, "/oauth/v2/authorization")
	ok(t, err)
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Nada aconteceu no navegador?")))
	ok(t, w.Reads(ctx, "dialog", "Endereço de retorno em uso", "Authorized redirect URLs", "Client ID em uso"))
	for _, value := range []string{"http://localhost:47653/callback/linkedin", "86naoexiste"} {
		if !w.offersToCopy(ctx, t, value) {
			t.Errorf("%s is not there to copy", value)
		}
	}
	ok(t, w.EveryControlHasAName(ctx))
	ok(t, w.Desktop.Screenshot(ctx, filepath.Join(picturesOfIn, "wall-waiting.png")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Cancelar")))

	// An app of another product: LinkedIn names the permission on its way back.
	ok(t, w.Kontent(ctx, nil, "apps", "set", "linkedin", "--client-id", "86demopublica1", "--port", "17653"))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Conectar conta: LinkedIn")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Abrir o navegador")))
	ok(t, w.Reads(ctx, "dialog", "O login não foi concluído", "r_basicprofile", "Community Management API"))
	ok(t, w.Desktop.Screenshot(ctx, filepath.Join(picturesOfIn, "unauthorized.png")))
	// The cross at the top and the button at the foot.
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Fechar").Nth(2)))

	// Nobody comes back in time, as the window shows a sign-in of the command
	// line that it has taken over.
	ok(t, w.Kontent(ctx, nil, "apps", "set", "linkedin", "--client-id", linkedInApp))
	signIn, err := w.StartSignIn(ctx, "linkedin", "--list", "--no-browser", "--timeout", "6s")
	ok(t, err)
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Continuar")))
	ok(t, w.Reads(ctx, "dialog", "O tempo para concluir o login terminou", "Nada aconteceu no navegador?", "Authorized redirect URLs"))
	ok(t, w.EveryControlHasAName(ctx))
	ok(t, w.Desktop.Screenshot(ctx, filepath.Join(picturesOfIn, "wall-late.png")))
	if _, err := signIn.End(); stage.ProblemOf(err).Code != "sign_in_timeout" {
		t.Errorf("the sign-in ended with %v", err)
	}
}

// offersToCopy reports whether the dialog shows a value, whole, to be copied.
func (w *world) offersToCopy(ctx context.Context, t *testing.T, value string) bool {
	t.Helper()
	fields, err := w.Window.All(ctx, webdriver.CSS("dialog input[readonly]"))
	ok(t, err)
	return slices.ContainsFunc(fields, func(field *webdriver.Element) bool {
		held, err := field.Property(ctx, "value")
		ok(t, err)
		return held == value
	})
}

func openLinkedIn(ctx context.Context, t *testing.T) *world {
	t.Helper()
	s, err := stage.Open(ctx, programs)
	ok(t, err)
	t.Cleanup(func() { ok(t, s.Close()) })
	networks, err := s.StartNetworks(ctx)
	ok(t, err)
	ok(t, os.MkdirAll(picturesOfIn, 0o755))
	return &world{Stage: s, networks: networks}
}

// crowdByCommand signs in by the command line within the budget of a tier, and
// returns how many accounts can be connected.
func (w *world) crowdByCommand(ctx context.Context, t *testing.T, tier string, choice ...string) (usable int) {
	t.Helper()
	w.setTier(ctx, t, tier)
	before := w.linkedInCalls(ctx, t)
	signIn, err := w.StartSignIn(ctx, append([]string{"linkedin", "--no-browser"}, choice...)...)
	ok(t, err)
	visitAs(ctx, t, signIn.URL, crowdPerson)
	_, err = signIn.End()
	ok(t, err)
	made, most := w.linkedInCalls(ctx, t)-before, budgetOf(tier, crowd)
	t.Logf("command line, %s: %d requests, at most %d", tier, made, most)
	if made > most {
		t.Errorf("a sign-in on the %s tier took %d requests, at most %d", tier, made, most)
	}
	if len(signIn.Offered) != 1+crowd {
		t.Errorf("%d candidates", len(signIn.Offered))
	}
	for _, c := range signIn.Offered {
		if c.Usable {
			usable++
		} else if c.Reason == "" {
			t.Errorf("%s cannot be connected, and nobody knows why", c.Name)
		}
	}
	return usable
}

func (w *world) setTier(ctx context.Context, t *testing.T, tier string) {
	t.Helper()
	ok(t, w.Kontent(ctx, nil, "apps", "set", "linkedin", "--client-id", linkedInApp, "--tier", tier))
}

// signInFromWindow goes through LinkedIn's pages in the browser, saying yes.
func (w *world) signInFromWindow(ctx context.Context, t *testing.T, person string) {
	t.Helper()
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Conectar conta: LinkedIn")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Abrir o navegador")))
	browser, err := w.Browser(ctx, "/sandbox/flow/")
	ok(t, err)
	for _, page := range []struct{ heading, button string }{
		{"Entrar na demonstração do LinkedIn", "Continuar como " + person}, {"Permitir o acesso de", "Permitir"},
	} {
		_, err := browser.Find(ctx, webdriver.RolePart("heading", page.heading))
		ok(t, err)
		ok(t, browser.Click(ctx, webdriver.Role("button", page.button)))
	}
}

// linkedInCalls counts what the programs asked LinkedIn's endpoints.
func (w *world) linkedInCalls(ctx context.Context, t *testing.T) int {
	t.Helper()
	entries, err := w.networks.Log(ctx)
	ok(t, err)
	count := 0
	for _, entry := range entries {
		for _, family := range []string{"/oauth/v2/accessToken", "/oauth/v2/introspectToken", "/v2/", "/rest/"} {
			if strings.HasPrefix(entry.Path, family) {
				count++
			}
		}
	}
	return count
}

// TestARenewalInSeconds renews a login in its last days: the window promises that
// LinkedIn skips the permissions, and LinkedIn does, because it is asked for
// exactly what it was asked for before.
func TestARenewalInSeconds(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	w := openLinkedIn(ctx, t)
	w.connect(ctx, t, "linkedin")
	ok(t, w.networks.Act(ctx, stage.Action{Do: "expire", Provider: "linkedin", Millis: int((3*day + time.Hour).Milliseconds())}))
	ok(t, w.OpenWindow(ctx))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Verificar agora")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Renovar login de João Prado")))
	ok(t, w.Reads(ctx, "dialog", "Renovar agora leva cerca de cinco segundos.", "o LinkedIn pula a tela de permissões"))
	ok(t, w.EveryControlHasAName(ctx))
	ok(t, w.Desktop.Screenshot(ctx, filepath.Join(picturesOfIn, "renewal.png")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Abrir o navegador")))
	browser, err := w.Browser(ctx, "/sandbox/flow/")
	ok(t, err)
	ok(t, browser.Click(ctx, webdriver.Role("button", "Continuar como João Prado")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Confirmar: renovar 1")))
	ok(t, w.Reads(ctx, "dialog", "Pronto: 1 conta conectada"))
	skipped, err := w.networks.Count(ctx, "consent_skipped")
	ok(t, err)
	if skipped != 1 {
		t.Errorf("the permissions were skipped %d times", skipped)
	}
}
