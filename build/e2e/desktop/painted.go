package desktop

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"time"
)

const (
	// look is how often a part of the screen is read. No more than that part is,
	// so as not to take the processor from what is measured.
	look = 5 * time.Millisecond
	// settled is how long a part must show the same to have come to its end.
	settled = 2 * time.Second
)

// Painted waits until a part of the screen is plain, does something, and returns
// since when that part shows what it goes on showing: when a window that was
// begun has been drawn, and is not drawn again. A part that is plain, such as
// that of a window without its content, is not drawn.
func (d *Desktop) Painted(ctx context.Context, part image.Rectangle, begin func() error) (time.Time, error) {
	file, err := os.Open(d.Path("screen", "Xvfb_screen0"))
	if err != nil {
		return time.Time{}, fmt.Errorf("picture of the screen: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read from
	whole, err := readFramebuffer(file.Name())
	if err != nil {
		return time.Time{}, fmt.Errorf("picture of the screen: %w", err)
	}
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	var shown []byte
	for begun, since := false, time.Now(); ; {
		now, err := whole.again(file, part)
		if err != nil {
			return time.Time{}, err
		}
		if !bytes.Equal(now, shown) {
			shown, since = now, time.Now()
		}
		switch {
		case !begun && plain(now):
			if err := begin(); err != nil {
				return time.Time{}, err
			}
			begun = true
		case begun && !plain(now) && time.Since(since) > settled:
			return since, nil
		}
		select {
		case <-ctx.Done():
			return time.Time{}, fmt.Errorf("wait for something at %v of the screen: %w", part, errors.Join(ctx.Err(), context.Cause(ctx)))
		case <-ticker.C:
		}
	}
}

// plain reports whether all pixels are alike.
func plain(pixels []byte) bool { return bytes.Equal(pixels[4:], pixels[:len(pixels)-4]) }
