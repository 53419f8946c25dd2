package sandbox_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

func TestListingPages(t *testing.T) {
	t.Parallel()

	t.Run("goes page by page to the end, the next address carrying the token", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("João Prado")
		var seen []string
		at := "/v26.0/me/accounts?fields=id,name,picture{url}&limit=7"
		pages := 0
		for at != "" {
			a := w.do("GET", at, nil, "Authorization", "Bearer "+token)
			seen = append(seen, a.names("data", "id")...)
			at = a.text("paging", "next")
			pages++
			if at != "" {
				equal(t, "token in next", strings.Contains(at, token), true)
			}
		}
		equal(t, "pages", pages, 3)
		equal(t, "elements", len(seen), 16)
		slices.Sort(seen)
		equal(t, "different ones", len(slices.Compact(seen)), 16)
	})

	t.Run("can be forced into small pages", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("João Prado")
		w.act(sandbox.Action{Do: "page_size", Count: 3})
		a := w.graph(token, "/me/accounts?fields=name&limit=100")
		equal(t, "elements", len(a.list("data")), 3)
		equal(t, "more", a.text("paging", "next") != "", true)
	})

	t.Run("hides portfolio Pages without business_management, though a ticked one opens by id", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog()))
		walk(w, v, "Continuar como João Prado", "Continuar", "Continuar")
		must(t, v.Set(false, "business_management"))
		walk(w, v, "Concluir")
		token := w.exchange(v.Landed().Query().Get("code")).text("access_token")
		a := w.graph(token, "/me/accounts?fields=name&limit=100")
		equal(t, "listed", len(a.list("data")), 14)
		equal(t, "hotel listed", slices.Contains(a.names("data", "id"), hotelPage), false)
		equal(t, "hotel by id", w.graph(token, "/"+hotelPage+"?fields=name").text("name"), "Hotel Fazenda Serra Azul")
		w.refused(w.graph(token, "/me/businesses"), 200, 0)
	})

	t.Run("shows a Page of the portfolio that was not ticked without its token", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.dialog()))
		walk(w, v, "Continuar como João Prado")
		must(t, v.Set(false, "Hotel Fazenda Serra Azul"))
		walk(w, v, "Continuar", "Continuar", "Concluir")
		token := w.exchange(v.Landed().Query().Get("code")).text("access_token")
		a := w.graph(token, "/me/businesses?fields=id,name,owned_pages.limit(50){id,name,access_token},client_pages{id,access_token}")
		equal(t, "owned", a.text("data", 0, "owned_pages", "data", 0, "name"), "Hotel Fazenda Serra Azul")
		equal(t, "token of the owned one", a.at("data", 0, "owned_pages", "data", 0, "access_token"), nil)
		equal(t, "token of the client's", strings.HasPrefix(a.text("data", 0, "client_pages", "data", 0, "access_token"), "EAA"), true)
		equal(t, "in accounts", slices.Contains(w.graph(token, "/me/accounts?fields=id&limit=100").names("data", "id"), hotelPage), false)
	})

	t.Run("gives tokens only when asked and keeps big ids whole", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("João Prado")
		a := w.graph(token, "/me/accounts?fields=id,tasks&limit=100")
		equal(t, "token", strings.Contains(a.raw, "access_token"), false)
		equal(t, "id above 2^53", slices.Contains(a.names("data", "id"), "90071992547409931"), true)
	})

	t.Run("is empty for Ana, and without pages_show_list", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		equal(t, "Ana", len(w.graph(w.metaToken("Ana Souza"), "/me/accounts").list("data")), 0)
		token := w.metaToken("Maria Lima", "scope", "pages_manage_posts")
		equal(t, "Maria", len(w.graph(token, "/me/accounts").list("data")), 0)
	})
}

