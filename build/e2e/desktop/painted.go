package desktop

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"time"
)

const (
	// glance is how often a part of the screen is looked at. A look reads that
	// part alone, so as not to take the processor from what is measured.
	glance = 5 * time.Millisecond
	// settled is how long a part must show the same to have come to its end.
	settled = 1500 * time.Millisecond
)

// Painted returns since when a part of the screen shows what it goes on showing:
// when a window has been drawn and is not drawn again. What the part shows at
// first does not count.
func (d *Desktop) Painted(ctx context.Context, part image.Rectangle) (time.Time, error) {
	file, err := os.Open(d.Path("screen", "Xvfb_screen0"))
	if err != nil {
		return time.Time{}, fmt.Errorf("picture of the screen: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read from
	whole, err := readFramebuffer(file.Name())
	if err != nil {
		return time.Time{}, fmt.Errorf("picture of the screen: %w", err)
	}
	first, err := whole.again(file, part)
	if err != nil {
		return time.Time{}, err
	}
	shown, since := first, time.Now()
	ticker := time.NewTicker(glance)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return time.Time{}, fmt.Errorf("wait for something at %v of the screen: %w", part, errors.Join(ctx.Err(), context.Cause(ctx)))
		case <-ticker.C:
		}
		now, err := whole.again(file, part)
		if err != nil {
			return time.Time{}, err
		}
		if string(now) != string(shown) {
			shown, since = now, time.Now()
		}
		if time.Since(since) > settled && string(shown) != string(first) {
			return since, nil
		}
	}
}
