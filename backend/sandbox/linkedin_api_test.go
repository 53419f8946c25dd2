package sandbox_test

import (
	"net/url"
	"slices"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

func TestIntrospection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.linkedInToken("João Prado")
	live := w.introspect(token)
	equal(t, "active", live.at("active"), any(true))
	equal(t, "scope", live.text("scope"), "r_basicprofile,rw_organization_admin,w_member_social,w_organization_social")
	equal(t, "end in seconds", live.at("expires_at"), any(float64(w.now().Unix()+5183999)))
	w.act(sandbox.Action{Do: "expire", Provider: "linkedin"})
	equal(t, "expired", w.introspect(token).text("status"), "expired")
	w.denied(w.rest(token, "/v2/me"), 401, 65602, "EXPIRED_ACCESS_TOKEN")
	w.act(sandbox.Action{Do: "remove_app", Provider: "linkedin"})
	dead := w.introspect(token)
	equal(t, "revoked", dead.text("status"), "revoked")
	equal(t, "inactive", dead.at("active"), any(false))
	equal(t, "garbage", w.introspect("AQx").status, 400)
	wrong := w.do("POST", "/oauth/v2/introspectToken", url.Values{"client_id": {sandbox.LinkedInClientID}, "client_secret": {"x"}, "token": {token}})
	equal(t, "wrong secret", wrong.status, 401)
}

func TestLinkedInRevoke(t *testing.T) {
	t.Parallel()
	for mode, want := range map[sandbox.RevokeMode]struct {
		status int
		after  string
	}{
		sandbox.RevokeWorks:   {200, "revoked"},
		sandbox.RevokeMissing: {404, "active"},
		sandbox.RevokeIgnored: {200, "active"},
	} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			token := w.linkedInToken("Ana Souza")
			w.act(sandbox.Action{Do: "revoke_mode", Target: string(mode)})
			a := w.do("POST", "/oauth/v2/revoke", url.Values{
				"client_id": {sandbox.LinkedInClientID}, "client_secret": {sandbox.LinkedInClientSecret}, "token": {token},
			})
			equal(t, "status", a.status, want.status)
			equal(t, "afterwards", w.introspect(token).text("status"), want.after)
		})
	}
}

