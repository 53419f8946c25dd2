package view

// Update is a version of the program that is newer than this one. Getting it is
// the admin's to do; nothing is loaded or replaced.
type Update struct {
	Version string `json:"version"`
}
