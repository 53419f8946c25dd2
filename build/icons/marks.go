package main

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
)

// mark is an icon: layers, the lowest first.
type mark []layer

type layer struct {
	outline outline
	colour  color.NRGBA
}

// The tray's colours are of middling lightness: each keeps a contrast of at
// least 3 to 1 with a white panel, a black one, and the white sign on it. A
// test holds them to that.
//
//nolint:gochecknoglobals // constants that Go has no word for
var (
	green  = color.NRGBA{0x1b, 0x8f, 0x57, 0xff}
	amber  = color.NRGBA{0xb8, 0x73, 0x00, 0xff}
	red    = color.NRGBA{0xdd, 0x3c, 0x30, 0xff}
	slate  = color.NRGBA{0x76, 0x82, 0x8f, 0xff}
	indigo = color.NRGBA{0x35, 0x47, 0xd6, 0xff}
	white  = color.NRGBA{0xff, 0xff, 0xff, 0xff}
)

// trayMarks are the tray's four shapes by name. Solid and hollow, round and
// pointed, whole and broken: no two share all three.
func trayMarks() map[string]mark {
	return map[string]mark{
		"ok": {
			{disc{8, 8, 7.25}, green},
			{line{[]point{{4.6, 8.2}, {7, 10.7}, {11.5, 5.7}}, 1.9}, white},
		},
		"soon": {
			{ring{8, 8, 6.25, 2}, amber},
			{line{[]point{{8, 4.5}, {8, 8.1}, {10.4, 9.6}}, 1.8}, amber},
		},
		"broken": {
			{polygon{[]point{{8, 2.1}, {14.4, 13.5}, {1.6, 13.5}}, 1.3}, red},
			{line{[]point{{8, 5.7}, {8, 9}}, 2}, white},
			{disc{8, 12, 1.2}, white},
		},
		"unknown": {
			{dashes{ring{8, 8, 6.25, 2}, 6, 0.42}, slate},
			{disc{8, 8, 1.9}, slate},
		},
	}
}

// appMark is the application's icon: a K whose arms are connections to
// accounts.
func appMark() mark {
	return mark{
		{polygon{[]point{{4, 4}, {12, 4}, {12, 12}, {4, 12}}, 4}, indigo},
		{line{[]point{{5.2, 4.1}, {5.2, 11.9}}, 1.9}, white},
		{line{[]point{{11, 4.6}, {6, 8}, {11, 11.4}}, 1.5}, white},
		{disc{11, 4.6, 1.55}, white},
		{disc{11, 11.4, 1.55}, white},
	}
}

// template is the mark in one colour with its signs cut out, as macOS fills it
// with the colour of the menu bar.
func (m mark) template() mark {
	cut := make(mark, len(m))
	for i, l := range m {
		if cut[i] = (layer{l.outline, color.NRGBA{A: 0xff}}); l.colour == white {
			cut[i].colour = color.NRGBA{}
		}
	}
	return cut
}

// draw paints the mark at size by size pixels. A layer without alpha erases.
func (m mark) draw(size int) *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, size, size))
	scale := float64(size) / 16
	for y := range size {
		for x := range size {
			var over [4]float64 // red, green, blue, alpha; multiplied by alpha
			for _, l := range m {
				d := l.outline.distance((float64(x)+0.5)/scale, (float64(y)+0.5)/scale) * scale
				over = l.onto(over, max(0, min(1, 0.5-d)))
			}
			picture.SetNRGBA(x, y, unmultiplied(over))
		}
	}
	return picture
}

// onto lays covered of the layer's colour over what is there.
func (l layer) onto(below [4]float64, covered float64) [4]float64 {
	alpha := float64(l.colour.A) / 255
	for i, v := range [4]uint8{l.colour.R, l.colour.G, l.colour.B, 255} {
		below[i] = below[i]*(1-covered) + covered*alpha*float64(v)/255
	}
	return below
}

func unmultiplied(c [4]float64) color.NRGBA {
	if c[3] == 0 {
		return color.NRGBA{}
	}
	part := func(v float64) uint8 { return uint8(math.Round(255 * min(1, v))) }
	return color.NRGBA{part(c[0] / c[3]), part(c[1] / c[3]), part(c[2] / c[3]), part(c[3])}
}

func (m mark) svg() string {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">` + "\n")
	for _, l := range m {
		fmt.Fprintf(&b, "  %s\n", l.outline.svg(fmt.Sprintf("#%02x%02x%02x", l.colour.R, l.colour.G, l.colour.B)))
	}
	b.WriteString("</svg>\n")
	return b.String()
}
