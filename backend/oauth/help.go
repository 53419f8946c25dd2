package oauth

import (
	"context"
	"fmt"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
)

// OpenPage shows one of the providers' own pages in the system browser. It
// fails with problem.BrowserFailed for any other address, and when no browser
// opens within three seconds. An opener that stays until the browser ends is
// left to itself, as a Receiver leaves it.
func (f *Flow) OpenPage(ctx context.Context, address string) error {
	if !f.openable(address, pageHosts()...) {
		return problem.New(problem.BrowserFailed, errAddress)
	}
	return f.show(ctx, address)
}

// OpenFolder shows a folder of this computer in its file manager. The caller
// vouches for the path. It fails like OpenPage.
func (f *Flow) OpenFolder(ctx context.Context, path string) error { return f.show(ctx, path) }

func (f *Flow) show(ctx context.Context, address string) error {
	failed := make(chan error, 1) // has room: nobody may be waiting any more
	go func() { failed <- f.open(context.WithoutCancel(ctx), address) }()
	timer := time.NewTimer(openLimit)
	defer timer.Stop()
	select {
	case err := <-failed:
		if err != nil {
			return problem.New(problem.BrowserFailed, fmt.Errorf("open a page: %w", scrub(err, address)))
		}
		return nil
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("open a page: %w", ctx.Err())
	}
}
