package social

// Configuration is an installation without its secrets.
type Configuration struct {
	Projects []Project
	Apps     []ProviderApp
	Grants   []Grant
	Accounts []Account
}

// Import is what a configuration changes here, all of it at once.
type Import struct {
	// Emptied is the project that a new installation began with, and nobody
	// used; "" for none.
	Emptied  ProjectID
	Projects []Project
	Renamed  []Project
	Apps     []ProviderApp
	Grants   []Grant
	Accounts []Account
	// Settings are stored by name.
	Settings map[string]string
}
