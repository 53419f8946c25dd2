package sandbox_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

func TestMetaRevocation(t *testing.T) {
	t.Parallel()

	t.Run("kills every token of the person, the Pages' too, and nobody else's", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		other := w.metaToken("Maria Lima")
		token := w.metaToken("João Prado")
		page := w.pageToken(token, pradoPage)
		gone := w.do("DELETE", "/v26.0/me/permissions", nil, "Authorization", "Bearer "+token)
		equal(t, "success", gone.at("success"), any(true))
		w.refused(w.graph(token, "/me"), 190, 458)
		w.refused(w.graph(page, "/me"), 190, 458)
		equal(t, "inspection", w.inspect(page).at("data", "error", "subcode"), any(458.0))
		equal(t, "Maria", w.graph(other, "/me").status, 200)
		equal(t, "logged", w.happened("revoked"), true)

		fresh := w.metaToken("João Prado")
		equal(t, "new token", w.graph(fresh, "/me").status, 200)
		w.refused(w.graph(token, "/me"), 190, 458)
	})

	t.Run("works with the app's own token and the person's id", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("Maria Lima")
		app := sandbox.MetaClientID + "|" + sandbox.MetaClientSecret
		w.refused(w.do("DELETE", "/v26.0/me/permissions?access_token="+app, nil), 100, 33)
		equal(t, "by id", w.do("DELETE", "/v26.0/10167788990011223/permissions?access_token="+app, nil).status, 200)
		w.refused(w.graph(token, "/me"), 190, 458)
	})

	t.Run("does nothing with a Page's token", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("João Prado")
		page := w.pageToken(token, pradoPage)
		w.refused(w.do("DELETE", "/v26.0/me/permissions", nil, "Authorization", "Bearer "+page), 100, 33)
		equal(t, "still alive", w.graph(token, "/me").status, 200)
	})

	t.Run("takes a single permission", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("João Prado")
		equal(t, "status", w.do("DELETE", "/v26.0/me/permissions/pages_messaging", nil, "Authorization", "Bearer "+token).status, 200)
		list := w.graph(token, "/me/permissions")
		got := map[string]string{}
		for i, name := range list.names("data", "permission") {
			got[name] = list.names("data", "status")[i]
		}
		equal(t, "messaging", got["pages_messaging"], "declined")
		equal(t, "posts", got["pages_manage_posts"], "granted")
	})
}

func TestWhatHappensAtMeta(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		do      string
		subcode float64
	}{{"change_password", 460}, {"remove_app", 458}, {"revoke", 467}, {"checkpoint", 459}} {
		t.Run(c.do, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			token := w.metaToken("João Prado")
			page := w.pageToken(token, pradoPage)
			w.act(sandbox.Action{Do: c.do, Provider: "meta", Person: "João Prado"})
			w.refused(w.graph(token, "/me"), 190, c.subcode)
			w.refused(w.graph(page, "/me"), 190, c.subcode)
			again := w.metaToken("João Prado")
			equal(t, "after signing in again", w.graph(again, "/me").status, 200)
		})
	}

	t.Run("a checkpoint that is lifted leaves the tokens alive", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("Maria Lima")
		w.act(sandbox.Action{Do: "checkpoint", Subcode: 464})
		w.refused(w.graph(token, "/me"), 190, 464)
		w.act(sandbox.Action{Do: "lift_checkpoint"})
		equal(t, "lifted", w.graph(token, "/me").status, 200)
	})

	t.Run("an early end shows in the inspection and spares Page tokens and later logins", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("João Prado")
		page := w.pageToken(token, pradoPage)
		w.act(sandbox.Action{Do: "expire", Person: "joao", Millis: (6 * 24 * time.Hour).Milliseconds()})
		equal(t, "announced end", w.inspect(token).at("data", "expires_at"), any(float64(w.now().Add(6*24*time.Hour).Unix())))
		later := w.metaToken("João Prado")
		w.wait(6 * 24 * time.Hour)
		w.refused(w.graph(token, "/me"), 190, 463)
		equal(t, "Page token", w.graph(page, "/me").status, 200)
		equal(t, "later login", w.graph(later, "/me").status, 200)
	})

	t.Run("a lost role kills that Page's token alone", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("João Prado")
		prado, padaria := w.pageToken(token, pradoPage), w.pageToken(token, padariaPage)
		w.act(sandbox.Action{Do: "remove_role", Person: "joao", Target: padariaPage})
		w.refused(w.graph(padaria, "/me"), 190, 492)
		w.refused(w.graph(token, "/"+padariaPage), 100, 33)
		equal(t, "other Page", w.graph(prado, "/me").status, 200)
		equal(t, "listed", len(w.graph(token, "/me/accounts?limit=100").list("data")), 15)
		w.act(sandbox.Action{Do: "restore_role", Person: "joao", Target: padariaPage})
		equal(t, "restored", w.graph(padaria, "/me").status, 200)
	})
}

func TestSubscription(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.metaToken("João Prado")
	page := w.pageToken(token, pradoPage)
	path := "/v26.0/" + pradoPage + "/subscribed_apps"
	call := func(method, token, query string) answer {
		return w.do(method, path+query, nil, "Authorization", "Bearer "+token)
	}
	w.refused(call(http.MethodPost, token, "?subscribed_fields=feed"), 210, 0)
	w.refused(call(http.MethodPost, page, ""), 100, 0)
	equal(t, "subscribe", call(http.MethodPost, page, "?subscribed_fields=feed,messages").status, 200)
	equal(t, "replace", call(http.MethodPost, page, "?subscribed_fields=feed").status, 200)
	equal(t, "fields", len(call(http.MethodGet, page, "").list("data", 0, "subscribed_fields")), 1)
	equal(t, "end by the app", call(http.MethodDelete, sandbox.MetaClientID+"|"+sandbox.MetaClientSecret, "").status, 200)
	equal(t, "left", len(call(http.MethodGet, page, "").list("data")), 0)
	equal(t, "logged", w.happened("page_unsubscribed"), true)
	w.act(sandbox.Action{Do: "remove_permission", Target: "pages_manage_metadata"})
	w.refused(call(http.MethodDelete, page, ""), 200, 0)
}
