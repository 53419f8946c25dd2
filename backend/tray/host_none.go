//go:build darwin && !cgo

package tray

import "context"

// host only waits: without cgo there is no tray on macOS. Builds like this are
// for checking that the rest compiles.
func (t *Tray) host(ctx context.Context) { <-ctx.Done() }
