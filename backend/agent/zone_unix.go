//go:build unix

package agent

import (
	"fmt"
	"log/slog"
	"os"
	"time"
)

// newZone follows the file that the system's time zone is in. An environment
// that names one does not change while we live.
func newZone(log *slog.Logger, moved func()) *zone {
	if _, named := os.LookupEnv("TZ"); named {
		return &zone{mark: func() string { return "" }, moved: moved, log: log}
	}
	return zoneOf("/etc/localtime", log, moved)
}

func zoneOf(file string, log *slog.Logger, moved func()) *zone {
	return &zone{
		mark: func() string {
			target, _ := os.Readlink(file) // it may be a copy instead of a link
			info, err := os.Stat(file)
			if err != nil {
				return ""
			}
			return fmt.Sprint(target, info.ModTime().UnixNano(), info.Size())
		},
		read: func() (*time.Location, error) {
			data, err := os.ReadFile(file)
			if err != nil {
				return nil, fmt.Errorf("read the time zone: %w", err)
			}
			return time.LoadLocationFromTZData("Local", data)
		},
		moved: moved, log: log,
	}
}
