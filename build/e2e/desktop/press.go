package desktop

import (
	"context"
	"fmt"
	"image"

	"github.com/kontent/kontent-connect/build/e2e/atspi"
	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// Press waits until a program shows something of a role and name, as a screen
// reader would call them, and clicks into the middle of it. The desktop needs
// its accessibility for that.
func (d *Desktop) Press(ctx context.Context, button Button, program, role, name string) error {
	place, err := d.Shown(ctx, program, role, name)
	if err != nil {
		return err
	}
	return d.Click(ctx, place, button)
}

// Shown waits until a program shows something of a role and name and returns its
// place on the screen, once it rests there.
func (d *Desktop) Shown(ctx context.Context, program, role, name string) (image.Rectangle, error) {
	bus, err := d.Bus(ctx)
	if err != nil {
		return image.Rectangle{}, err
	}
	defer bus.Close() //nolint:errcheck // only read from
	var place image.Rectangle
	err = poll.Until(ctx, fmt.Sprintf("%s %q of %s", role, name, program), func(ctx context.Context) error {
		tree, err := atspi.Tree(ctx, bus, program)
		if err != nil {
			return err
		}
		for node := range tree.All() {
			if node.Role == role && node.Name == name && node.States.Has(atspi.Showing) {
				before := place
				place, err = atspi.Place(ctx, bus, node)
				if err == nil && (place.Empty() || place != before) {
					err = fmt.Errorf("it is on its way, at %v", place)
				}
				return err
			}
		}
		return fmt.Errorf("it shows\n%v", tree)
	})
	return place, err
}
