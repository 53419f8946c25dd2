//go:build e2e

package trouble_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/process"
	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

func noSecretService(ctx context.Context, t *testing.T, w *world) {
	ok(t, w.Desktop.ChangeKeyring(ctx, desktop.NoKeyring))
	defer func() { ok(t, w.Desktop.ChangeKeyring(ctx, desktop.UnlockedKeyring)) }()
	_, err := w.StartSignIn(ctx, "meta", "--select", "all")
	told(t, err, "keychain_absent", "O chaveiro do sistema não está disponível.")
	accountsAre(ctx, t, w, "keychain_absent")

	ok(t, w.OpenWindow(ctx))
	shows(ctx, t, w, "main", "O chaveiro do sistema não está disponível.", "Ative o chaveiro deste computador")
	shows(ctx, t, w, "main", "Prado Comunicação")
	ok(t, w.EveryControlHasAName(ctx))
}

// accountsAre checks that the keychain's trouble is said of every account that
// was asked about, and that none is said to need a new sign-in.
func accountsAre(ctx context.Context, t *testing.T, w *world, cause string) {
	t.Helper()
	var answer struct {
		Accounts []stage.Account `json:"accounts"`
	}
	ok(t, w.Kontent(ctx, &answer, "check"))
	if len(answer.Accounts) != len(w.kept.Accounts) {
		t.Errorf("%d accounts are listed", len(answer.Accounts))
	}
	for _, account := range answer.Accounts {
		if account.Health != "keychain" || account.Cause != cause {
			t.Errorf("%s is %s (%s)", account.Name, account.Health, account.Cause)
		}
	}
}

// noSessionBus: libraries would start a bus of their own and leave it behind.
func noSessionBus(ctx context.Context, t *testing.T, w *world) {
	before, err := process.Find(w.Desktop.Path(), "dbus-daemon")
	ok(t, err)
	cmd := w.Command(ctx, "connect", "meta", "--select", "all", "--json")
	cmd.Env = changed(cmd.Env, map[string]string{"DBUS_SESSION_BUS_ADDRESS": ""})
	_, err = stage.BeginSignIn(cmd)
	told(t, err, "keychain_absent", "O chaveiro do sistema não está disponível.")
	after, err := process.Find(w.Desktop.Path(), "dbus-daemon")
	ok(t, err)
	if !slices.Equal(before, after) {
		t.Errorf("session buses %v before, %v after", before, after)
	}
}

// lockedKeychain: the question for the password stays unanswered, and the window
// is there for everything else meanwhile. What the keychain does not say is not
// held against any login.
func lockedKeychain(ctx context.Context, t *testing.T, w *world) {
	ok(t, w.Desktop.ChangeKeyring(ctx, desktop.LockedKeyring))
	defer func() { ok(t, w.Desktop.ChangeKeyring(ctx, desktop.UnlockedKeyring)) }()
	before := strings.Count(root(ctx, t, w, "_NET_CLIENT_LIST"), "0x")
	ok(t, w.OpenWindow(ctx))
	shows(ctx, t, w, "main", "Prado Comunicação")
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Conectar conta: Instagram/Facebook")))
	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Abrir o navegador")))
	await(ctx, t, "the question for the password", func() bool {
		return strings.Count(root(ctx, t, w, "_NET_CLIENT_LIST"), "0x") >= before+2 // beside the window
	})

	ok(t, w.Window.Click(ctx, webdriver.Role("button", "Cancelar")))
	ok(t, w.Window.Gone(ctx, webdriver.CSS("dialog")))
	framesStayClose(ctx, t, w)
	shows(ctx, t, w, "main", "O chaveiro do sistema")
	accounts, err := w.Accounts(ctx)
	ok(t, err)
	for _, account := range accounts {
		if account.Health != "healthy" && account.Health != "keychain" {
			t.Errorf("%s is %s (%s)", account.Name, account.Health, account.Cause)
		}
	}
	ok(t, w.EveryControlHasAName(ctx))
}
