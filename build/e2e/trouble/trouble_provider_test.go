//go:build e2e

package trouble_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/journey"
	"github.com/kontent/kontent-connect/build/e2e/stage"
)

func providerDownDuringExchange(ctx context.Context, t *testing.T, w *world) {
	ok(t, w.networks.Act(ctx, stage.Action{Do: "fail", Provider: "meta", Count: -1, Status: http.StatusServiceUnavailable}))
	defer func() { ok(t, w.networks.Act(ctx, stage.Action{Do: "heal"})) }()
	signIn, err := w.StartSignIn(ctx, "meta", "--select", "all")
	ok(t, err)
	ok(t, journey.ConsentAgainAtMeta(ctx, w.Stage))
	_, err = signIn.End()
	told(t, err, "provider_trouble", "A rede está com problemas no momento. Nada mudou aqui.")
}

// providerDownDuringCheck: "I could not ask" is not "no".
func providerDownDuringCheck(ctx context.Context, t *testing.T, w *world) {
	for _, down := range []stage.Action{
		{Do: "fail", Provider: "meta", Count: -1, Status: http.StatusInternalServerError},
		{Do: "drop", Provider: "meta", Count: -1},
	} {
		ok(t, w.networks.Act(ctx, down))
		checkFinds(ctx, t, w, "unverified", 1)
		ok(t, w.networks.Act(ctx, stage.Action{Do: "heal"}))
	}
	checkFinds(ctx, t, w, "healthy", 0)
}

func checkFinds(ctx context.Context, t *testing.T, w *world, health string, unverified int) {
	t.Helper()
	var answer struct {
		Check struct {
			Unverified int             `json:"unverified"`
			Problems   []stage.Problem `json:"problems"`
		} `json:"check"`
		Accounts []stage.Account `json:"accounts"`
	}
	ok(t, w.Kontent(ctx, &answer, "check"))
	if answer.Check.Unverified != unverified || len(answer.Check.Problems) != unverified {
		t.Errorf("the check says %+v, want %d unverified", answer.Check, unverified)
	}
	for _, account := range answer.Accounts {
		if account.Health != health {
			t.Errorf("%s is %s (%s), want %s", account.Name, account.Health, account.Cause, health)
		}
	}
}
