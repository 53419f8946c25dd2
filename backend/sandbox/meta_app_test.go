package sandbox_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

// heading opens a dialog and returns its page's heading.
func (w *world) heading(extra ...string) string {
	w.Helper()
	v := w.visitor()
	must(w, v.Open(w.Context(), w.dialog(extra...)))
	return v.Heading()
}

func (w *world) inspectBy(app, token string) answer {
	w.Helper()
	q := url.Values{"input_token": {token}, "access_token": {app + "|" + sandbox.MetaClientSecret}}
	return w.do("GET", "/v26.0/debug_token?"+q.Encode(), nil)
}

func TestLoginForBusiness(t *testing.T) {
	t.Parallel()
	business := []string{"client_id", sandbox.MetaBusinessClientID, "scope", "", "config_id", sandbox.MetaConfig}

	t.Run("grants all permissions of the configuration, or none", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog(business...)))
		walk(w, v, "Continuar como Maria Lima", "Continuar", "Continuar")
		equal(t, "page", v.Heading(), "Revise o que Kontent pede")
		equal(t, "boxes", len(v.Boxes()), 0)
		walk(w, v, "Permitir")
		token := w.exchange(v.Landed().Query().Get("code"), "client_id", sandbox.MetaBusinessClientID).text("access_token")
		statuses := w.graph(token, "/me/permissions").names("data", "status")
		equal(t, "permissions", len(statuses), 15)
		equal(t, "declined", slices.Contains(statuses, "declined"), false)

		must(t, v.Open(t.Context(), w.dialog(business...)))
		walk(w, v, "Continuar como João Prado", "Continuar", "Continuar", "Cancelar")
		equal(t, "error", v.Landed().Query().Get("error"), "access_denied")
	})

	t.Run("knows its own configurations only, and the classic login none", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		equal(t, "unknown", w.heading("client_id", sandbox.MetaBusinessClientID, "config_id", "1"), "Recurso indisponível")
		equal(t, "empty", w.heading("client_id", sandbox.MetaBusinessClientID, "config_id", ""), "Recurso indisponível")
		equal(t, "classic", w.heading("config_id", sandbox.MetaConfig), "Recurso indisponível")
		equal(t, "scope works too", w.heading("client_id", sandbox.MetaBusinessClientID), "Entrar na demonstração do Facebook")
	})

	t.Run("gives a system user's token to whoever forces the type of answer", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		system := []string{"client_id", sandbox.MetaBusinessClientID, "scope", "", "config_id", sandbox.MetaSystemConfig}
		equal(t, "not forced", w.heading(system...), "Tipo de resposta não aceito")
		code := w.metaCode("João Prado", append(system, "override_default_response_type", "true")...)
		a := w.exchange(code, "client_id", sandbox.MetaBusinessClientID)
		equal(t, "lifetime", a.at("expires_in"), nil)
		d := w.inspectBy(sandbox.MetaBusinessClientID, a.text("access_token"))
		equal(t, "type", d.text("data", "type"), "SYSTEM_USER")
		equal(t, "never", d.at("data", "expires_at"), any(0.0))
	})
}

