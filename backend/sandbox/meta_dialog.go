package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// MetaPermissions are the permissions that the dialog knows besides
// public_profile (meta.md 2). Another name is an "Invalid Scopes" page.
func MetaPermissions() []string {
	return []string{
		"pages_show_list", "business_management", "pages_read_engagement", "pages_read_user_content",
		"pages_manage_posts", "pages_manage_engagement", "pages_manage_metadata", "pages_messaging",
		"read_insights", "instagram_basic", "instagram_content_publish", "instagram_manage_comments",
		"instagram_manage_messages", "instagram_manage_insights", "email", "ads_read", "ads_management",
	}
}

// metaDialog opens the sign-in. Its own refusals are pages: they never reach
// the redirect, as the person's browser may not be sent to a stranger (meta.md 1.3).
func (c *call) metaDialog() {
	if !c.allow(http.MethodGet) {
		http.Error(c.w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	q := c.r.URL.Query()
	app, ok := c.metaApp(q.Get("client_id"))
	if !ok {
		c.refuseDialog("invalid_app", q.Get("client_id"))
		return
	}
	if !app.metaRedirectAllowed(q.Get("redirect_uri")) {
		c.refuseDialog("url_blocked", q.Get("redirect_uri"))
		return
	}
	if t := q.Get("response_type"); t != "" && t != "code" {
		c.refuseDialog("response_type", t)
		return
	}
	if q.Get("state") == "" {
		c.refuseDialog("no_state", "")
		return
	}
	scopes := splitScopes(q.Get("scope"))
	config, why := configured(app, q)
	if why != "" {
		c.refuseDialog(why, q.Get("config_id"))
		return
	}
	scopes = append(scopes, without(config.Permissions, scopes)...)
	if unknown := unknownPermissions(scopes); len(unknown) > 0 {
		c.refuseDialog("invalid_scopes", strings.Join(unknown, ", "))
		return
	}
	c.openMetaFlow(app, config, q, scopes)
}

// configured finds the configuration that config_id names, or why not. The
// classic login does not know config_id at all, and a configuration for system
// users wants the type of answer to be forced (meta.md 1.2).
func configured(app App, q url.Values) (config Configuration, why string) {
	if !q.Has("config_id") {
		return Configuration{}, ""
	}
	if len(app.Configurations) == 0 {
		return Configuration{}, "classic_config"
	}
	config, ok := app.configuration(q.Get("config_id"))
	switch {
	case !ok:
		return Configuration{}, "no_config"
	case config.SystemUser && q.Get("override_default_response_type") != "true":
		return Configuration{}, "response_type"
	}
	return config, ""
}

func (c *call) openMetaFlow(app App, config Configuration, q url.Values, scopes []string) {
	authType := splitScopes(q.Get("auth_type"))
	c.event("dialog_opened")
	c.seeOther(c.flows.open(flow{
		provider: Meta, app: app, redirect: q.Get("redirect_uri"), state: q.Get("state"), scopes: scopes,
		rerequest:    slices.Contains(authType, "rerequest"),
		returnScopes: q.Get("return_scopes") == "true",
		config:       config,
	}, c.now()))
}

func (c *call) refuseDialog(why, detail string) {
	c.event("dialog_refused")
	c.errorPage(http.StatusBadRequest, Meta, why, detail)
}

// splitScopes takes a list parted by commas or spaces, without doubles.
func splitScopes(list string) []string {
	var scopes []string
	for _, s := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		if s != "public_profile" && !slices.Contains(scopes, s) {
			scopes = append(scopes, s)
		}
	}
	return scopes
}

func unknownPermissions(scopes []string) []string {
	known := MetaPermissions()
	var unknown []string
	for _, s := range scopes {
		if !slices.Contains(known, s) {
			unknown = append(unknown, s)
		}
	}
	return unknown
}

// asksForPages tells whether the permission concerns single Pages.
func asksForPages(scope string) bool {
	return strings.HasPrefix(scope, "pages_") || scope == "read_insights"
}

func asksForInstagram(scope string) bool { return strings.HasPrefix(scope, "instagram_") }

// metaCancelled sends the person back without a code. error_code is not in
// Meta's page but has been seen (meta.md 1.3).
func (c *call) metaCancelled(f flow) {
	c.redirect(f.redirect, url.Values{
		"error": {"access_denied"}, "error_code": {"200"}, "error_reason": {"user_denied"},
		"error_description": {"Permissions error"}, "state": {f.state},
	}, "_=_")
}
