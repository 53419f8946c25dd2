package desktop

import (
	"context"
	"fmt"
	"image"
	"strconv"
)

// Button is a button of the mouse.
type Button int

// The buttons by the screen's own numbers.
const (
	LeftButton  Button = 1
	RightButton Button = 3
)

// Click presses a button of the mouse in the middle of a place and moves the
// mouse back to where it was.
func (d *Desktop) Click(ctx context.Context, place image.Rectangle, button Button) error {
	return d.xdotool(ctx, append(moveTo(place), "click", strconv.Itoa(int(button)), "mousemove", "restore")...)
}

func moveTo(place image.Rectangle) []string {
	middle := place.Min.Add(place.Size().Div(2))
	return []string{"mousemove", strconv.Itoa(middle.X), strconv.Itoa(middle.Y)}
}

// Point moves the mouse to the middle of a place and lets it rest there.
func (d *Desktop) Point(ctx context.Context, place image.Rectangle) error {
	return d.xdotool(ctx, moveTo(place)...)
}

func (d *Desktop) xdotool(ctx context.Context, does ...string) error {
	out, err := d.Command(ctx, "xdotool", does...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("xdotool: %w: %s", err, out)
	}
	return nil
}
