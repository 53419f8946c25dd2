package sandbox

import (
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/http"
	"slices"
)

// drawn is how many pixels a drawing has on a side.
const drawn = 200

// What can be wrong with the pictures of the API.
const (
	pictureNone      = "none"      // there is none: Meta's silhouette
	pictureMissing   = "missing"   // 404
	pictureHuge      = "huge"      // it says that it unpacks to gigabytes
	pictureEndless   = "endless"   // a file of many megabytes
	pictureSilent    = "silent"    // no answer comes
	pictureWrong     = "wrong"     // a page, said to be a picture
	pictureElsewhere = "elsewhere" // its address is on another host
)

func pictureActions() map[string]action {
	faulty := []string{
		pictureNone, pictureMissing, pictureHuge, pictureEndless, pictureSilent, pictureWrong, pictureElsewhere, "off",
	}
	return map[string]action{
		"picture": {"the API's pictures are as target says: none, missing, huge, endless, silent, wrong, elsewhere, or off", func(s *Server, a Action) error {
			if !slices.Contains(faulty, a.Target) {
				return fmt.Errorf("unknown trouble with pictures %q", a.Target)
			}
			s.faults.change(func(f *faults) { f.pictures = a.Target })
			return nil
		}},
		"change_picture": {"everybody has another picture", onFaults(func(f *faults, _ Action) { f.edition++ })},
	}
}

func (f *faults) picture() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.pictures
}

func (f *faults) pictureEdition() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.edition
}

// pictureURL is where an API says that a picture is. It is signed, as the
// networks' are.
func (c *call) pictureURL(id string) string {
	origin := c.origin()
	if c.faults.picture() == pictureElsewhere {
		origin = "https://pictures.example.com"
	}
	return fmt.Sprintf("%s/sandbox/picture/%s.png?oh=%08x", origin, id, seed(id))
}

// drawing serves the picture of an account, or what was asked for instead.
func (c *call) drawing(id string) {
	c.event("picture")
	c.w.Header().Set("Content-Type", "image/png")
	switch c.faults.picture() {
	case pictureMissing:
		http.NotFound(c.w, c.r)
	case pictureHuge:
		c.write(huge())
	case pictureEndless:
		for range 64 {
			c.write(make([]byte, 1<<20))
		}
	case pictureSilent:
		select {
		case <-c.r.Context().Done():
		case <-c.closing:
		}
		panic(http.ErrAbortHandler)
	case pictureWrong:
		c.write([]byte("<!doctype html><title>Sign in</title>"))
	default:
		_ = png.Encode(c.w, draw(fmt.Sprint(id, "/", c.faults.pictureEdition())))
	}
}

func (c *call) write(body []byte) { _, _ = c.w.Write(body) }

// huge is the beginning of a PNG of 65,000 pixels a side.
func huge() []byte {
	return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\xfd\xe8\x00\x00\xfd\xe8\x08\x02\x00\x00\x00\x2d\x35\x4e\x5d")
}

// draw makes a picture that belongs to name alone: two discs before a sky of
// its own colour.
func draw(name string) image.Image {
	from := seed(name)
	hue := float64(from % 360)
	m := image.NewRGBA(image.Rect(0, 0, drawn, drawn))
	large := disc{x: float64(from>>9%120) + 40, y: float64(from>>16%60) + 110, r: 78}
	small := disc{x: float64(from>>5%140) + 30, y: float64(from>>21%50) + 30, r: 24}
	for y := range drawn {
		sky := shade(hue, 0.45, 0.42+0.25*float64(y)/drawn)
		for x := range drawn {
			c := mix(sky, shade(math.Mod(hue+150, 360), 0.5, 0.35), large.covers(x, y))
			m.SetRGBA(x, y, mix(c, shade(math.Mod(hue+45, 360), 0.75, 0.8), small.covers(x, y)))
		}
	}
	return m
}

func seed(name string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return h.Sum32()
}

type disc struct{ x, y, r float64 }

// covers tells how much of a pixel lies on the disc, from 0 to 1.
func (d disc) covers(x, y int) float64 {
	return min(max(d.r-math.Hypot(float64(x)-d.x, float64(y)-d.y)+0.5, 0), 1)
}

// shade is a colour by hue in degrees, saturation and lightness.
func shade(hue, saturation, lightness float64) color.RGBA {
	part := func(n float64) uint8 {
		k := math.Mod(n+hue/30, 12)
		return uint8(255 * (lightness - saturation*min(lightness, 1-lightness)*max(-1, min(k-3, 9-k, 1))))
	}
	return color.RGBA{part(0), part(8), part(4), 255}
}

func mix(below, above color.RGBA, share float64) color.RGBA {
	part := func(b, a uint8) uint8 { return uint8(float64(b)*(1-share) + float64(a)*share) }
	return color.RGBA{part(below.R, above.R), part(below.G, above.G), part(below.B, above.B), 255}
}
