package notify

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"log/slog"
	"strings"

	"github.com/godbus/dbus/v5"
)

const (
	low      = byte(0)
	normal   = byte(1)
	critical = byte(2)

	whenTheServiceThinks = int32(-1)
	never                = int32(0)
)

// note is a message in the words of the Desktop Notifications Specification.
type note struct {
	body    string
	actions []string // identifier and label in turns
	hints   map[string]dbus.Variant
	expires int32
}

// unlabelled is the label of a click on the message itself. Some services draw
// a button for it where it has one, beside those that say what they do.
const unlabelled = ""

// noteOf says a message as this service understands it.
func (s *service) noteOf(m Message, d *daemon) note {
	n := note{body: m.Body, actions: []string{}, hints: s.hintsOf(m), expires: whenTheServiceThinks}
	if d.can("body-markup") {
		n.body = escape(m.Body)
	}
	if d.can("actions") {
		n.actions = append(n.actions, clicked, unlabelled)
		for _, b := range m.Buttons {
			n.actions = append(n.actions, b.ID, b.Label)
		}
	}
	if m.Urgent {
		n.expires = never
	}
	return n
}

func (s *service) hintsOf(m Message) map[string]dbus.Variant {
	urgency := normal
	switch {
	case m.Urgent:
		urgency = critical
	case m.Quiet:
		urgency = low
	}
	hints := map[string]dbus.Variant{
		"urgency":       dbus.MakeVariant(urgency),
		"desktop-entry": dbus.MakeVariant(s.o.DesktopEntry),
	}
	if m.Quiet {
		hints["suppress-sound"] = dbus.MakeVariant(true)
	}
	if picture, ok := s.picture(); ok {
		hints["image-data"] = dbus.MakeVariant(picture)
	}
	return hints
}

// escape takes the meaning from markup. GNOME Shell shows every entity but
// these and the two quotes as it is spelled, so html.EscapeString will not do.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// picture is the type (iiibiiay) of the specification.
type picture struct {
	Width, Height, RowStride int32
	HasAlpha                 bool
	BitsPerSample, Channels  int32
	Pixels                   []byte
}

// largestIcon is the longest side of a picture. Pixels travel uncompressed: one
// of 1024 takes a quarter of a second.
const largestIcon = 128

// pictureOf reads a PNG. One that is too large or damaged is left out, which
// the log is told: no message is worth less for it.
func pictureOf(icon []byte, log *slog.Logger) *picture {
	if icon == nil {
		return nil
	}
	size, err := png.DecodeConfig(bytes.NewReader(icon))
	if err != nil || size.Width > largestIcon || size.Height > largestIcon {
		log.Warn("the icon of notifications is left out", "width", size.Width, "height", size.Height, "err", err)
		return nil
	}
	decoded, err := png.Decode(bytes.NewReader(icon))
	if err != nil {
		log.Warn("the icon of notifications is left out", "err", err)
		return nil
	}
	pixels := image.NewNRGBA(image.Rect(0, 0, size.Width, size.Height))
	draw.Draw(pixels, pixels.Bounds(), decoded, decoded.Bounds().Min, draw.Src)
	return &picture{
		Width: int32(size.Width), Height: int32(size.Height), RowStride: int32(pixels.Stride), //nolint:gosec // G115: bounded above
		HasAlpha: true, BitsPerSample: 8, Channels: 4, Pixels: pixels.Pix,
	}
}
