package atspi

import (
	"context"
	"fmt"
	"image"

	"github.com/godbus/dbus/v5"
)

// onScreen asks for places that are counted from the screen's corner.
const onScreen uint32 = 0

// Place is where on the screen a node is, which is where to point at it. The bus
// is the desktop's session bus.
func Place(ctx context.Context, session *dbus.Conn, node Node) (image.Rectangle, error) {
	bus, err := connect(ctx, session)
	if err != nil {
		return image.Rectangle{}, err
	}
	defer bus.Close() //nolint:errcheck // only read from

	var extents struct{ X, Y, Width, Height int32 }
	err = bus.Object(node.at.Program, node.at.Path).
		CallWithContext(ctx, "org.a11y.atspi.Component.GetExtents", 0, onScreen).Store(&extents)
	if err != nil {
		return image.Rectangle{}, fmt.Errorf("place of %s %q: %w", node.Role, node.Name, err)
	}
	corner := image.Pt(int(extents.X), int(extents.Y))
	return image.Rectangle{Min: corner, Max: corner.Add(image.Pt(int(extents.Width), int(extents.Height)))}, nil
}
