package oauth

import (
	"context"
	"os/exec"
	"runtime"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// TryPort takes a port as a sign-in with app would, lets go of it, and returns
// it. problem.PortsBusy when none is free.
func TryPort(ctx context.Context, app social.ProviderApp) (int, error) {
	bound, err := bind(ctx, app)
	if err != nil {
		return 0, err
	}
	bound.close()
	return bound.port, nil
}

// Opener names the program that would open an address. problem.BrowserFailed
// where there is none. On Linux these are the ones that pkg/browser tries.
func Opener() (string, error) {
	names := map[string][]string{"darwin": {"open"}, "windows": {"rundll32"}}[runtime.GOOS]
	if names == nil {
		names = []string{"xdg-open", "x-www-browser", "www-browser"}
	}
	for _, name := range names {
		if _, err := exec.LookPath(name); err == nil {
			return name, nil
		}
	}
	return "", problem.New(problem.BrowserFailed, nil)
}
