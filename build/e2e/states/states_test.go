//go:build e2e

// Package states_test makes every state of an account happen at the networks
// and looks at it in the real window: its word, its cause, and what it offers.
package states_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/sandbox/sandboxtest"
	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

const (
	programs = "../../bin"
	pictures = "../../out/states"

	page      = "104728391056214"
	instagram = "17841401234500011"
	otherPage = "112093847562018"
	day       = 24 * time.Hour
)

// state is one thing that happens at a network, and how the window tells it.
type state struct {
	name    string
	actions []stage.Action
	reads   []string
	// renewed signs in again once that has happened: some of it is only told then.
	renewed bool
}

// TestStates walks from one state to the next; each is healed before the next
// one comes, so that a text is never that of the one before.
func TestStates(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	s, err := stage.Open(ctx, programs)
	ok(t, err)
	t.Cleanup(func() { ok(t, s.Close()) })
	networks, err := s.StartNetworks(ctx)
	ok(t, err)
	ok(t, os.RemoveAll(pictures))
	ok(t, os.MkdirAll(pictures, 0o755))

	w := &world{Stage: s, networks: networks}
	w.connect(ctx, t, "meta")
	w.connect(ctx, t, "linkedin")
	ok(t, s.OpenWindow(ctx))
	for _, of := range []struct {
		network string
		states  []state
	}{{"meta", metaStates()}, {"linkedin", linkedInStates()}} {
		for _, st := range of.states {
			t.Run(of.network+" "+st.name, func(t *testing.T) {
				for _, a := range st.actions {
					a.Provider = of.network
					ok(t, networks.Act(ctx, a))
				}
				if st.renewed {
					w.connect(ctx, t, of.network)
				}
				ok(t, s.Window.Click(ctx, webdriver.Role("button", "Verificar agora")))
				ok(t, s.Reads(ctx, "main", st.reads...))
				ok(t, s.EveryControlHasAName(ctx))
				file := of.network + "-" + strings.ReplaceAll(st.name, " ", "-") + ".png"
				ok(t, s.Desktop.Screenshot(ctx, filepath.Join(pictures, file)))
			})
			w.heal(ctx, t, of.network)
		}
	}
}

func metaStates() []state {
	joao := func(do, target string) stage.Action { return stage.Action{Do: do, Person: "joao", Target: target} }
	return []state{
		{"unticked page", []stage.Action{joao("untick", otherPage)}, []string{"A conta não foi marcada na última autorização."}, false},
		{"removed role", []stage.Action{joao("remove_role", otherPage)}, []string{"Esta pessoa perdeu a função necessária"}, false},
		{"declined permission", []stage.Action{joao("remove_permission", "pages_messaging")}, []string{"Falta a permissão de mensagens", "Conceder"}, false},
		{"ended data access", []stage.Action{joao("end_data_access", "")}, []string{"O prazo de acesso aos dados terminou."}, false},
		{"changed password", []stage.Action{joao("change_password", "")}, []string{"A senha da conta foi alterada.", "Reconectar login"}, false},
		{"removed app", []stage.Action{joao("remove_app", "")}, []string{"O aplicativo foi removido da conta desta pessoa.", "Reconectar login"}, false},
		{"outage", []stage.Action{{Do: "fail", Count: -1, Status: 503}}, []string{"Não foi possível verificar", "A rede está com problemas no momento."}, false},
	}
}

// linkedInStates are days in the life of an access of 60 days.
func linkedInStates() []state {
	left := func(d time.Duration) []stage.Action {
		// An hour more than whole days, so that the picture does not depend on
		// the minute.
		return []stage.Action{{Do: "expire", Person: "joao", Millis: int((d + time.Hour).Milliseconds())}}
	}
	return []state{
		{"day 46", left(14*day - 2*time.Hour), []string{"Expira em 14 dias", "renovar agora leva cerca de cinco segundos", "Renovar"}, false},
		{"day 57", left(3 * day), []string{"Expira em 3 dias", "renovar agora leva cerca de cinco segundos", "Renovar"}, false},
		{"day 60", left(2 * time.Hour), []string{"Expira", "renovar agora leva cerca de cinco segundos", "Renovar"}, false},
		{"day 61", []stage.Action{{Do: "expire", Person: "joao"}}, []string{"O prazo do acesso terminou.", "Reconectar login", "no cinco segundos"}, false},
		{"ceiling in 20 days", []stage.Action{{Do: "refresh_tokens", Millis: int((20*day + time.Hour).Milliseconds())}},
			[]string{"Conectada", "Acesso e renovação até", "(em 20 dias); depois, novo login", "renovar até", "no cinco segundos"}, true},
		{"renews itself for a year", []stage.Action{{Do: "refresh_tokens"}}, []string{"Conectada", "renova sozinho até", "(em 365 dias)"}, true},
	}
}

type world struct {
	*stage.Stage
	networks stage.Networks
}

// choices are the accounts that the states are about.
func choices() map[string]string {
	return map[string]string{
		"meta":     strings.Join([]string{page, instagram, otherPage}, ","),
		"linkedin": "urn:li:organization:2414183",
	}
}

// connect signs in by the command line, or renews, with a person who says yes to
// everything.
func (w *world) connect(ctx context.Context, t *testing.T, network string) {
	t.Helper()
	signIn, err := w.StartSignIn(ctx, network, "--select", choices()[network], "--choose-again", "--no-browser")
	ok(t, err)
	visitAs(ctx, t, signIn.URL, "João Prado")
	last, err := signIn.End()
	ok(t, err)
	if last != "connected" {
		t.Fatalf("the sign-in ended with %q", last)
	}
}

// visitAs signs a person in and brings the answer back, as a browser does.
func visitAs(ctx context.Context, t *testing.T, address, person string) {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, consent(ctx, t, address, person), nil)
	ok(t, err)
	reply, err := http.DefaultTransport.RoundTrip(request)
	ok(t, err)
	ok(t, reply.Body.Close())
}

// consent goes through the network's pages, ticks everything, and returns where
// the network sends the browser.
func consent(ctx context.Context, t *testing.T, address, person string) string {
	t.Helper()
	visitor, err := sandboxtest.New("pt-BR")
	ok(t, err)
	ok(t, visitor.Open(ctx, address))
	for visitor.Landed() == nil {
		ok(t, visitor.Set(true, visitor.Boxes()...))
		i := slices.IndexFunc(visitor.Buttons(), func(name string) bool {
			return slices.Contains([]string{"Continuar como " + person, "Reconectar", "Continuar", "Concluir", "Permitir"}, name)
		})
		if i < 0 {
			t.Fatalf("%q has no way on among %q", visitor.Heading(), visitor.Buttons())
		}
		ok(t, visitor.Press(ctx, visitor.Buttons()[i]))
	}
	return visitor.Landed().String()
}

// heal puts the network right and renews the login.
func (w *world) heal(ctx context.Context, t *testing.T, network string) {
	t.Helper()
	ok(t, w.networks.Act(ctx, stage.Action{Do: "heal", Provider: network}))
	if network == "meta" {
		ok(t, w.networks.Act(ctx, stage.Action{Do: "restore_role", Provider: network, Person: "joao", Target: otherPage}))
	}
	w.connect(ctx, t, network)
	ok(t, w.Reads(ctx, "main", "no Expira em 3 dias", "no Reconexão necessária"))
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
