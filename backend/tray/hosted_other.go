//go:build !linux

package tray

import "context"

// Hosted is always true: these systems have their notification area.
func (t *Tray) Hosted(context.Context) bool { return true }

// Watch tells f at once and has nothing more to tell until ctx ends.
func (t *Tray) Watch(ctx context.Context, f func(hosted bool)) {
	f(true)
	<-ctx.Done()
}
