//go:build !windows

package notify

// Forget takes back what made the program appID known to the system: nothing,
// where a program need not be.
func Forget(string) error { return nil }
