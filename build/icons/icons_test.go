package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

func TestCommittedFilesAreWhatIsDrawn(t *testing.T) {
	t.Parallel()
	files, err := drawAll()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || !alike(t, name, got, want) {
			t.Errorf("%s is not what marks.go says (%v): run make icons", name, err)
		}
	}
	for _, folder := range []string{trayFolder, appFolder} {
		entries, err := os.ReadDir(filepath.Join(root, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if _, drawn := files[folder+"/"+entry.Name()]; !drawn {
				t.Errorf("%s/%s is drawn by nothing", folder, entry.Name())
			}
		}
	}
}

// alike compares what is seen: processors round the last bit differently, and
// compressors find different ways to say the same.
func alike(t *testing.T, name string, got, want []byte) bool {
	t.Helper()
	if strings.HasSuffix(name, ".svg") {
		return bytes.Equal(got, want)
	}
	gotBitmaps, gotPicture := split(t, got)
	wantBitmaps, wantPicture := split(t, want)
	return near(gotBitmaps, wantBitmaps) && near(gotPicture, wantPicture)
}

// split separates an icon's bitmaps, with the directory before them but for
// the length that ends it, from the pixels of a PNG at the end.
func split(t *testing.T, file []byte) (bitmaps, pixels []byte) {
	t.Helper()
	at := bytes.Index(file, []byte("\x89PNG"))
	if at < 0 {
		return file, nil
	}
	picture, err := png.Decode(bytes.NewReader(file[at:]))
	if err != nil {
		t.Fatal(err)
	}
	bitmaps = bytes.Clone(file[:at])
	if at > 0 {
		last := 6 + 16*(int(file[4])-1)
		clear(bitmaps[last+8 : last+12])
	}
	return bitmaps, nrgba(picture).Pix
}

func near(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if d := int(a[i]) - int(b[i]); d < -2 || d > 2 {
			return false
		}
	}
	return true
}

func nrgba(picture image.Image) *image.NRGBA {
	if p, ok := picture.(*image.NRGBA); ok {
		return p
	}
	p := image.NewNRGBA(picture.Bounds())
	for y := range p.Rect.Dy() {
		for x := range p.Rect.Dx() {
			p.Set(x, y, picture.At(x, y))
		}
	}
	return p
}

// At 16 pixels and in one colour, any two shapes differ in at least a fifth of
// the ink that they have together.
func TestShapesAreToldApartWithoutColour(t *testing.T) {
	t.Parallel()
	marks := trayMarks()
	for a := range marks {
		for b := range marks {
			if a >= b {
				continue
			}
			first, second := marks[a].template().draw(16), marks[b].template().draw(16)
			differ, ink := 0.0, 0.0
			for i := 3; i < len(first.Pix); i += 4 {
				differ += math.Abs(float64(first.Pix[i]) - float64(second.Pix[i]))
				ink += max(float64(first.Pix[i]), float64(second.Pix[i]))
			}
			if differ/ink < 0.2 {
				t.Errorf("%s and %s differ in only %.0f %%", a, b, 100*differ/ink)
			}
		}
	}
}

// Panels are white, dark grey (#2b2b2b) or anything between the two and black.
func TestColoursAreReadableOnLightAndDark(t *testing.T) {
	t.Parallel()
	dark := color.NRGBA{0x2b, 0x2b, 0x2b, 0xff}
	for name, c := range map[string]color.NRGBA{"green": green, "amber": amber, "red": red, "slate": slate} {
		if light, dark := contrast(c, white), contrast(c, dark); light < 3 || dark < 3 {
			t.Errorf("%s has %.2f on white and %.2f on dark", name, light, dark)
		}
	}
	if c := contrast(indigo, white); c < 4.5 {
		t.Errorf("the K has %.2f", c)
	}
}

// contrast is the ratio that the accessibility guidelines (WCAG 2) define.
func contrast(a, b color.NRGBA) float64 {
	first, second := luminance(a), luminance(b)
	return (max(first, second) + 0.05) / (min(first, second) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
