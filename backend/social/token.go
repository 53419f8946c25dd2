package social

// TokenRef names one keychain entry. It is random and opaque, because the
// names of keychain entries can be seen in process arguments on macOS.
type TokenRef string

// TokenSet is everything secret that one grant owns. It is stored whole under
// one TokenRef, so that a renewal is one write and one switch of a pointer.
type TokenSet struct {
	// Access acts for the person.
	Access Secret
	// Refresh renews Access without the person. Most LinkedIn apps get none
	// (linkedin.md 1.7), Meta never gives one (meta.md 1.4).
	Refresh Secret
	// Pages holds one token for each connected Facebook Page, by remote id.
	// A Page token outlives the login's own token (meta.md 1.5).
	Pages map[string]Secret
}

// Only returns a copy that keeps no Page tokens but those of the given remote
// ids.
func (t TokenSet) Only(remoteIDs []string) TokenSet {
	kept := make(map[string]Secret, len(remoteIDs))
	for _, id := range remoteIDs {
		if token, ok := t.Pages[id]; ok {
			kept[id] = token
		}
	}
	t.Pages = kept
	return t
}
