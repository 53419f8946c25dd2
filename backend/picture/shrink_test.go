package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

// drawn returns a picture of which each pixel is told by at.
func drawn(w, h int, at func(x, y int) color.Color) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, at(x, y))
		}
	}
	return m
}

func plain(w, h int, c color.Color) *image.NRGBA {
	return drawn(w, h, func(int, int) color.Color { return c })
}

// noise is what compresses worst.
func noise(w, h int) *image.NRGBA {
	from := rand.New(rand.NewPCG(1, 2)) // the same every time
	return drawn(w, h, func(int, int) color.Color {
		n := from.Uint32()
		return color.NRGBA{uint8(n), uint8(n >> 8), uint8(n >> 16), 255}
	})
}

func asPNG(tb testing.TB, m image.Image) []byte {
	tb.Helper()
	var out bytes.Buffer
	must(tb, png.Encode(&out, m))
	return out.Bytes()
}

func asJPEG(tb testing.TB, m image.Image) []byte {
	tb.Helper()
	var out bytes.Buffer
	must(tb, jpeg.Encode(&out, m, nil))
	return out.Bytes()
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// shrunk shrinks and reads what came of it.
func shrunk(t *testing.T, file []byte) (social.PictureImage, image.Image) {
	t.Helper()
	small, err := Shrink(file)
	must(t, err)
	m, format, err := image.Decode(bytes.NewReader(small.Bytes))
	must(t, err)
	if small.Type != "image/"+format || len(small.Bytes) > mostBytes || len(small.Version) != 16 {
		t.Errorf("%s of %d bytes, version %q, is a %s", small.Type, len(small.Bytes), small.Version, format)
	}
	return small, m
}

func near(t *testing.T, what string, m image.Image, x, y int, want color.NRGBA) {
	t.Helper()
	got, _ := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
	for _, pair := range [][2]uint8{{got.R, want.R}, {got.G, want.G}, {got.B, want.B}, {got.A, want.A}} {
		if d := int(pair[0]) - int(pair[1]); d < -3 || d > 3 {
			t.Errorf("%s is %v, want %v", what, got, want)
			return
		}
	}
}

var (
	red   = color.NRGBA{200, 30, 40, 255}
	blue  = color.NRGBA{20, 60, 220, 255}
	white = color.NRGBA{255, 255, 255, 255}
)

// Covers W2.
func TestShrink(t *testing.T) {
	t.Parallel()
	t.Run("keeps the middle of a wide picture", func(t *testing.T) {
		t.Parallel()
		small, m := shrunk(t, asPNG(t, drawn(400, 200, func(x, _ int) color.Color {
			if x < 100 || x >= 300 {
				return red
			}
			return blue
		})))
		if small.Type != "image/png" || m.Bounds().Size() != image.Pt(Side, Side) {
			t.Errorf("%s of %v", small.Type, m.Bounds())
		}
		near(t, "the left edge", m, 0, 48, blue)
		near(t, "the right edge", m, 95, 48, blue)
	})
	t.Run("averages light and not numbers", func(t *testing.T) {
		t.Parallel()
		_, m := shrunk(t, asPNG(t, drawn(192, 192, func(x, _ int) color.Color {
			return color.Gray{uint8(x % 2 * 255)}
		})))
		near(t, "a mesh of black and white", m, 48, 48, color.NRGBA{186, 186, 186, 255})
	})
	t.Run("puts what is transparent on white", func(t *testing.T) {
		t.Parallel()
		_, m := shrunk(t, asPNG(t, plain(120, 120, color.NRGBA{200, 0, 0, 0})))
		near(t, "nothing", m, 48, 48, white)
	})
	t.Run("leaves a small picture its size", func(t *testing.T) {
		t.Parallel()
		if _, m := shrunk(t, asPNG(t, plain(50, 50, red))); m.Bounds().Dx() != 50 {
			t.Errorf("it is %v", m.Bounds())
		}
	})
	t.Run("writes a photograph as JPEG", func(t *testing.T) {
		t.Parallel()
		if small, _ := shrunk(t, asPNG(t, noise(300, 300))); small.Type != "image/jpeg" {
			t.Errorf("it is %s", small.Type)
		}
	})
	t.Run("keeps noise within its bytes", func(t *testing.T) {
		t.Parallel()
		shrunk(t, asPNG(t, noise(Side, Side)))
	})
	t.Run("drops all that is not picture", func(t *testing.T) {
		t.Parallel()
		file := asJPEG(t, plain(120, 120, red))
		const where = "Exif\x00\x00 taken at -23.55, -46.63"
		tagged := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(where) + 2)}, where...)
		small, _ := shrunk(t, append(tagged, file[2:]...))
		if bytes.Contains(small.Bytes, []byte("taken at")) {
			t.Error("the place is still in it")
		}
	})
	t.Run("shows the first image of an animation", func(t *testing.T) {
		t.Parallel()
		var film gif.GIF
		for _, c := range []color.Color{red, blue} {
			frame := image.NewPaletted(image.Rect(0, 0, 100, 100), color.Palette{c})
			film.Image, film.Delay = append(film.Image, frame), append(film.Delay, 10)
		}
		var out bytes.Buffer
		must(t, gif.EncodeAll(&out, &film))
		_, m := shrunk(t, out.Bytes())
		near(t, "the first image", m, 48, 48, red)
	})
	t.Run("reads the four inks of a JPEG for print", func(t *testing.T) {
		t.Parallel()
		_, m := shrunk(t, cmyk(t))
		near(t, "ink", m, 8, 8, color.NRGBA{0, 0, 0, 255})
	})
	t.Run("names the bytes: the same picture the same, another otherwise", func(t *testing.T) {
		t.Parallel()
		a, _ := shrunk(t, asPNG(t, plain(100, 100, red)))
		b, _ := shrunk(t, asPNG(t, plain(100, 100, red)))
		c, _ := shrunk(t, asPNG(t, plain(100, 100, blue)))
		if a.Version != b.Version || a.Version == c.Version {
			t.Errorf("versions %s, %s and %s", a.Version, b.Version, c.Version)
		}
	})
}

