//go:build e2e

package trouble_test

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/journey"
	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

func cancelInTheBrowser(ctx context.Context, t *testing.T, w *world) {
	signIn, err := w.StartSignIn(ctx, "meta", "--select", "all")
	ok(t, err)
	ok(t, journey.CancelAtMeta(ctx, w.Stage))
	_, err = signIn.End()
	told(t, err, "consent_denied", "A autorização não foi concedida no navegador. Nada foi guardado.")
}

func closeTheTab(ctx context.Context, t *testing.T, w *world) {
	signIn, err := w.StartSignIn(ctx, "meta", "--select", "all", "--timeout", "2s")
	ok(t, err)
	browser, err := w.Browser(ctx, "/sandbox/flow/")
	ok(t, err)
	ok(t, browser.CloseTab(ctx))
	_, err = signIn.End()
	told(t, err, "sign_in_timeout", "O tempo para concluir o login terminou. Nada foi guardado.")
	ok(t, browser.SwitchToTab(ctx, "/callback/"))
}

func strayRequests(ctx context.Context, t *testing.T, w *world) {
	signIn, err := w.StartSignIn(ctx, "meta", "--list")
	ok(t, err)
	origin := strings.TrimSuffix(signIn.RedirectURI, "/callback/meta")
	for address, want := range map[string]int{
		origin + "/favicon.ico": http.StatusNotFound,
		origin + "/":            http.StatusNotFound,
		signIn.RedirectURI:      http.StatusBadRequest,
		signIn.RedirectURI + "?code=stolen&state=guessed":    http.StatusBadRequest,
		signIn.RedirectURI + "?error=access_denied&state=no": http.StatusBadRequest,
	} {
		reply, err := http.Get(address)
		ok(t, err)
		ok(t, reply.Body.Close())
		if reply.StatusCode != want {
			t.Errorf("%s: %s, want %d", address, reply.Status, want)
		}
	}
	ok(t, journey.ConsentAgainAtMeta(ctx, w.Stage))
	last, err := signIn.End()
	ok(t, err)
	if last != "candidates" {
		t.Errorf("the real sign-in ended with %q", last)
	}
}

// secondCallback loads the address of the return once more while the code is
// being traded, which the networks are told to take their time for.
func secondCallback(ctx context.Context, t *testing.T, w *world) {
	_, err := w.BrowserRequests(ctx) // of before
	ok(t, err)
	before, err := exchanges(ctx, w)
	ok(t, err)
	signIn, err := w.StartSignIn(ctx, "meta", "--list")
	ok(t, err)
	ok(t, w.networks.Act(ctx, stage.Action{Do: "slow", Provider: "meta", Millis: 1500}))
	ok(t, journey.ConsentAgainAtMeta(ctx, w.Stage))

	browser, err := w.Browser(ctx, "/callback/meta")
	ok(t, err)
	ok(t, browser.Navigate(ctx, callback(ctx, t, w)))
	_, err = browser.Find(ctx, webdriver.Role("heading", "Já recebido"))
	ok(t, err)
	ok(t, w.networks.Act(ctx, stage.Action{Do: "heal"}))
	last, err := signIn.End()
	ok(t, err)
	if last != "candidates" {
		t.Errorf("the sign-in ended with %q", last)
	}
	after, err := exchanges(ctx, w)
	ok(t, err)
	if after != before+1 {
		t.Errorf("the code was traded %d times, want once", after-before)
	}
}

// exchanges counts how often a code was traded, or tried to be.
func exchanges(ctx context.Context, w *world) (int, error) {
	entries, err := w.networks.Log(ctx)
	count := 0
	for _, entry := range entries {
		if strings.HasSuffix(entry.Path, "/oauth/access_token") && !slices.Contains(entry.Events, "token_extended") {
			count++
		}
	}
	return count, err
}

// callback is the address that the network has sent the browser to.
func callback(ctx context.Context, t *testing.T, w *world) string {
	t.Helper()
	urls, err := w.BrowserRequests(ctx)
	ok(t, err)
	for _, address := range urls {
		u, err := url.Parse(address)
		ok(t, err)
		if u.Path == "/callback/meta" && u.Query().Get("code") != "" {
			u.Fragment = ""
			return u.String()
		}
	}
	t.Fatalf("no return among %d requests", len(urls))
	return ""
}

// nowhere is a PATH without a single program.
const nowhere = "/nonexistent"

func noBrowserAtTheCommandLine(ctx context.Context, t *testing.T, w *world) {
	cmd := w.Command(ctx, "connect", "meta", "--select", "all", "--timeout", "2s", "--json")
	cmd.Env = changed(cmd.Env, map[string]string{"PATH": nowhere})
	signIn, err := stage.BeginSignIn(cmd)
	ok(t, err)
	if !strings.HasPrefix(signIn.URL, w.networks.Origin+"/") {
		t.Errorf("the address to open by hand is %q", signIn.URL)
	}
	_, err = signIn.End()
	told(t, err, "sign_in_timeout", "O tempo para concluir o login terminou.")
}

func noBrowserInTheWindow(ctx context.Context, t *testing.T, w *world) {
	ok(t, w.OpenWindowOf(ctx, programs, "PATH="+nowhere))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Conectar conta: Instagram/Facebook")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Abrir o navegador")))
	shows(ctx, t, w, "dialog", "O navegador não pôde ser aberto.", "abra-o você mesmo")
	link, err := w.Window.Find(ctx, webdriver.RolePart("textbox", "Link para abrir no navegador"))
	ok(t, err)
	address, err := link.Property(ctx, "value")
	ok(t, err)
	if !strings.HasPrefix(address, w.networks.Origin+"/") {
		t.Errorf("the link to copy is %q", address)
	}
	ok(t, w.EveryControlHasAName(ctx))

	// The link is good: whoever opens it gets on.
	ok(t, w.Desktop.Open(ctx, address))
	ok(t, journey.ConsentAgainAtMeta(ctx, w.Stage))
	_, err = w.Window.Find(ctx, webdriver.Role("heading", "Escolha o que conectar"))
	ok(t, err)
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Cancelar")))
	ok(t, w.Window.Gone(ctx, webdriver.CSS("dialog")))
	shows(ctx, t, w, "main", "no Um login espera a sua escolha")
}

func allPortsBusy(ctx context.Context, t *testing.T, w *world) {
	for _, port := range w.ports {
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		ok(t, err)
		defer func() { ok(t, listener.Close()) }()
	}
	_, err := w.StartSignIn(ctx, "meta", "--select", "all")
	told(t, err, "ports_busy", "As portas de retorno estão ocupadas por outro programa.")
}
