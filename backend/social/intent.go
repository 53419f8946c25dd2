package social

import "time"

// Intent says that a keychain entry is about to be written, and for whom. One
// that is found at start was interrupted, and is undone.
type Intent struct {
	ID        string
	GrantID   GrantID
	TokenRef  TokenRef
	StartedAt time.Time
}
