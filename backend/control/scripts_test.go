package control_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/control/controltest"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// allowed lets scripts have accesses.
func allowed(t *testing.T, s control.Service) {
	t.Helper()
	must(t, s.SetPreferences(t.Context(), view.Preferences{Language: view.English, Theme: view.ThemeDark, AllowToken: true}))
}

func TestScripts(t *testing.T) {
	t.Parallel()

	t.Run("an access crosses once it is allowed, whole", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		_, err := w.client.Token(t.Context(), "a1")
		wantProblem(t, err, problem.TokenNotAllowed)
		allowed(t, w.client)
		token, err := w.client.Token(t.Context(), "a1")
		if must(t, err); token.Reveal() != controltest.LiveToken {
			t.Errorf("got %q", token.Reveal())
		}
		_, err = w.client.Token(t.Context(), "a9")
		wantProblem(t, err, problem.NotFound)
	})

	t.Run("no log has it", func(t *testing.T) {
		t.Parallel()
		var log bytes.Buffer
		f := controltest.New(snapshot())
		path := socketPath(t)
		server := control.NewServer(f, control.ServerOptions{Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
		must(t, server.Start(t.Context(), path))
		client := control.NewClient(path)
		allowed(t, client)
		_, err := client.Token(t.Context(), "a1")
		must(t, err)
		client.Close()
		must(t, server.Close())
		if !strings.Contains(log.String(), `"op":"token"`) || strings.Contains(log.String(), controltest.LiveToken) {
			t.Errorf("logged: %s", log.String())
		}
	})

	t.Run("an installation goes out and comes in, however large", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		c, err := w.client.Configuration(t.Context())
		must(t, err)
		direct, err := w.Configuration(t.Context())
		must(t, err)
		if diff := cmp.Diff(direct, c); diff != "" {
			t.Errorf("through the socket (-service +client):\n%s", diff)
		}
		for range 20_000 {
			c.Projects = append(c.Projects, view.Project{ID: "p9", Name: strings.Repeat("x", 80)})
		}
		body, err := json.Marshal(c)
		must(t, err)
		result, err := w.client.Import(t.Context(), string(body))
		if must(t, err); result.Projects != 20_001 {
			t.Errorf("%d bytes led to %+v", len(body), result)
		}
		_, err = w.client.Import(t.Context(), "{}")
		wantProblem(t, err, problem.FileForeign)
	})
}

// TestTokenCannotBePrinted: it goes where Reveal is called, and nowhere else.
func TestTokenCannotBePrinted(t *testing.T) {
	t.Parallel()
	token := control.NewToken("hunter2")
	body, err := json.Marshal(map[string]any{"token": token})
	must(t, err)
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("said", "token", token)
	for _, printed := range []string{
		fmt.Sprint(token), fmt.Sprintf("%v %+v %#v %s %q %x %d", token, token, token, token, token, token, token),
		fmt.Sprintf("%v", struct{ T control.Token }{token}), fmt.Sprintf("%+v", struct{ t control.Token }{token}), string(body), log.String(),
	} {
		if strings.Contains(printed, "hunter2") || strings.Contains(printed, "68756e74657232") {
			t.Errorf("printed %s", printed)
		}
	}
	if (control.Token{}).Reveal() != "" {
		t.Error("no token has a value")
	}
}
