package agent

import (
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sys/windows"
)

// newZone follows what Windows answers. Of a zone that is another one than at
// the start only the present distance from UTC is kept: dates beyond a change to
// or from summer time are then shown an hour off until that day.
func newZone(log *slog.Logger, moved func()) *zone {
	return &zone{
		mark: func() string {
			if offset, err := windowsOffset(); err == nil {
				return offset.String()
			}
			return ""
		},
		read: func() (*time.Location, error) {
			offset, err := windowsOffset()
			if err != nil {
				return nil, err
			}
			if _, former := time.Now().In(time.Local).Zone(); time.Duration(former)*time.Second == offset {
				return time.Local, nil // summer time began, or we are back
			}
			return time.FixedZone("Local", int(offset/time.Second)), nil
		},
		moved: moved, log: log,
	}
}

// windowsOffset is how far the time here is ahead of UTC at present.
func windowsOffset() (time.Duration, error) {
	const summer = 2 // TIME_ZONE_ID_DAYLIGHT
	var here windows.Timezoneinformation
	season, err := windows.GetTimeZoneInformation(&here)
	if err != nil {
		return 0, fmt.Errorf("ask for the time zone: %w", err)
	}
	behind := here.Bias + here.StandardBias
	if season == summer {
		behind = here.Bias + here.DaylightBias
	}
	return -time.Duration(behind) * time.Minute, nil
}
