package sandbox_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

func (w *world) authorization(extra ...string) string {
	q := url.Values{
		"response_type": {"code"}, "client_id": {sandbox.LinkedInClientID}, "redirect_uri": {linkedInCallback},
		"state": {"s2"}, "scope": {allLinkedIn},
	}
	for i := 0; i+1 < len(extra); i += 2 {
		q.Set(extra[i], extra[i+1])
	}
	return w.url + "/oauth/v2/authorization?" + q.Encode()
}

func (w *world) linkedInCode(person string, extra ...string) string {
	w.Helper()
	landed, err := w.visitor().SignIn(w.Context(), w.authorization(extra...), person)
	must(w, err)
	return landed.Query().Get("code")
}

func (w *world) accessToken(code string, extra ...string) answer {
	w.Helper()
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {linkedInCallback},
		"client_id": {sandbox.LinkedInClientID}, "client_secret": {sandbox.LinkedInClientSecret},
	}
	for i := 0; i+1 < len(extra); i += 2 {
		form.Set(extra[i], extra[i+1])
		if extra[i+1] == "" {
			form.Del(extra[i])
		}
	}
	return w.do("POST", "/oauth/v2/accessToken", form)
}

func (w *world) linkedInToken(person string, extra ...string) string {
	w.Helper()
	token := w.accessToken(w.linkedInCode(person, extra...)).text("access_token")
	if token == "" {
		w.Fatal("no access token")
	}
	return token
}

func (w *world) rest(token, path string) answer {
	w.Helper()
	return w.do("GET", path, nil, "Authorization", "Bearer "+token, "LinkedIn-Version", "202609", "X-Restli-Protocol-Version", "2.0.0")
}

func (w *world) introspect(token string) answer {
	w.Helper()
	return w.do("POST", "/oauth/v2/introspectToken", url.Values{
		"client_id": {sandbox.LinkedInClientID}, "client_secret": {sandbox.LinkedInClientSecret}, "token": {token},
	})
}

func (w *world) denied(a answer, status int, service float64, code string) {
	w.Helper()
	got, _ := a.at("serviceErrorCode").(float64)
	if a.status != status || got != service || a.text("code") != code {
		w.Fatalf("status %d %s, want %d %v %s", a.status, a.raw, status, service, code)
	}
}

