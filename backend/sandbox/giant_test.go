package sandbox_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

func TestGiant(t *testing.T) {
	t.Parallel()

	t.Run("has as much as was asked for, each id its own and above 2^53", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.act(sandbox.Action{Do: "giant", Target: "500/7/300"})
		people := w.box.Everyone()
		p := people[len(people)-1]
		equal(t, "name", p.Name(), "Rede Gigante")
		ids, accounts, owned := []string{}, 0, 0
		for _, b := range p.Businesses {
			ids = append(ids, b.ID)
		}
		for _, page := range p.Pages {
			ids = append(ids, page.ID)
			if page.Instagram != nil {
				ids = append(ids, page.Instagram.ID)
				accounts++
			}
			if page.Business != "" {
				owned++
			}
		}
		equal(t, "pages", len(p.Pages), 500)
		equal(t, "businesses", len(p.Businesses), 7)
		equal(t, "accounts", accounts, 300)
		equal(t, "in portfolios", owned > 400, true)
		slices.Sort(ids)
		equal(t, "ids", len(slices.Compact(ids)), 807)
		equal(t, "smallest id", ids[0] > "17" && len(ids[0]) >= 16, true)
	})

	t.Run("signs in with everything in a browser's form", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, func(o *sandbox.Options) { o.Giant = sandbox.Size{Pages: 500, Businesses: 7, Instagram: 300} })
		token := w.metaToken("Rede Gigante")
		equal(t, "first hundred", len(w.graph(token, "/me/accounts?fields=id&limit=100").list("data")), 100)
	})

	t.Run("is there again after a restart, and gone after a reset", func(t *testing.T) {
		t.Parallel()
		file := filepath.Join(t.TempDir(), "state.json")
		keep := func(o *sandbox.Options) { o.StatePath = file }
		w := newWorld(t, keep)
		w.act(sandbox.Action{Do: "giant", Target: "30/2/3"})
		token := w.metaToken("Rede Gigante")
		again := newWorld(t, keep)
		equal(t, "after a restart", again.graph(token, "/me").text("name"), "Rede Gigante")
		must(t, again.box.Reset())
		again.refused(again.graph(token, "/me"), 190, 0)
	})

	t.Run("has sensible sizes only", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		for _, size := range []string{"", "500", "0/0/0", "-1/2/3", "10/2/11", "999999/1/1", "1/999999/1", "a/b/c"} {
			if w.box.Do(sandbox.Action{Do: "giant", Target: size}) == nil {
				t.Errorf("%q is a size", size)
			}
		}
		if _, err := sandbox.New(sandbox.Options{Giant: sandbox.Size{Pages: -1}}); err == nil {
			t.Error("an option of nonsense is taken")
		}
	})
}

func TestListsThatLeadAstray(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.metaToken("João Prado")
	list := func(extra string) answer { return w.graph(token, "/me/accounts?fields=id&limit=7"+extra) }
	first := list("")

	w.act(sandbox.Action{Do: "paging", Target: "loop"})
	same(t, "a loop", list("&after="+list("").text("paging", "cursors", "after")).names("data", "id"), first.names("data", "id"))
	w.act(sandbox.Action{Do: "paging", Target: "elsewhere"})
	equal(t, "another host", strings.HasPrefix(list("").text("paging", "next"), "https://graph.facebook.com.evil.example/"), true)
	equal(t, "without the token", strings.Contains(list("").text("paging", "next"), token), false)
	w.act(sandbox.Action{Do: "paging", Target: "endless"})
	one := list("").text("paging", "cursors", "after")
	two := list("&after="+one).text("paging", "cursors", "after")
	equal(t, "it goes on", one != two && two != "", true)
	w.act(sandbox.Action{Do: "paging", Target: "off"})
	equal(t, "off", list("").text("paging", "cursors", "after"), first.text("paging", "cursors", "after"))
	if w.box.Do(sandbox.Action{Do: "paging", Target: "sideways"}) == nil {
		t.Error("an unknown way is taken")
	}
}

func TestUsageHeaders(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.metaToken("Ana Souza")
	equal(t, "at rest", strings.Contains(w.graph(token, "/me").header.Get("X-App-Usage"), `"call_count":3,`), true)
	w.act(sandbox.Action{Do: "usage", Target: "app", Count: 91})
	w.act(sandbox.Action{Do: "usage", Target: "page", Count: 85})
	w.act(sandbox.Action{Do: "usage", Target: "business", Count: 100, Millis: (20 * time.Minute).Milliseconds()})
	h := w.graph(token, "/me").header
	equal(t, "app", strings.Contains(h.Get("X-App-Usage"), `"call_count":91,`), true)
	equal(t, "page", strings.Contains(h.Get("X-Page-Usage"), `"call_count":85,`), true)
	equal(t, "business", strings.Contains(h.Get("X-Business-Use-Case-Usage"), `"estimated_time_to_regain_access":20`), true)
	w.act(sandbox.Action{Do: "heal"})
	equal(t, "healed", w.graph(token, "/me").header.Get("X-Page-Usage"), "")
	if w.box.Do(sandbox.Action{Do: "usage", Target: "moon", Count: 1}) == nil {
		t.Error("an unknown allowance is taken")
	}
}

func TestExpiredPermission(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.metaToken("Maria Lima")
	w.act(sandbox.Action{Do: "expire_permission", Target: "pages_manage_posts"})
	list := w.graph(token, "/me/permissions")
	at := slices.Index(list.names("data", "permission"), "pages_manage_posts")
	equal(t, "status", list.names("data", "status")[at], "expired")
	equal(t, "in the inspection", strings.Contains(w.inspect(token).raw, "pages_manage_posts"), false)

	// It is asked for again without rerequest, unlike a declined one.
	v := w.visitor()
	must(t, v.Open(t.Context(), w.dialog()))
	walk(w, v, "Continuar como Maria Lima")
	same(t, "asked", v.Boxes(), []string{"Publicar conteúdo nas suas Páginas"})
	walk(w, v, "Concluir")
	equal(t, "granted again", slices.Contains(w.graph(token, "/me/permissions").names("data", "status"), "expired"), false)
}

func TestFailuresInMetasOwnWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.metaToken("Ana Souza")
	fail := func(a sandbox.Action) answer {
		a.Do, a.Target = "fail", "/me"
		w.act(a)
		return w.graph(token, "/me")
	}
	equal(t, "password", strings.Contains(fail(sandbox.Action{Code: 190, Subcode: 460}).text("error", "message"), "changed their password"), true)
	equal(t, "of our own", fail(sandbox.Action{Code: 190, Message: "Session key is malformed"}).text("error", "message"), "Session key is malformed")
	limited := fail(sandbox.Action{Code: 80002})
	equal(t, "instagram", strings.Contains(limited.header.Get("X-Business-Use-Case-Usage"), `"type":"instagram"`), true)
	w.refused(limited, 80002, 0)
}