func TestLinkedInAPI(t *testing.T) {
	t.Parallel()

	t.Run("wants a live version, the protocol and a token", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := "Bearer " + w.linkedInToken("João Prado")
		acls := "/rest/organizationAcls?q=roleAssignee"
		w.denied(w.do("GET", acls, nil, "Authorization", token), 400, 0, "VERSION_MISSING")
		for _, dead := range []string{"202511", "202512", "202306", "209901", "x"} {
			w.denied(w.do("GET", acls, nil, "Authorization", token, "LinkedIn-Version", dead), 426, 0, "NONEXISTENT_VERSION")
		}
		w.denied(w.do("GET", acls, nil, "Authorization", token, "LinkedIn-Version", "202609"), 400, 0, "ILLEGAL_ARGUMENT")
		equal(t, "newest", w.do("GET", acls, nil, "Authorization", token, "LinkedIn-Version", "202611", "X-Restli-Protocol-Version", "2.0.0").status, 200)
		equal(t, "no token", w.do("GET", "/v2/me", nil).text("message"), "Empty oauth2_access_token")
		equal(t, "other scheme", w.do("GET", "/v2/me", nil, "Authorization", "Basic x").text("message"), "Unknown authentication schema")
		w.denied(w.rest("AQx", "/v2/me"), 401, 65600, "INVALID_ACCESS_TOKEN")
		equal(t, "unknown resource", w.rest(token[7:], "/rest/posts").status, 404)
	})

	t.Run("tells who somebody is according to the scopes", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, func(o *sandbox.Options) {
			o.LinkedInApps = sandbox.DefaultLinkedInApps()
			o.LinkedInApps[0].Scopes = []string{"openid", "profile", "email", "r_basicprofile"}
		})
		token := w.linkedInToken("Ana Souza", "scope", "openid profile")
		info := w.rest(token, "/v2/userinfo")
		equal(t, "name", info.text("name"), "Ana Souza")
		equal(t, "locale is an object", info.text("locale", "language"), "pt")
		equal(t, "email not asked", info.at("email"), nil)
		w.denied(w.rest(token, "/v2/me"), 403, 100, "ACCESS_DENIED")
		w.denied(w.rest(token, "/rest/organizationAcls?q=roleAssignee"), 403, 100, "ACCESS_DENIED")
		token = w.linkedInToken("Ana Souza", "scope", "r_basicprofile")
		w.denied(w.rest(token, "/v2/userinfo"), 403, 100, "ACCESS_DENIED")
	})

	t.Run("lists ten roles at a time, of every state, without a total", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.linkedInToken("João Prado")
		all := w.rest(token, "/rest/organizationAcls?q=roleAssignee")
		same(t, "states", all.names("elements", "state"), []string{"APPROVED", "APPROVED", "APPROVED", "REQUESTED", "APPROVED", "APPROVED"})
		equal(t, "brand", all.text("elements", 5, "organization"), "urn:li:organizationBrand:28451002")
		equal(t, "assignee", all.text("elements", 0, "roleAssignee"), "urn:li:person:yrZCpj2Z12")
		_, total := all.at("paging").(map[string]any)["total"]
		equal(t, "total", total, false)
		w.act(sandbox.Action{Do: "more_organizations", Count: 17})
		equal(t, "default count", len(w.rest(token, "/rest/organizationAcls?q=roleAssignee").list("elements")), 10)
		equal(t, "last ones", len(w.rest(token, "/rest/organizationAcls?q=roleAssignee&start=20&count=10").list("elements")), 3)
		equal(t, "a hundred", len(w.rest(token, "/rest/organizationAcls?q=roleAssignee&count=100").list("elements")), 23)
		equal(t, "beyond", len(w.rest(token, "/rest/organizationAcls?q=roleAssignee&start=40").list("elements")), 0)
		equal(t, "one of them", w.rest(token, "/rest/organizations/80000017").text("localizedName"), "Filial 17")
		equal(t, "filtered", len(w.rest(token, "/rest/organizationAcls?q=roleAssignee&role=ANALYST&state=APPROVED").list("elements")), 1)
		w.denied(w.rest(token, "/rest/organizationAcls"), 400, 0, "ILLEGAL_ARGUMENT")
		w.denied(w.rest(token, "/rest/organizationAcls?q=roleAssignee&count=ten"), 400, 0, "ILLEGAL_ARGUMENT")
	})

	t.Run("shows organizations one by one, lesser roles only the public part", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.linkedInToken("João Prado")
		admin := w.rest(token, "/rest/organizations/2414183")
		equal(t, "name", admin.text("localizedName"), "Prado Comunicação")
		equal(t, "for administrators", admin.text("organizationType"), "PRIVATELY_HELD")
		equal(t, "for analysts", w.rest(token, "/rest/organizations/5515715").at("organizationType"), nil)
		w.denied(w.rest(token, "/rest/organizations/5515715?fields=id,organizationType"), 403, 100, "ACCESS_DENIED")
		w.denied(w.rest(token, "/rest/organizations?ids=List(2414183,5515715)"), 403, 100, "ACCESS_DENIED")
		equal(t, "brand", w.rest(token, "/rest/organizationBrands/28451002").text("localizedName"), "Prado Eventos")
		equal(t, "nobody's", w.rest(token, "/rest/organizations/1").status, 404)
	})

	t.Run("a lost role leaves the list and closes the organization, the token lives", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.linkedInToken("João Prado")
		w.act(sandbox.Action{Do: "remove_role", Person: "joao", Target: "2414183"})
		urns := w.rest(token, "/rest/organizationAcls?q=roleAssignee").names("elements", "organization")
		equal(t, "listed", slices.Contains(urns, "urn:li:organization:2414183"), false)
		w.denied(w.rest(token, "/rest/organizations/2414183"), 403, 100, "ACCESS_DENIED")
		equal(t, "token", w.introspect(token).text("status"), "active")
	})

	t.Run("flakes on each new token for as long as told", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.act(sandbox.Action{Do: "flake", Count: 2})
		token := w.linkedInToken("Ana Souza")
		w.denied(w.rest(token, "/v2/me"), 401, 65601, "REVOKED_ACCESS_TOKEN")
		w.denied(w.rest(token, "/v2/me"), 401, 65601, "REVOKED_ACCESS_TOKEN")
		equal(t, "third call", w.rest(token, "/v2/me").status, 200)
	})
}