func TestLinkedInSignIn(t *testing.T) {
	t.Parallel()

	t.Run("leads over the consent to a token with scopes parted by commas", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.authorization()))
		equal(t, "first page", v.Heading(), "Entrar na demonstração do LinkedIn")
		walk(w, v, "Continuar como João Prado")
		equal(t, "second page", v.Heading(), "Permitir o acesso de Kontent")
		equal(t, "asks", strings.Contains(v.Text(), "Publicar em nome das suas Company Pages"), true)
		same(t, "buttons", v.Buttons(), []string{"Permitir", "Cancelar"})
		walk(w, v, "Permitir")
		q := v.Landed().Query()
		equal(t, "state", q.Get("state"), "s2")
		a := w.accessToken(q.Get("code"))
		equal(t, "scope", a.text("scope"), "r_basicprofile,rw_organization_admin,w_member_social,w_organization_social")
		equal(t, "expires_in", a.at("expires_in"), any(5183999.0))
		equal(t, "token_type", a.at("token_type"), nil)
		equal(t, "refresh_token", a.at("refresh_token"), nil)
		if n := len(a.text("access_token")); n < 450 || n > 550 {
			t.Errorf("token of %d characters, want about 500", n)
		}
		me := w.do("GET", "/v2/me", nil, "Authorization", "Bearer "+a.text("access_token"))
		equal(t, "me", me.text("id"), "yrZCpj2Z12")
	})

	t.Run("cancelled says where", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.authorization()))
		walk(w, v, "Cancelar")
		equal(t, "at login", v.Landed().Query().Get("error"), "user_cancelled_login")
		must(t, v.Open(t.Context(), w.authorization()))
		walk(w, v, "Continuar como Ana Souza", "Cancelar")
		equal(t, "at consent", v.Landed().Query().Get("error"), "user_cancelled_authorize")
		equal(t, "state", v.Landed().Query().Get("state"), "s2")
	})

	t.Run("refuses a client, redirect or missing state on its own page", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		for _, extra := range [][]string{
			{"client_id", "1"},
			{"client_id", sandbox.LinkedInNativeClientID},
			{"redirect_uri", "http://localhost:17654/callback/linkedin"},
			{"redirect_uri", linkedInCallback + "/"},
			{"redirect_uri", "http://127.0.0.1:17653/callback/linkedin"},
			{"state", ""},
		} {
			v := w.visitor()
			must(t, v.Open(t.Context(), w.authorization(extra...)))
			equal(t, extra[0]+" "+extra[1], v.Status(), 401)
		}
	})

	t.Run("one scope too many fails the whole request, its quotes escaped", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		v := w.visitor()
		must(t, v.Open(t.Context(), w.authorization("scope", allLinkedIn+" openid")))
		q := v.Landed().Query()
		equal(t, "error", q.Get("error"), "unauthorized_scope_error")
		equal(t, "description", q.Get("error_description"), "Scope &quot;openid&quot; is not authorized for your application")
	})

	t.Run("skips the consent while a token for the same scopes lives", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		first := w.linkedInToken("Ana Souza")
		v := w.visitor()
		must(t, v.Open(t.Context(), w.authorization()))
		walk(w, v, "Continuar como Ana Souza")
		second := w.accessToken(v.Landed().Query().Get("code")).text("access_token")
		equal(t, "both live", w.introspect(first).text("status")+w.introspect(second).text("status"), "activeactive")
		w.wait(61 * 24 * time.Hour)
		must(t, v.Open(t.Context(), w.authorization()))
		walk(w, v, "Continuar como Ana Souza")
		equal(t, "asked again", v.Heading(), "Permitir o acesso de Kontent")
	})

	t.Run("for other scopes kills the tokens from before", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		first := w.linkedInToken("Ana Souza")
		second := w.linkedInToken("Ana Souza", "scope", "r_basicprofile")
		w.denied(w.rest(first, "/v2/me"), 401, 65601, "REVOKED_ACCESS_TOKEN")
		equal(t, "new one", w.rest(second, "/v2/me").status, 200)
	})
}

func TestLinkedInExchange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code := w.linkedInCode("Ana Souza")
	check := func(what string, a answer, status int, kind string) {
		t.Helper()
		equal(t, what+" status", a.status, status)
		equal(t, what+" error", a.text("error"), kind)
	}
	check("no secret", w.accessToken(code, "client_secret", ""), 400, "invalid_request")
	check("wrong secret", w.accessToken(code, "client_secret", "x"), 401, "invalid_client")
	check("verifier on the standard flow", w.accessToken(code, "code_verifier", "x"), 401, "invalid_client")
	check("wrong redirect", w.accessToken(code, "redirect_uri", "http://localhost:27653/callback/linkedin"), 400, "invalid_redirect_uri")
	check("unknown code", w.accessToken("AQx"), 401, "invalid_request")
	check("other grant", w.accessToken(code, "grant_type", "password"), 400, "unsupported_grant_type")
	check("no grant", w.accessToken(code, "grant_type", ""), 400, "invalid_request")
	inQuery := w.do("POST", "/oauth/v2/accessToken?grant_type=authorization_code", url.Values{})
	check("parameters in the query", inQuery, 400, "invalid_request")
	basic := w.do("POST", "/oauth/v2/accessToken", url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {linkedInCallback}},
		"Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(sandbox.LinkedInClientID+":"+sandbox.LinkedInClientSecret)))
	check("Basic credentials", basic, 401, "invalid_client")
	equal(t, "GET", w.do("GET", "/oauth/v2/accessToken", nil).status, 405)
	equal(t, "honest exchange", w.accessToken(code).status, 200)
	check("second exchange", w.accessToken(code), 401, "invalid_request")

	late := w.linkedInCode("Ana Souza")
	w.wait(30 * time.Minute)
	check("late exchange", w.accessToken(late), 400, "invalid_redirect_uri")
}

