package sandbox_test

import (
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

func TestMetaCode(t *testing.T) {
	t.Parallel()

	t.Run("is taken once", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		code := w.metaCode("Maria Lima")
		first := w.exchange(code)
		equal(t, "first exchange", first.status, 200)
		equal(t, "kind of token", strings.HasPrefix(first.text("access_token"), "EAA"), true)
		equal(t, "type", first.text("token_type"), "bearer")
		w.refused(w.exchange(code), 100, 36009)
	})

	t.Run("is taken once also by two at the same time", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		code := w.metaCode("Maria Lima")
		var group sync.WaitGroup
		won := make(chan int, 8)
		for range 8 {
			group.Go(func() { won <- w.exchange(code).status })
		}
		group.Wait()
		close(won)
		winners := 0
		for status := range won {
			if status == 200 {
				winners++
			}
		}
		equal(t, "winners", winners, 1)
	})

	t.Run("is refused with anything that does not match, and then still good", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		code := w.metaCode("Maria Lima")
		w.refused(w.exchange(code, "redirect_uri", metaCallback+"/"), 100, 36008)
		w.refused(w.exchange(code, "redirect_uri", ""), 191, 0)
		w.refused(w.exchange(code, "client_secret", "wrong"), 1, 0)
		w.refused(w.exchange(code, "client_secret", ""), 1, 0)
		w.refused(w.exchange(code, "client_id", "1"), 101, 0)
		w.refused(w.exchange("AQnonsense"), 100, 0)
		w.refused(w.exchange(""), 1, 0)
		equal(t, "the honest exchange", w.exchange(code).status, 200)
	})

	t.Run("lives ten minutes", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		code := w.metaCode("Maria Lima")
		w.wait(10 * time.Minute)
		w.refused(w.exchange(code), 100, 36007)
	})

	t.Run("is worth nothing once the app has been removed", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		code := w.metaCode("Maria Lima")
		w.act(sandbox.Action{Do: "remove_app", Person: "maria"})
		w.refused(w.exchange(code), 190, 458)
	})
}

func TestMetaTokens(t *testing.T) {
	t.Parallel()

	t.Run("are short at first, long after the exchange, endless for Pages", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		short := w.exchange(w.metaCode("João Prado")).text("access_token")
		long := w.extend(short)
		equal(t, "sixty days", long.at("expires_in"), any(5183944.0))
		shortPage, longPage := w.pageToken(short, pradoPage), w.pageToken(long.text("access_token"), pradoPage)
		equal(t, "endless Page token", w.inspect(longPage).at("data", "expires_at"), any(0.0))
		equal(t, "issued_at of a short one", w.inspect(short).at("data", "issued_at"), nil)

		w.wait(2 * time.Hour)
		w.refused(w.graph(short, "/me"), 190, 463)
		w.refused(w.graph(shortPage, "/me"), 190, 463)
		w.refused(w.extend(short), 190, 463)
		equal(t, "long one", w.graph(long.text("access_token"), "/me").text("name"), "João Prado")

		w.wait(60 * 24 * time.Hour)
		w.refused(w.graph(long.text("access_token"), "/me"), 190, 463)
		equal(t, "Page token", w.graph(longPage, "/me").text("name"), "Prado Comunicação")
	})

	t.Run("are refused when forged, foreign or absent", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("Ana Souza")
		last := map[bool]string{true: "1", false: "0"}[strings.HasSuffix(token, "0")]
		w.refused(w.graph(token[:len(token)-1]+last, "/me"), 190, 0)
		w.refused(w.graph("EAA", "/me"), 190, 0)
		w.refused(w.graph("EAA0", "/me"), 190, 0)
		w.refused(w.graph("EAA*", "/me"), 190, 0)
		w.refused(w.do("GET", "/v26.0/me", nil), 2500, 0)
		w.refused(w.graph(sandbox.MetaClientID+"|wrong", "/me"), 190, 0)
		w.refused(w.graph(sandbox.MetaClientID+"|"+sandbox.MetaClientSecret, "/me"), 2500, 0)
	})

	t.Run("are accepted as header and as parameter", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("Ana Souza")
		equal(t, "header", w.graph(token, "/me").text("name"), "Ana Souza")
		equal(t, "parameter", w.do("GET", "/v26.0/me?access_token="+token, nil).text("id"), "10155443322110099")
	})

	t.Run("must fit their proof when there is one, and have one when the app demands it", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("Ana Souza")
		good := "/me?appsecret_proof=" + proof(sandbox.MetaClientSecret, token)
		equal(t, "right proof", w.graph(token, good).status, 200)
		w.refused(w.graph(token, "/me?appsecret_proof="+proof("other", token)), 100, 0)
		w.act(sandbox.Action{Do: "require_proof"})
		w.refused(w.graph(token, "/me"), 100, 0)
		equal(t, "right proof", w.graph(token, good).status, 200)
		stamp := strconv.FormatInt(w.now().Unix(), 10)
		timed := "/me?appsecret_time=" + stamp + "&appsecret_proof=" + proof(sandbox.MetaClientSecret, token+"|"+stamp)
		equal(t, "timed proof", w.graph(token, timed).status, 200)
		w.wait(6 * time.Minute)
		w.refused(w.graph(token, timed), 100, 0)
	})

	t.Run("work only with versions that exist", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("Ana Souza")
		for version, code := range map[string]float64{"v99.0": 2500, "v19.0": 2500, "v26.1": 2500, "v026.0": 2500} {
			w.refused(w.do("GET", "/"+version+"/me?access_token="+token, nil), code, 0)
		}
		equal(t, "no version", w.do("GET", "/me?access_token="+token, nil).status, 404)
		equal(t, "v30.0", w.do("GET", "/v30.0/me?access_token="+token, nil).status, 200)
	})
}

