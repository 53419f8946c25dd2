package view

// Forgotten is what was removed from this computer.
type Forgotten struct {
	Folder string `json:"folder"`
	// Secrets counts the keychain's entries that were removed.
	Secrets int `json:"secrets"`
	// Connected counts the logins because of which nothing was removed.
	Connected int `json:"connected"`
}
