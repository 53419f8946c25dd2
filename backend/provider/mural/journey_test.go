package mural_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestABoardIsConnectedCheckedAndDisconnected(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	offered := w.signIn()
	if got := []string{offered.Candidates[0].Name, offered.Candidates[1].Name}; !cmp.Equal(got, []string{"Vagas", "Eventos"}) {
		t.Fatalf("boards on offer: %v", got)
	}
	if got := offered.Candidates[0].Capabilities; got.Get(social.Publish) != social.Granted || got.Get(social.Messages) != social.Unavailable {
		t.Errorf("what a board can do: %v", got)
	}
	connected, err := w.Select(t.Context(), offered.ID, []string{"1"})
	w.must(err)

	found, err := w.Check(t.Context(), nil)
	w.must(err)
	if found.Accounts != 1 || found.Unverified != 0 {
		t.Errorf("the check found %+v", found)
	}
	if got := w.health(); got.Health != social.Healthy {
		t.Errorf("a board just connected is %+v", got)
	}

	ended, err := w.Disconnect(t.Context(), connected.Connected[0], false)
	w.must(err)
	if ended.Outcome != social.Withdrawn || !ended.WholeLogin {
		t.Errorf("disconnecting the only board: %+v", ended)
	}
}

func TestTheNetworksWordEndsAnAccess(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.connect("1", "2")
	w.network.set(func() { w.network.revoked = true })
	_, err := w.Check(t.Context(), nil)
	w.must(err)
	if got := w.health(); got.Health != social.Reconnect || got.Cause != social.CauseRevoked {
		t.Errorf("after it was revoked: %+v", got)
	}
}

func TestANetworkThatIsDownEndsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connected := w.connect("1")
	w.network.set(func() { w.network.down = true })
	_, err := w.Check(t.Context(), nil)
	w.must(err)
	if got := w.health(); got.Health != social.Unverified {
		t.Errorf("while the network is down: %+v", got)
	}
	ended, err := w.Disconnect(t.Context(), connected.Connected[0], true)
	w.must(err)
	if ended.Outcome != social.Unreachable {
		t.Errorf("disconnecting meanwhile: %+v", ended)
	}
}

func TestWhatWasNotGrantedCannotBeConnected(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.network.set(func() { w.network.scope = "boards:read" })
	offered := w.signIn()
	if got := offered.Candidates[0]; got.Usable || got.Reason != social.ReasonPermissionMissing {
		t.Errorf("a board nobody may write to: %+v", got)
	}
}

func TestTheAppIsTriedWithoutAPerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider()
	w.must(p.TestApp(t.Context(), w.app, social.NewSecret(appSecret)))
	err := p.TestApp(t.Context(), w.app, social.NewSecret("another"))
	if got := problem.CodeOf(err); got != problem.AppSecretWrong {
		t.Errorf("with a wrong secret: %q (%v)", got, err)
	}
}

func TestTheTokenLastsAsLongAsTheNetworkSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.connect("1")
	want := social.ExpiresAt(w.now().Add(90*24*time.Hour), social.ToldByProvider)
	if got := w.login().Clocks.Token; got != want {
		t.Errorf("clock %+v, want %+v", got, want)
	}
}