// Covers W2, GR09.
func TestShrinkRefuses(t *testing.T) {
	t.Parallel()
	whole := asPNG(t, noise(100, 100))
	for what, tc := range map[string]struct {
		file []byte
		why  error
	}{
		"nothing":                       {nil, errNoPicture},
		"a page":                        {[]byte("<!doctype html><title>Sign in</title>"), errNoPicture},
		"an SVG":                        {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), errNoPicture},
		"a bitmap":                      {append([]byte("BM"), make([]byte, 200)...), errNoPicture},
		"WebP":                          {[]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07"), errNoPicture},
		"half a picture":                {whole[:len(whole)/2], errNoPicture},
		"a picture with a broken sum":   {bytes.Replace(whole, []byte("IEND"), []byte("IENX"), 1), errNoPicture},
		"one pixel":                     {asPNG(t, plain(1, 1, red)), errSize},
		"a strip":                       {asPNG(t, plain(200, 8, red)), errSize},
		"one that unpacks to 16 GB":     {claims(t, 65000, 65000), errSize},
		"one whose size overflows":      {claims(t, 1<<31-1, 1<<31-1), errNoPicture},
		"one of too many pixels":        {claims(t, 3000, 3000), errSize},
		"one that is too long":          {claims(t, 20, 5000), errSize},
		"a film of a claimed 65535":     {[]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00;"), errSize},
		"a JPEG that claims 65535":      {jpegClaims(t, 65535, 65535), errSize},
		"the beginning of a JPEG alone": {[]byte("\xff\xd8\xff"), errNoPicture},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			small, err := Shrink(tc.file)
			if err == nil || tc.why != nil && !errors.Is(err, tc.why) || len(small.Bytes) > 0 {
				t.Errorf("%d bytes, error %v, want %v", len(small.Bytes), err, tc.why)
			}
		})
	}
}

// claims returns a PNG that says that it is so large. It need not be.
func claims(tb testing.TB, w, h uint32) []byte {
	tb.Helper()
	file := asPNG(tb, plain(20, 20, red))
	for i, n := range []uint32{w, h} {
		for b := range 4 {
			file[16+4*i+b] = byte(n >> (24 - 8*b))
		}
	}
	return resummed(file)
}

// jpegClaims is claims for a JPEG.
func jpegClaims(tb testing.TB, w, h uint16) []byte {
	tb.Helper()
	file := asJPEG(tb, plain(20, 20, red))
	at := bytes.Index(file, []byte{0xff, 0xc0})
	copy(file[at+5:], []byte{byte(h >> 8), byte(h), byte(w >> 8), byte(w)})
	return file
}

// cmyk returns a JPEG of 16 pixels a side in four inks.
func cmyk(tb testing.TB) []byte {
	tb.Helper()
	file, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(cmykFile), ""))
	must(tb, err)
	return file
}

// resummed puts the sum of the first chunk of a PNG right.
func resummed(file []byte) []byte {
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

// cmykFile is black ink, as a printer's program writes it.
const cmykFile = `
/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJT
UjI+WmFaUGBKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P
T09PT09P/8AAFAgAEAAQBAERAAIRAQMRAQQRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAH/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/E
ABQBAQAAAAAAAAAAAAAAAAAAAAD/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADgQBAAIRAxEEAAA/AJgCYAAAAP/Z
`
