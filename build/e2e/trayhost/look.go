package trayhost

import (
	"context"
	"fmt"
	"image"
	"strings"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// Look is what a person sees of an icon.
type Look struct {
	Title   string
	Status  string // Active, NeedsAttention or Passive
	ToolTip string // its title and, where there is more, a line break and the rest
	Icons   []*image.NRGBA
}

// Look reads what an item shows. A property that the item does not have is
// empty, as a panel takes it.
func (i Item) Look(ctx context.Context) (Look, error) {
	var all map[string]dbus.Variant
	err := i.object.CallWithContext(ctx, "org.freedesktop.DBus.Properties.GetAll", 0, itemName).Store(&all)
	if err != nil {
		return Look{}, fmt.Errorf("read the icon: %w", err)
	}
	var look Look
	look.Title, _ = all["Title"].Value().(string)
	look.Status, _ = all["Status"].Value().(string)
	if look.ToolTip, err = tip(all["ToolTip"]); err != nil {
		return Look{}, err
	}
	look.Icons, err = icons(all["IconPixmap"])
	return look, err
}

// AwaitLook waits until an item looks as it should.
func (i Item) AwaitLook(ctx context.Context, what string, fits func(Look) bool) (Look, error) {
	var look Look
	err := poll.Until(ctx, what+" in the tray", func(ctx context.Context) error {
		var err error
		if look, err = i.Look(ctx); err != nil {
			return err
		}
		if !fits(look) {
			return fmt.Errorf("it is %s, %q", look.Status, look.ToolTip)
		}
		return nil
	})
	return look, err
}

// pixmap is how the bus carries a picture: alpha, red, green and blue, a byte each.
type pixmap struct {
	Width, Height int32
	Pixels        []byte
}

func tip(property dbus.Variant) (string, error) {
	if property.Value() == nil {
		return "", nil
	}
	var tip struct {
		Icon        string
		Pixmaps     []pixmap
		Title, Text string
	}
	if err := property.Store(&tip); err != nil {
		return "", fmt.Errorf("the icon's tip: %w", err)
	}
	return strings.TrimSpace(tip.Title + "\n" + tip.Text), nil
}

func icons(property dbus.Variant) ([]*image.NRGBA, error) {
	if property.Value() == nil {
		return nil, nil
	}
	var pixmaps []pixmap
	if err := property.Store(&pixmaps); err != nil {
		return nil, fmt.Errorf("the icon's pictures: %w", err)
	}
	var pictures []*image.NRGBA
	for _, p := range pixmaps {
		picture := image.NewNRGBA(image.Rect(0, 0, int(p.Width), int(p.Height)))
		if len(p.Pixels) != len(picture.Pix) {
			return nil, fmt.Errorf("an icon of %d by %d has %d bytes", p.Width, p.Height, len(p.Pixels))
		}
		for at := 0; at < len(p.Pixels); at += 4 {
			alpha, colors := p.Pixels[at], p.Pixels[at+1:at+4]
			copy(picture.Pix[at:], colors)
			picture.Pix[at+3] = alpha
		}
		pictures = append(pictures, picture)
	}
	return pictures, nil
}
