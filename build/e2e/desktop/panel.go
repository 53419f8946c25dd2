package desktop

import (
	"context"
	"fmt"
	"image"
	"strings"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// panelHeight is what the panel's settings say, in pixels.
const panelHeight = 36

// trayClass is what X calls the windows of the tray, its menus among them.
const trayClass = "wrapper-2.0"

func (d *Desktop) startPanel(ctx context.Context) error {
	if _, err := d.Launch(ctx, "xfce4-panel", "--disable-wm-check"); err != nil {
		return err
	}
	return d.awaitName(ctx, "org.kde.StatusNotifierWatcher")
}

// TrayIcon is the place of the tray's icon, where there is one. The tray has no
// words for a screen reader, so it is known by how the panel puts things.
func (d *Desktop) TrayIcon() image.Rectangle {
	corner := d.options.Screen
	return image.Rectangle{Min: corner.Sub(image.Pt(panelHeight, panelHeight)), Max: corner}
}

// AboveTray is the part of the screen in which the tray's icon shows its tip.
func (d *Desktop) AboveTray() image.Rectangle {
	icon := d.TrayIcon()
	return image.Rect(icon.Max.X-4*panelHeight, icon.Min.Y-2*panelHeight, icon.Max.X, icon.Min.Y)
}

// OpenTrayMenu clicks with the right button on the tray's icon and returns the
// place of the menu that opens. The menu stays open, and takes every click,
// until one chooses from it or goes beside it.
func (d *Desktop) OpenTrayMenu(ctx context.Context) (image.Rectangle, error) {
	if err := d.Click(ctx, d.TrayIcon(), RightButton); err != nil {
		return image.Rectangle{}, err
	}
	var menu image.Rectangle
	err := poll.Until(ctx, "the tray's menu", func(ctx context.Context) error {
		out, err := d.Command(ctx, "xdotool", "search", "--onlyvisible", "--class", trayClass, "getwindowgeometry", "--shell", "%@").Output()
		if err != nil {
			return err
		}
		panel := d.options.Screen.Y - panelHeight
		for place := range strings.SplitSeq(string(out), "WINDOW=") {
			var number, x, y, width, height int
			read, _ := fmt.Sscanf(place, "%d\nX=%d\nY=%d\nWIDTH=%d\nHEIGHT=%d", &number, &x, &y, &width, &height)
			// Its other windows are in the panel, or too small to be seen.
			if menu = image.Rect(x, y, x+width, y+height); read == 5 && y < panel && width > panelHeight {
				return nil
			}
		}
		return fmt.Errorf("its windows are\n%s", out)
	})
	return menu, err
}
