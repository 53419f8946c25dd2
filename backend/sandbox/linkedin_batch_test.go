package sandbox_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

func standardTier(o *sandbox.Options) {
	o.LinkedInApps = sandbox.DefaultLinkedInApps()
	o.LinkedInApps[0].Tier = sandbox.TierStandard
}

// keys of an object of the answer, sorted.
func (a answer) keys(path ...any) []string {
	m, _ := a.at(path...).(map[string]any)
	return slices.Sorted(maps.Keys(m))
}

func TestLinkedInBatch(t *testing.T) {
	t.Parallel()
	const three = "/rest/organizations?ids=List(2414183,28451002,1)"

	t.Run("is closed to the development tier", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.denied(w.rest(w.linkedInToken("João Prado"), three), 403, 100, "ACCESS_DENIED")
	})

	t.Run("is a success in part", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, standardTier)
		token := w.linkedInToken("João Prado")
		a := w.rest(token, three)
		equal(t, "status", a.status, 200)
		same(t, "results", a.keys("results"), []string{"2414183", "28451002"})
		same(t, "errors", a.keys("errors"), []string{"1"})
		same(t, "statuses", a.keys("statuses"), []string{"1", "2414183", "28451002"})
		equal(t, "name", a.text("results", "2414183", "localizedName"), "Prado Comunicação")
		equal(t, "of nobody", a.at("statuses", "1"), any(404.0))

		w.act(sandbox.Action{Do: "remove_role", Person: "joao", Target: "28451002"})
		equal(t, "role lost", w.rest(token, three).at("errors", "28451002", "status"), any(403.0))
		w.act(sandbox.Action{Do: "partial_batch", Count: 1, Status: 500})
		same(t, "all fail", w.rest(token, three).keys("results"), nil)
		w.act(sandbox.Action{Do: "heal"})
		equal(t, "healed", len(w.rest(token, three).keys("results")), 1)
		equal(t, "brands", len(w.rest(token, strings.Replace(three, "organizations", "organizationBrands", 1)).keys("results")), 0)
	})

	t.Run("wants its list unescaped", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, standardTier)
		token := w.linkedInToken("João Prado")
		for _, bad := range []string{"List%282414183%2C1%29", "2414183,1", "List()", "List(2414183,)", "List(a)"} {
			w.denied(w.rest(token, "/rest/organizations?ids="+bad), 400, 0, "ILLEGAL_ARGUMENT")
		}
		pages := w.linkedInToken("João Prado", "scope", "r_basicprofile")
		w.denied(w.rest(pages, three), 403, 100, "ACCESS_DENIED")
	})
}

func TestLinkedInOrganizationsOnDemand(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *sandbox.Options) { o.LinkedInOrganizations = map[string]int{"maria": 3} })
	ana, maria := w.linkedInToken("Ana Souza"), w.linkedInToken("Maria Lima")
	const acls = "/rest/organizationAcls?q=roleAssignee&count=100"
	list := func(token string) answer { return w.rest(token, acls) }
	equal(t, "by option", len(list(maria).list("elements")), 3)
	equal(t, "none", len(list(ana).list("elements")), 0)
	w.act(sandbox.Action{Do: "organizations", Person: "Ana Souza", Count: 37})
	first := list(ana)
	equal(t, "by action", len(first.list("elements")), 37)
	equal(t, "always the same", list(ana).raw, first.raw)
	roles := first.names("elements", "role")
	slices.Sort(roles)
	equal(t, "roles", len(slices.Compact(roles)), 10)
	equal(t, "showcase page", first.text("elements", 9, "organization"), "urn:li:organizationBrand:70000010")
	equal(t, "details", w.rest(ana, "/rest/organizations/70000037").text("localizedName"), "Unidade 37")
	w.act(sandbox.Action{Do: "remove_role", Person: "ana", Target: "70000037"})
	equal(t, "role lost", len(list(ana).list("elements")), 36)
	w.act(sandbox.Action{Do: "organizations", Person: "ana", Count: -1})
	equal(t, "the own again", len(list(ana).list("elements")), 0)
	for _, bad := range []sandbox.Action{{Do: "organizations", Count: 3}, {Do: "organizations", Person: "ana", Count: 1 << 20}, {Do: "userinfo_locale", Target: "x"}} {
		if w.box.Do(bad) == nil {
			t.Errorf("%+v was done", bad)
		}
	}
}

func TestLinkedInSignInAndShare(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	client := []string{"client_id", sandbox.LinkedInShareClientID}
	code := w.linkedInCode("Ana Souza", append(client, "scope", "openid profile w_member_social")...)
	token := w.accessToken(code, append(client, "client_secret", sandbox.LinkedInShareSecret)...).text("access_token")
	info := w.rest(token, "/v2/userinfo")
	equal(t, "name", info.text("name"), "Ana Souza")
	equal(t, "known under another id", info.text("sub") != "" && info.text("sub") != "B7h_wVn4kQ", true)
	equal(t, "locale", fmt.Sprint(info.at("locale")), "map[country:BR language:pt]")
	w.act(sandbox.Action{Do: "userinfo_locale", Target: "string"})
	equal(t, "locale as documented", w.rest(token, "/v2/userinfo").text("locale"), "pt-BR")
	w.denied(w.rest(token, "/v2/me"), 403, 100, "ACCESS_DENIED")
	v := w.visitor()
	must(t, v.Open(t.Context(), w.authorization(append(client, "scope", "openid rw_organization_admin")...)))
	equal(t, "one scope too many", v.Landed().Query().Get("error"), "unauthorized_scope_error")
}

func TestLinkedInScopesFollowTheProduct(t *testing.T) {
	t.Parallel()
	for product, wrong := range map[string]string{sandbox.ProductShare: "r_basicprofile", sandbox.ProductCommunity: "openid", "": "openid"} {
		w := newWorld(t, func(o *sandbox.Options) {
			o.LinkedInApps = sandbox.DefaultLinkedInApps()
			o.LinkedInApps[0].Scopes, o.LinkedInApps[0].Product = nil, product
		})
		v := w.visitor()
		must(t, v.Open(t.Context(), w.authorization("scope", "w_member_social "+wrong)))
		equal(t, product, v.Landed().Query().Get("error"), "unauthorized_scope_error")
		w.linkedInToken("Ana Souza", "scope", "w_member_social")
	}
}
