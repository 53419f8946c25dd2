package sandbox_test

import (
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/sandbox/sandboxtest"
)

// walk presses one button after the other.
func walk(w *world, v *sandboxtest.Visitor, buttons ...string) {
	w.Helper()
	for _, b := range buttons {
		must(w, v.Press(w.Context(), b))
	}
}

func TestMetaSignIn(t *testing.T) {
	t.Parallel()

	t.Run("leads from the person over Pages, Instagram and permissions to the code", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog("return_scopes", "true")))
		equal(t, "first page", v.Heading(), "Entrar na demonstração do Facebook")
		same(t, "people", v.Buttons(), []string{"Continuar como João Prado", "Continuar como Maria Lima", "Continuar como Ana Souza", "Cancelar"})
		walk(w, v, "Continuar como João Prado")
		equal(t, "second page", v.Heading(), "Escolha as Páginas")
		equal(t, "Pages ticked at first", len(v.Ticked()), 16)
		must(t, v.Only("Padaria São Bento", "Restaurante Sabor da Bahia 🌶️"))
		walk(w, v, "Continuar")
		equal(t, "third page", v.Heading(), "Escolha as contas do Instagram")
		must(t, v.Only("@padariasaobento"))
		walk(w, v, "Continuar")
		equal(t, "fourth page", v.Heading(), "Revise as permissões")
		must(t, v.Set(false, "Ler e responder mensagens das suas Páginas"))
		walk(w, v, "Concluir")
		q := v.Landed().Query()
		equal(t, "state", q.Get("state"), "s1")
		equal(t, "denied", q.Get("denied_scopes"), "pages_messaging")
		equal(t, "granted has posts", strings.Contains(q.Get("granted_scopes"), "pages_manage_posts"), true)
		equal(t, "callback", strings.HasPrefix(v.Landed().String(), metaCallback+"?"), true)

		token := w.extend(w.exchange(q.Get("code")).text("access_token")).text("access_token")
		same(t, "listed", w.graph(token, "/me/accounts?fields=name").names("data", "name"),
			[]string{"Padaria São Bento", "Restaurante Sabor da Bahia 🌶️"})
	})

	t.Run("cancelled on any page goes back with the reason and no code", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ways := [][]string{
			{}, {"Continuar como Maria Lima"}, {"Continuar como Maria Lima", "Continuar"},
			{"Continuar como Maria Lima", "Continuar", "Continuar"},
		}
		for _, way := range ways {
			v := w.visitor()
			must(t, v.Open(t.Context(), w.dialog()))
			walk(w, v, append(way, "Cancelar")...)
			q := v.Landed().Query()
			equal(t, "error", q.Get("error"), "access_denied")
			equal(t, "reason", q.Get("error_reason"), "user_denied")
			equal(t, "state", q.Get("state"), "s1")
			equal(t, "code", q.Get("code"), "")
		}
		equal(t, "a grant was made", w.happened("grant_created"), false)
	})

	t.Run("refuses on its own page and never redirects", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		for heading, extra := range map[string][]string{
			"ID do aplicativo inválido":   {"client_id", "1"},
			"URL bloqueada":               {"redirect_uri", "http://127.0.0.1:17653/callback/meta"},
			"Permissões inválidas":        {"scope", "pages_show_list,manage_pages"},
			"Falta o parâmetro state":     {"state", ""},
			"Tipo de resposta não aceito": {"response_type", "token"},
			"Recurso indisponível":        {"config_id", "1"},
		} {
			v := w.visitor()
			must(t, v.Open(t.Context(), w.dialog(extra...)))
			equal(t, "heading", v.Heading(), heading)
			equal(t, "status", v.Status(), 400)
		}
		for _, redirect := range []string{
			"http://localhost/callback/meta", "http://localhost:1/callback/meta/", "http://localhost:1/other",
			"http://localhost:1/callback/meta?x=1", "https://localhost:1/callback/meta", "http://localhost:1@evil.example/callback/meta", "",
		} {
			v := w.visitor()
			must(t, v.Open(t.Context(), w.dialog("redirect_uri", redirect)))
			equal(t, redirect, v.Heading(), "URL bloqueada")
		}
	})

	t.Run("accepts any localhost port in development and only registered addresses when live", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, func(o *sandbox.Options) {
			live := sandbox.DefaultMetaApps()[0]
			live.ID, live.Live = "77", true
			o.MetaApps = append(sandbox.DefaultMetaApps(), live)
		})
		opens := func(extra ...string) int {
			v := w.visitor()
			must(t, v.Open(t.Context(), w.dialog(extra...)))
			return v.Status()
		}
		equal(t, "development, odd port", opens("redirect_uri", "http://localhost:40123/callback/meta"), 200)
		equal(t, "development, relay", opens("redirect_uri", sandbox.RelayURLMeta), 200)
		equal(t, "live, localhost", opens("client_id", "77"), 400)
		equal(t, "live, relay", opens("client_id", "77", "redirect_uri", sandbox.RelayURLMeta), 200)
	})

	t.Run("speaks the language of the browser", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		for language, heading := range map[string]string{
			"en-GB,en;q=0.9": "Sign in to the Facebook demonstration",
			"es-MX":          "Entrar en la demostración de Facebook",
			"de":             "Entrar na demonstração do Facebook",
		} {
			v, err := sandboxtest.New(language)
			must(t, err)
			must(t, v.Open(t.Context(), w.dialog()))
			equal(t, language, v.Heading(), heading)
		}
	})
}