func TestDebugToken(t *testing.T) {
	t.Parallel()

	t.Run("lists Page ids for Page permissions and Instagram ids for Instagram's", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog("scope", "pages_show_list,pages_manage_posts,instagram_basic,business_management")))
		walk(w, v, "Continuar como João Prado")
		must(t, v.Only("Prado Comunicação"))
		walk(w, v, "Continuar")
		must(t, v.Only("@padariasaobento")) // without its Page
		walk(w, v, "Continuar")
		must(t, v.Set(false, "pages_manage_posts"))
		walk(w, v, "Concluir")
		token := w.exchange(v.Landed().Query().Get("code")).text("access_token")

		targets := map[string][]any{}
		d := w.inspect(token)
		for _, g := range d.list("data", "granular_scopes") {
			m, _ := g.(map[string]any)
			ids, _ := m["target_ids"].([]any)
			name, _ := m["scope"].(string)
			targets[name] = ids
		}
		equal(t, "Pages", targets["pages_show_list"][0], any(pradoPage))
		equal(t, "Instagram", targets["instagram_basic"][0], any(padariaInstagram))
		equal(t, "portfolio has no targets", len(targets["business_management"]), 0)
		_, declined := targets["pages_manage_posts"]
		equal(t, "declined one listed", declined, false)
		equal(t, "app", d.text("data", "app_id"), sandbox.MetaClientID)
		equal(t, "type", d.text("data", "type"), "USER")
		equal(t, "data access", d.at("data", "data_access_expires_at"), any(float64(w.now().Add(90*24*time.Hour).Unix())))
		equal(t, "Instagram without its Page", w.graph(token, "/"+padariaInstagram+"?fields=username").text("username"), "padariasaobento")

		w.act(sandbox.Action{Do: "all_targets"})
		equal(t, "all: no targets", strings.Contains(w.inspect(token).raw, "target_ids"), false)
	})

	t.Run("answers 200 about a dead token and refuses a bad viewer", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("Maria Lima")
		equal(t, "viewer is the token itself", w.do("GET", "/v26.0/debug_token?"+url.Values{"input_token": {token}, "access_token": {token}}.Encode(), nil).at("data", "is_valid"), any(true))
		w.act(sandbox.Action{Do: "change_password", Person: "maria"})
		dead := w.inspect(token)
		equal(t, "status", dead.status, 200)
		equal(t, "valid", dead.at("data", "is_valid"), any(false))
		equal(t, "subcode", dead.at("data", "error", "subcode"), any(460.0))
		equal(t, "garbage", w.inspect("EAAx").at("data", "error", "code"), any(190.0))
		w.refused(w.do("GET", "/v26.0/debug_token?"+url.Values{"input_token": {token}, "access_token": {token}}.Encode(), nil), 190, 460)
	})

	t.Run("names the Page of a Page token", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		d := w.inspect(w.pageToken(w.metaToken("João Prado"), pradoPage))
		equal(t, "type", d.text("data", "type"), "PAGE")
		equal(t, "Page", d.text("data", "profile_id"), pradoPage)
	})
}
