package view

import "github.com/kontent/kontent-connect/backend/social"

// Snapshot is everything a face shows, at one revision.
type Snapshot struct {
	// Revision grows with every change; a face that is behind asks for Changes.
	// Revisions of two agents are never alike.
	Revision int64 `json:"revision"`
	Frame
	Grants []Grant `json:"grants"`
	// Accounts are those that are connected, and those whose access their
	// provider has yet to take back. The rest is Former.
	Accounts []Account `json:"accounts"`
	// Partial: Accounts are those alone that a window shows first; see Opening.
	Partial bool `json:"partial,omitempty"`
	// Notices are the logins that need their admin now, the most urgent
	// first. The list is exact whatever the desktop showed.
	Notices []Notice `json:"notices"`
}

// Frame is what a face shows around the accounts. It is small, and changes as
// one.
type Frame struct {
	Version string `json:"version"`
	Demo    bool   `json:"demo"`
	// DataFolder is where everything but the secrets is kept.
	DataFolder  string        `json:"data_folder"`
	Preferences Preferences   `json:"preferences"`
	Projects    []Project     `json:"projects"`
	Apps        []ProviderApp `json:"apps"`
	Attempts    []Attempt     `json:"attempts"`
	// LastLine is the id of the newest line of the timeline, which whoever shows
	// the timeline reads again when there is another.
	LastLine int64  `json:"last_line"`
	Watch    Watch  `json:"watch"`
	System   System `json:"system"`
	// Update is set while there is a newer version of the program, and Updates
	// where this build hears of newer versions at all.
	Update  *Update `json:"update,omitempty"`
	Updates bool    `json:"updates"`
	// Keychain is set while the keychain cannot be used.
	Keychain *Problem `json:"keychain,omitempty"`
	// Data is set for some days after a damaged data file was replaced.
	Data *Problem `json:"data,omitempty"`
}

// Changes are what a face that stands at revision Since lacks to stand at
// Revision.
type Changes struct {
	Since    int64 `json:"since"`
	Revision int64 `json:"revision"`
	// Lost: what changed since then is not known. The rest is empty, and the
	// face asks for the snapshot.
	Lost bool `json:"lost"`
	// Frame and Notices are as they are now, and left out where nothing of
	// them changed.
	Frame   *Frame    `json:"frame,omitempty"`
	Notices *[]Notice `json:"notices,omitempty"`
	// Grants and Accounts are those that are new or changed; those in
	// GrantsGone and AccountsGone are no more.
	Grants       []Grant            `json:"grants"`
	GrantsGone   []social.GrantID   `json:"grants_gone"`
	Accounts     []Account          `json:"accounts"`
	AccountsGone []social.AccountID `json:"accounts_gone"`
}

// Former is what was connected once: the accounts that were disconnected, and
// of their logins those that have ended.
type Former struct {
	Grants   []Grant   `json:"grants"`
	Accounts []Account `json:"accounts"`
}

// Equal reports whether two accounts look the same.
func (a Account) Equal(b Account) bool {
	same := equalClock(a.Clocks.Token, b.Clocks.Token) && equalClock(a.Clocks.Refresh, b.Clocks.Refresh) &&
		equalClock(a.Clocks.DataAccess, b.Clocks.DataAccess)
	a.Clocks, b.Clocks = Clocks{}, Clocks{}
	return same && a == b
}

func equalClock(a, b *Clock) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
