package agent

import (
	"context"
	"log/slog"
	"time"

	"github.com/kontent/kontent-connect/backend/config"
)

// lastFaceGrace is how long the demonstration's agent stays when its last face
// has gone: a window that is reloaded comes back within it.
const lastFaceGrace = 10 * time.Second

// Run opens the agent, serves the faces, and returns when ctx ends or a face
// of another version asks it to leave. The demonstration's agent also ends
// with its last face; nothing needs watching there.
func Run(ctx context.Context, settings config.Config, log *slog.Logger) error {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	a, err := Open(ctx, settings, log)
	if err != nil {
		return err
	}
	faces := func(int) {}
	if settings.Demo {
		goodbye := time.AfterFunc(time.Hour, leave)
		goodbye.Stop()
		defer goodbye.Stop()
		faces = func(count int) {
			goodbye.Stop()
			if count == 0 {
				goodbye.Reset(lastFaceGrace)
			}
		}
	}
	if err := a.Serve(ctx, leave, faces); err != nil {
		_ = a.Close() //nolint:contextcheck // closing must not end with ctx
		return err
	}
	log.Info("agent started", "version", Version, "demo", settings.Demo)
	<-ctx.Done()
	err = a.Close() //nolint:contextcheck // ctx has ended; that is why
	log.Info("agent ended", "err", err)
	return err
}
