package linkedin

import "github.com/kontent/kontent-connect/backend/social"

// shares reports whether a login is one of Sign In and Share, which opens
// userinfo and a profile that publishes, and no Company Pages. What was granted
// decides, and the app's setting only where LinkedIn did not say
// (linkedin.md 2.1, 3.1).
func shares(app social.ProviderApp, login social.Login) bool {
	if login.Granted == nil {
		return app.Product == social.ProductShare
	}
	return granted(login, openID, profile) && !granted(login, basicProfile)
}

// managesPages reports whether the roles on Company Pages may be asked for:
// each of two scopes opens them (linkedin.md 2.1).
func managesPages(app social.ProviderApp, login social.Login) bool {
	if login.Granted == nil {
		return app.Product != social.ProductShare
	}
	return granted(login, orgAdmin, orgAdminRead)
}