func TestAppModes(t *testing.T) {
	t.Parallel()

	t.Run("development: nobody without a role signs in", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.act(sandbox.Action{Do: "remove_app_role", Person: "maria"})
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog()))
		walk(w, v, "Continuar como Maria Lima")
		equal(t, "page", v.Heading(), "Aplicativo não ativo")
		equal(t, "status", v.Status(), 403)
		equal(t, "went back to the app", v.Landed() == nil, true)
		w.act(sandbox.Action{Do: "restore_app_role", Person: "maria"})
		w.metaToken("Maria Lima")
	})

	t.Run("live: localhost is refused, and what has no advanced access is dropped without a word", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		equal(t, "localhost", w.heading("client_id", sandbox.MetaLiveClientID), "URL bloqueada")
		granted := func(person string) []string {
			landed, err := w.visitor().SignIn(t.Context(), w.dialog("client_id", sandbox.MetaLiveClientID, "redirect_uri", sandbox.RelayURLMeta, "return_scopes", "true"), person)
			must(t, err)
			equal(t, "denied for "+person, landed.Query().Get("denied_scopes"), "")
			return strings.Split(landed.Query().Get("granted_scopes"), ",")
		}
		same(t, "Maria", granted("Maria Lima"), []string{"pages_show_list", "business_management", "pages_read_engagement", "instagram_basic", "public_profile"})
		equal(t, "João, who has a role", slices.Contains(granted("João Prado"), "pages_manage_posts"), true)
	})

	t.Run("change while the sandbox runs, until it is reset", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		relay := "http://127.0.0.1:45000/relay/"
		w.act(sandbox.Action{Do: "app_live"})
		w.act(sandbox.Action{Do: "register_redirect", Target: relay})
		equal(t, "localhost", w.heading(), "URL bloqueada")
		equal(t, "registered", w.heading("redirect_uri", relay), "Entrar na demonstração do Facebook")
		w.act(sandbox.Action{Do: "app_live", Target: "off"})
		equal(t, "development again", w.heading(), "Entrar na demonstração do Facebook")
		must(t, w.box.Reset())
		equal(t, "forgotten", w.heading("redirect_uri", relay), "URL bloqueada")
		for _, bad := range []string{"https://evil.example/", "http://10.0.0.1/", "x"} {
			if w.box.Do(sandbox.Action{Do: "register_redirect", Target: bad}) == nil {
				t.Errorf("%s can be registered", bad)
			}
		}
	})

	t.Run("native: app tokens are ignored, as though none was sent", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("Ana Souza")
		w.act(sandbox.Action{Do: "app_native"})
		w.refused(w.inspect(token), 2500, 0)
		equal(t, "a person's token", w.graph(token, "/me").status, 200)
		equal(t, "asks about itself", w.do("GET", "/v26.0/debug_token?"+url.Values{"input_token": {token}, "access_token": {token}}.Encode(), nil).at("data", "is_valid"), any(true))
	})
}

func TestSystemUser(t *testing.T) {
	t.Parallel()

	t.Run("never signs in", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog()))
		equal(t, "offered", strings.Contains(v.Text(), "Integração"), false)
	})

	t.Run("gets a token from the control, which the log does not hold", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		minted := w.do("POST", "/sandbox/mint", url.Values{}, "X-Sandbox", "1")
		token := minted.text("access_token")
		equal(t, "status", minted.status, 200)
		equal(t, "name", w.graph(token, "/me").text("name"), "Kontent Integração")
		equal(t, "type", w.inspect(token).text("data", "type"), "SYSTEM_USER")
		equal(t, "listed", len(w.graph(token, "/me/accounts").list("data")), 2)
		w.act(sandbox.Action{Do: "assigned_only"})
		equal(t, "listed no more", len(w.graph(token, "/me/accounts").list("data")), 0)
		equal(t, "assigned", len(w.graph(token, "/me/assigned_pages?fields=name,access_token").list("data")), 2)
		w.refused(w.extend(token), 100, 0)
		equal(t, "in the log", strings.Contains(w.do("GET", "/sandbox/log", nil, "X-Sandbox", "1").raw, token), false)
		equal(t, "without the header", w.do("POST", "/sandbox/mint", nil).status, 403)
		if _, err := w.box.Mint(sandbox.Mint{App: "1"}); err == nil {
			t.Error("minted for an unknown app")
		}
		if _, err := w.box.Mint(sandbox.Mint{Permissions: []string{"everything"}}); err == nil {
			t.Error("minted an unknown permission")
		}
		w.act(sandbox.Action{Do: "revoke", Person: "sistema"})
		w.refused(w.graph(token, "/me"), 190, 467)
	})
}
