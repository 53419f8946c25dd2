package sandbox_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

// The switches that linkedin.md 6 asks of a stand-in and that are not how it
// behaves anyway. The others are in the tests beside this one.
func TestLinkedInSwitches(t *testing.T) {
	t.Parallel()
	const acls = "/rest/organizationAcls?q=roleAssignee"

	t.Run("a permission is left out of the grant without a word, and the same request again kills nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.act(sandbox.Action{Do: "withhold", Target: "w_organization_social"})
		token := w.linkedInToken("João Prado")
		equal(t, "granted", w.introspect(token).text("scope"), "r_basicprofile,rw_organization_admin,w_member_social")
		w.linkedInToken("João Prado")
		equal(t, "first token", w.introspect(token).text("status"), "active")
		w.act(sandbox.Action{Do: "withhold"})
		token = w.linkedInToken("João Prado")
		equal(t, "given after all", strings.Contains(w.introspect(token).text("scope"), "w_organization_social"), true)
	})

	t.Run("refresh tokens come on demand, with an end that no renewal moves", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		equal(t, "usually none", w.accessToken(w.linkedInCode("Ana Souza")).at("refresh_token"), nil)
		w.act(sandbox.Action{Do: "refresh_tokens", Millis: (20 * 24 * time.Hour).Milliseconds()})
		first := w.accessToken(w.linkedInCode("Ana Souza"))
		equal(t, "ceiling", first.at("refresh_token_expires_in"), any(1728000.0))
		equal(t, "the access ends with it", first.at("expires_in"), any(1728000.0))
		refresh := func() answer {
			return w.do("POST", "/oauth/v2/accessToken", url.Values{
				"grant_type": {"refresh_token"}, "refresh_token": {first.text("refresh_token")},
				"client_id": {sandbox.LinkedInClientID}, "client_secret": {sandbox.LinkedInClientSecret},
			})
		}
		w.wait(15 * 24 * time.Hour)
		equal(t, "five days left", refresh().at("refresh_token_expires_in"), any(432000.0))
		w.act(sandbox.Action{Do: "refresh_tokens", Millis: -1})
		equal(t, "after the ceiling", refresh().text("error"), "invalid_request")
		w.act(sandbox.Action{Do: "refresh_tokens", Target: "off"})
		equal(t, "none again", w.accessToken(w.linkedInCode("Ana Souza")).at("refresh_token"), nil)
	})

	t.Run("tokens are answered as the documentation has it", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		live := w.accessToken(w.linkedInCode("Ana Souza"))
		equal(t, "live", live.at("expires_in"), any(5183999.0))
		equal(t, "no type", live.at("token_type"), nil)
		w.act(sandbox.Action{Do: "token_answer", Target: "documented"})
		documented := w.accessToken(w.linkedInCode("Ana Souza"))
		equal(t, "documented", documented.at("expires_in"), any(5184000.0))
		equal(t, "type", documented.text("token_type"), "Bearer")
		equal(t, "scopes", documented.text("scope"), strings.ReplaceAll(live.text("scope"), ",", " "))
	})

	t.Run("the list of roles tells its total, or names its target", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.linkedInToken("João Prado")
		w.act(sandbox.Action{Do: "acls", Target: "total"})
		equal(t, "total", w.rest(token, acls).at("paging", "total"), any(6.0))
		w.act(sandbox.Action{Do: "acls", Target: "target"})
		equal(t, "target", w.rest(token, acls).text("elements", 0, "organizationTarget"), "urn:li:organization:2414183")
		equal(t, "other name", w.rest(token, acls).at("elements", 0, "organization"), nil)
	})

	t.Run("introspection takes a token for another app's", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.linkedInToken("Ana Souza")
		w.act(sandbox.Action{Do: "foreign"})
		equal(t, "foreign", w.introspect(token).raw, "{\"active\":false}\n")
		w.act(sandbox.Action{Do: "foreign", Target: "off"})
		equal(t, "own", w.introspect(token).text("status"), "active")
	})

	t.Run("the tier opens the batch", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.linkedInToken("João Prado")
		const batch = "/rest/organizations?ids=List(2414183)"
		w.denied(w.rest(token, batch), 403, 100, "ACCESS_DENIED")
		w.act(sandbox.Action{Do: "tier", Target: "standard"})
		equal(t, "standard", w.rest(token, batch).status, 200)
	})

	t.Run("organizations come with every role, or only with those that allow something", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.linkedInToken("Ana Souza")
		for target, want := range map[string]bool{"": true, "able": false} {
			w.act(sandbox.Action{Do: "organizations", Person: "ana", Count: 20, Target: target})
			roles := w.rest(token, acls+"&count=100").names("elements", "role")
			equal(t, "organizations "+target, len(roles), 20)
			equal(t, "a role that allows nothing "+target, slices.Contains(roles, "RECRUITING_POSTER"), want)
			equal(t, "a role that is new "+target, slices.Contains(roles, "CREATOR_IN_RESIDENCE"), true)
		}
	})

	t.Run("a version is switched off", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.linkedInToken("João Prado")
		equal(t, "before", w.rest(token, acls).status, 200)
		w.act(sandbox.Action{Do: "retire_version", Target: "202609"})
		w.denied(w.rest(token, acls), 426, 0, "NONEXISTENT_VERSION")
		w.act(sandbox.Action{Do: "heal"})
		equal(t, "healed", w.rest(token, acls).status, 200)
	})

	t.Run("a revocation is never answered", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		token := w.linkedInToken("Ana Souza")
		w.act(sandbox.Action{Do: "revoke_mode", Target: "hangs"})
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		form := url.Values{"client_id": {sandbox.LinkedInClientID}, "client_secret": {sandbox.LinkedInClientSecret}, "token": {token}}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url+"/oauth/v2/revoke", strings.NewReader(form.Encode()))
		must(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		reply, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
		if err == nil {
			must(t, reply.Body.Close())
			t.Errorf("answered %s", reply.Status)
		}
		equal(t, "afterwards", w.introspect(token).text("status"), "active")
	})

	t.Run("a switch without a known target is refused", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		for _, do := range []string{"token_answer", "acls", "tier", "revoke_mode"} {
			if err := w.box.Do(sandbox.Action{Do: do, Target: "x"}); err == nil {
				t.Errorf("%s takes anything", do)
			}
		}
	})
}
