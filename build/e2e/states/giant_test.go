//go:build e2e

package states_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

// TestAGiantLogin connects 500 Pages in 7 businesses with 300 Instagram accounts
// from the window, and renews them from the command line, each within the budget
// of requests.
func TestAGiantLogin(t *testing.T) {
	const giant, accounts = "Rede Gigante", 800
	const pictures = "../../out/giant"
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s, err := stage.Open(ctx, programs)
	ok(t, err)
	t.Cleanup(func() { ok(t, s.Close()) })
	networks, err := s.StartNetworks(ctx)
	ok(t, err)
	// Slow enough that the reading can be seen.
	ok(t, networks.Act(ctx, stage.Action{Do: "giant", Provider: "meta", Target: "500/7/300"}))
	ok(t, networks.Act(ctx, stage.Action{Do: "slow", Provider: "meta", Target: "accounts", Count: -1, Millis: 300}))
	ok(t, os.MkdirAll(pictures, 0o755))
	ok(t, s.OpenWindow(ctx))

	ok(t, s.Window.Click(ctx, webdriver.Role("button", "Conectar conta: Instagram/Facebook")))
	ok(t, s.Window.Click(ctx, webdriver.Role("button", "Abrir o navegador")))
	browser, err := s.Browser(ctx, "/sandbox/flow/")
	ok(t, err)
	for _, page := range []struct{ heading, button string }{
		{"Entrar na demonstração do Facebook", "Continuar como " + giant},
		{"Escolha as Páginas", "Continuar"}, {"Escolha as contas do Instagram", "Continuar"},
		{"Revise as permissões", "Concluir"},
	} {
		_, err := browser.Find(ctx, webdriver.RolePart("heading", page.heading))
		ok(t, err)
		ok(t, browser.Click(ctx, webdriver.Role("button", page.button)))
	}
	ok(t, s.Reads(ctx, "dialog", "contas lidas"))
	ok(t, s.Desktop.Screenshot(ctx, filepath.Join(pictures, "giant-reading.png")))
	ok(t, s.Reads(ctx, "dialog", "800 contas encontradas, lista completa"))
	ok(t, s.Window.Click(ctx, webdriver.Role("button", "Marcar todas")))
	ok(t, s.Window.Click(ctx, webdriver.Role("button", "Concluir: conectar 800")))
	ok(t, s.Reads(ctx, "dialog", "Pronto: 800 contas conectadas"))
	ok(t, s.Desktop.Screenshot(ctx, filepath.Join(pictures, "giant-connected.png")))

	connected, err := s.Accounts(ctx)
	ok(t, err)
	if len(connected) != accounts {
		t.Fatalf("%d accounts are connected", len(connected))
	}
	before := graphCalls(ctx, t, networks)
	signIn, err := s.StartSignIn(ctx, "meta", "--select", "all", "--no-browser")
	ok(t, err)
	visitAs(ctx, t, signIn.URL, giant)
	last, err := signIn.End()
	ok(t, err)
	if last != "connected" {
		t.Errorf("the renewal ended with %q", last)
	}
	// Two for the code and the long-lived token, then 5 + ceil(500/100) +
	// ceil(7/25) for the reading.
	if made := graphCalls(ctx, t, networks) - before; made > 2+5+5+1 {
		t.Errorf("the renewal took %d requests", made)
	}
}

// graphCalls counts what the programs asked Meta's API.
func graphCalls(ctx context.Context, t *testing.T, networks stage.Networks) int {
	t.Helper()
	entries, err := networks.Log(ctx)
	ok(t, err)
	count := 0
	for _, entry := range entries {
		if strings.HasPrefix(entry.Path, "/v26.0/") && !strings.Contains(entry.Path, "dialog") {
			count++
		}
	}
	return count
}