func TestLinkedInNative(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const verifier = "a-verifier-of-sufficient-length-0123456789abcdef"
	sum := sha256.Sum256([]byte(verifier))
	challenge := base64.RawURLEncoding.EncodeToString(sum[:])
	open := func(extra ...string) string {
		extra = append([]string{"client_id", sandbox.LinkedInNativeClientID, "redirect_uri", "http://127.0.0.1:50505/callback/linkedin",
			"code_challenge", challenge, "code_challenge_method", "S256"}, extra...)
		return strings.Replace(w.authorization(extra...), "/oauth/v2/", "/oauth/native-pkce/", 1)
	}
	v := w.visitor()
	for _, redirect := range []string{"http://localhost:50505/callback/linkedin", "http://10.0.0.1:50505/callback/linkedin", "http://127.0.0.1/callback/linkedin"} {
		must(t, v.Open(t.Context(), open("redirect_uri", redirect)))
		equal(t, redirect, v.Status(), 401)
	}
	must(t, v.Open(t.Context(), open("client_id", sandbox.LinkedInClientID)))
	equal(t, "standard client", v.Status(), 401)
	must(t, v.Open(t.Context(), open("code_challenge_method", "plain")))
	equal(t, "plain challenge", v.Landed().Query().Get("error"), "invalid_request")
	must(t, v.Open(t.Context(), open("redirect_uri", "http://[::1]:4/callback/linkedin")))
	equal(t, "IPv6 loopback", v.Status(), 200)

	landed, err := v.SignIn(t.Context(), open(), "Maria Lima")
	must(t, err)
	exchange := func(extra ...string) answer {
		base := []string{"client_id", sandbox.LinkedInNativeClientID, "redirect_uri", "http://127.0.0.1:50505/callback/linkedin", "client_secret", ""}
		return w.accessToken(landed.Query().Get("code"), append(base, extra...)...)
	}
	equal(t, "no verifier", exchange().text("error"), "invalid_request")
	equal(t, "wrong verifier", exchange("code_verifier", "other").text("error"), "invalid_redirect_uri")
	equal(t, "with a secret", exchange("code_verifier", verifier, "client_secret", "x").text("error"), "invalid_client")
	a := exchange("code_verifier", verifier)
	equal(t, "exchange", a.status, 200)
	me := w.rest(a.text("access_token"), "/v2/me").text("id")
	equal(t, "known under another id", me != "" && me != "q3Xt-90LmA", true)
	equal(t, "token of another app", w.introspect(a.text("access_token")).raw, "{\"active\":false}\n")
}

func TestLinkedInRefresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *sandbox.Options) {
		o.LinkedInApps = sandbox.DefaultLinkedInApps()
		o.LinkedInApps[0].RefreshTokens = true
	})
	first := w.accessToken(w.linkedInCode("Ana Souza"))
	equal(t, "a year", first.at("refresh_token_expires_in"), any(31536000.0))
	refresh := func() answer {
		return w.do("POST", "/oauth/v2/accessToken", url.Values{
			"grant_type": {"refresh_token"}, "refresh_token": {first.text("refresh_token")},
			"client_id": {sandbox.LinkedInClientID}, "client_secret": {sandbox.LinkedInClientSecret},
		})
	}
	w.wait(360 * 24 * time.Hour)
	second := refresh()
	equal(t, "both end together", second.at("expires_in"), any(432000.0))
	equal(t, "its end never moves", second.at("refresh_token_expires_in"), any(432000.0))
	w.denied(w.rest(first.text("refresh_token"), "/v2/me"), 401, 65600, "INVALID_ACCESS_TOKEN")
	w.wait(5 * 24 * time.Hour)
	late := refresh()
	equal(t, "late status", late.status, 400)
	equal(t, "not invalid_grant", late.text("error"), "invalid_request")
}
