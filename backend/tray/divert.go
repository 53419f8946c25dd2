package tray

import (
	"context"
	"log"
	"log/slog"
	"strings"
)

// divert sends what the library says through the standard library's log
// package to logger. That lasts: a last line may come after the tray's end.
func divert(logger *slog.Logger) {
	log.SetFlags(0)              //nolint:forbidigo // slog has its own time
	log.SetOutput(lines{logger}) //nolint:forbidigo // the library offers no other way
}

// lines is a writer that takes one line a call, as the log package promises.
type lines struct{ log *slog.Logger }

func (l lines) Write(line []byte) (int, error) {
	level := slog.LevelWarn
	if strings.Contains(string(line), "failed to register:") {
		level = slog.LevelDebug // a desktop without a tray is no fault
	}
	l.log.Log(context.Background(), level, "tray library", "said", strings.TrimSpace(string(line)))
	return len(line), nil
}