func TestMetaRepeatedSignIn(t *testing.T) {
	t.Parallel()

	t.Run("skips the pickers and keeps the former choice", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog()))
		walk(w, v, "Continuar como João Prado")
		must(t, v.Only("Café Avenida"))
		walk(w, v, "Continuar", "Continuar", "Concluir")

		must(t, v.Open(t.Context(), w.dialog()))
		walk(w, v, "Continuar como João Prado")
		equal(t, "page", v.Heading(), "Reconectar Kontent")
		walk(w, v, "Reconectar")
		token := w.exchange(v.Landed().Query().Get("code")).text("access_token")
		same(t, "listed", w.graph(token, "/me/accounts?fields=name").names("data", "name"), []string{"Café Avenida"})
	})

	t.Run("opens the picker again with rerequest, the former choice ticked, and replaces it", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog()))
		walk(w, v, "Continuar como João Prado")
		must(t, v.Only("Café Avenida"))
		walk(w, v, "Continuar", "Continuar", "Concluir")
		token := w.extend(w.exchange(v.Landed().Query().Get("code")).text("access_token")).text("access_token")
		cafe := w.pageToken(token, "115506172839401")

		must(t, v.Open(t.Context(), w.dialog("auth_type", "rerequest")))
		walk(w, v, "Continuar como João Prado")
		same(t, "ticked", v.Ticked(), []string{"Café Avenida"})
		must(t, v.Only("Padaria São Bento"))
		walk(w, v, "Continuar", "Continuar", "Concluir")
		same(t, "the old token's list", w.graph(token, "/me/accounts?fields=name").names("data", "name"), []string{"Padaria São Bento"})
		w.refused(w.graph(cafe, "/me"), 10, 0)
	})

	t.Run("asks for nothing but new permissions, and for declined ones only with rerequest", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog("scope", "pages_show_list,pages_manage_posts")))
		walk(w, v, "Continuar como Maria Lima", "Continuar")
		must(t, v.Set(false, "pages_manage_posts"))
		walk(w, v, "Concluir")

		must(t, v.Open(t.Context(), w.dialog("scope", "pages_show_list,pages_manage_posts,read_insights")))
		walk(w, v, "Continuar como Maria Lima")
		same(t, "asked", v.Boxes(), []string{"Ver o analytics das suas Páginas"})
		walk(w, v, "Concluir")
		token := w.exchange(v.Landed().Query().Get("code")).text("access_token")
		same(t, "statuses", w.graph(token, "/me/permissions").names("data", "status"), []string{"granted", "granted", "granted", "declined"})

		must(t, v.Open(t.Context(), w.dialog("scope", "pages_manage_posts", "auth_type", "rerequest")))
		walk(w, v, "Continuar como Maria Lima", "Continuar")
		same(t, "asked again", v.Boxes(), []string{"Publicar conteúdo nas suas Páginas"})
	})
}

func TestADialogCannotBeTricked(t *testing.T) {
	t.Parallel()

	t.Run("a second answer to the last page makes no second code", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog("scope", "business_management")))
		walk(w, v, "Continuar como Ana Souza")
		twin := *v
		walk(w, v, "Concluir")
		walk(w, &twin, "Concluir")
		equal(t, "second answer", twin.Heading(), "Este acesso já terminou")
		equal(t, "status", twin.Status(), 410)
	})

	t.Run("an answer from an earlier page leads to the present one", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog()))
		walk(w, v, "Continuar como Maria Lima")
		old := *v
		walk(w, v, "Continuar", "Continuar")
		walk(w, &old, "Continuar")
		equal(t, "page", old.Heading(), "Revise as permissões")
	})

	t.Run("a guessed dialog does not exist", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		equal(t, "status", w.do("POST", "/sandbox/flow/guess", map[string][]string{"step": {"signin"}, "person": {"joao"}}).status, 410)
	})
}