func TestInstagramLink(t *testing.T) {
	t.Parallel()
	const fields = "?fields=instagram_business_account{id,username},connected_instagram_account{id,username}"

	t.Run("shows under one field, the other, both or none", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("João Prado")
		shows := func(page string) (business, connected any) {
			a := w.graph(token, "/"+page+fields)
			equal(t, "status of "+page, a.status, 200)
			return a.at("instagram_business_account", "username"), a.at("connected_instagram_account", "username")
		}
		for page, want := range map[string][2]any{
			pradoPage:         {"pradocomunicacao", "pradocomunicacao"},
			padariaPage:       {"padariasaobento", nil},
			"103847561029384": {nil, "oticavisaoclara"},
			"107364518290347": {nil, nil}, // none at all
			"105647382910564": {nil, nil}, // too few tasks
			"108273645510928": {nil, nil}, // personal: an id without username
		} {
			b, c := shows(page)
			equal(t, "business of "+page, b, want[0])
			equal(t, "connected of "+page, c, want[1])
		}
		personal := w.graph(token, "/108273645510928"+fields).text("connected_instagram_account", "id")
		equal(t, "id of the personal account", personal, "17841401234500089")
		w.refused(w.graph(token, "/"+personal+"?fields=username"), 100, 33)
	})

	t.Run("is absent without instagram_basic or when the account is not ticked", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("João Prado")
		w.act(sandbox.Action{Do: "untick", Person: "joao", Target: padariaInstagram})
		equal(t, "unticked", w.graph(token, "/"+padariaPage+fields).at("instagram_business_account"), nil)
		equal(t, "ticked", w.graph(token, "/"+pradoPage+fields).text("instagram_business_account", "username"), "pradocomunicacao")
		w.act(sandbox.Action{Do: "remove_permission", Person: "joao", Target: "instagram_basic"})
		equal(t, "no permission", w.graph(token, "/"+pradoPage+fields).at("instagram_business_account"), nil)
	})

	t.Run("ends with data access while the Page goes on", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.metaToken("João Prado")
		w.act(sandbox.Action{Do: "end_data_access", Person: "joao"})
		w.refused(w.graph(token, "/"+padariaInstagram+"?fields=username"), 100, 33)
		equal(t, "Page", w.graph(token, "/"+padariaPage).status, 200)
		d := w.inspect(token)
		equal(t, "valid", d.at("data", "is_valid"), any(true))
		equal(t, "date", d.at("data", "data_access_expires_at"), any(float64(w.now().Unix())))
		again := w.metaToken("João Prado", "auth_type", "reauthorize")
		equal(t, "after signing in again", w.graph(again, "/"+padariaInstagram+"?fields=username").text("username"), "padariasaobento")
	})
}

func TestEveryFieldThatClientsAskFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.metaToken("João Prado")
	a := w.graph(token, "/me/accounts?fields=id,name,username,category,category_list,picture,tasks,access_token,link,fan_count,is_published,business{id,name},"+
		"instagram_business_account{id,username,name,profile_picture_url,followers_count,media_count,biography},connected_instagram_account{id,username}&limit=100")
	equal(t, "status", a.status, 200)
	equal(t, "username", a.text("data", 0, "username"), "pradocomunicacao")
	equal(t, "task", a.text("data", 0, "tasks", 2), "CREATE_CONTENT")
	equal(t, "followers", a.at("data", 0, "instagram_business_account", "followers_count"), any(12840.0))
	equal(t, "picture of the account", strings.HasPrefix(a.text("data", 0, "instagram_business_account", "profile_picture_url"), w.url+"/sandbox/picture/"), true)
	equal(t, "portfolio", a.text("data", 14, "business", "name"), "Grupo Serra Azul")
	equal(t, "client's portfolio", a.at("data", 15, "business"), nil)
	me := w.graph(token, "/me?fields=id,name,first_name,last_name,picture,accounts.limit(2){name},permissions")
	equal(t, "me", me.text("first_name")+" "+me.text("last_name"), "João Prado")
	equal(t, "nested list", len(me.list("accounts", "data")), 2)
	equal(t, "nested list goes on", me.text("accounts", "paging", "next") != "", true)
	next := w.do("GET", me.text("accounts", "paging", "next"), nil)
	equal(t, "second page of it", next.text("data", 0, "name"), "Café Avenida")
}

func TestFields(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.metaToken("João Prado")
	w.refused(w.graph(token, "/me/accounts?fields=id,account_type"), 100, 0)
	w.refused(w.graph(token, "/me/accounts?fields=id,{"), 2500, 0)
	w.refused(w.graph(token, "/me/accounts?fields=name,picture{url"), 2500, 0)
	w.refused(w.graph(token, "/me/accounts?limit=x"), 100, 0)
	w.refused(w.graph(token, "/me/accounts?after=x"), 100, 0)
	w.refused(w.graph(token, "/me/feed"), 100, 0)
	w.refused(w.graph(token, "/1/2/3/4"), 2500, 0)
	a := w.graph(token, "/?ids="+pradoPage+","+padariaPage+"&fields=name")
	equal(t, "several at once", a.text(padariaPage, "name"), "Padaria São Bento")
	w.refused(w.graph(token, "/?ids="+pradoPage+",120394857610293&fields=name"), 100, 33) // Maria's
	w.refused(w.do("POST", "/v26.0/me", map[string][]string{"access_token": {token}}), 100, 33)
}

func TestPageToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	page := w.pageToken(w.metaToken("João Prado"), pradoPage)
	equal(t, "me is the Page", w.graph(page, "/me").text("id"), pradoPage)
	w.refused(w.graph(page, "/me/permissions"), 100, 0)
	w.refused(w.graph(page, "/"+padariaPage), 100, 33)
	equal(t, "its own Instagram", w.graph(page, "/17841401234500011?fields=username").text("username"), "pradocomunicacao")
	w.refused(w.graph(page, "/"+padariaInstagram+"?fields=username"), 100, 33)
	w.refused(w.extend(page), 190, 0)
}
