package picture

import (
	"image"
	"math"
)

// scale makes a square picture without transparency at most side pixels wide.
// Each pixel is the average of all that it stands for, taken of light and not
// of the numbers that stand for it: thin bright lines would darken otherwise.
// A smaller picture stays as it is.
func scale(from *image.RGBA, side int) *image.RGBA {
	size := from.Bounds().Dx()
	if size <= side {
		return from
	}
	light, spans := lightTable(), spansOf(size, side)
	small := image.NewRGBA(image.Rect(0, 0, side, side))
	row := make([]float64, 3*side) // of light, one row of the result
	for y := range side {
		clear(row)
		for _, line := range spans[y] {
			addRow(row, from.Pix[line.at*from.Stride:], spans, line.share, &light)
		}
		pixels := small.Pix[y*small.Stride:]
		for x := range side {
			for c := range 3 {
				pixels[4*x+c] = number(row[3*x+c])
			}
			pixels[4*x+3] = 0xff
		}
	}
	return small
}

// addRow adds the light of one row of the source, weighed by share.
func addRow(row []float64, pixels []uint8, spans [][]part, share float64, light *[256]float64) {
	for x, span := range spans {
		for _, p := range span {
			weight := share * p.share
			for c := range 3 {
				row[3*x+c] += weight * light[pixels[4*p.at+c]]
			}
		}
	}
}

// part is a pixel of the source and its share in one of the result.
type part struct {
	at    int
	share float64
}

// spansOf tells for each of count pixels which of size pixels it stands for.
// The shares of each are 1 together.
func spansOf(size, count int) [][]part {
	step := float64(size) / float64(count)
	spans := make([][]part, count)
	for i := range spans {
		from, to := float64(i)*step, float64(i+1)*step
		for at := int(from); at < size && float64(at) < to; at++ {
			if share := min(to, float64(at+1)) - max(from, float64(at)); share > 0 {
				spans[i] = append(spans[i], part{at, share / step})
			}
		}
	}
	return spans
}

// lightTable turns numbers of sRGB into light between 0 and 1.
func lightTable() (light [256]float64) {
	for n := range light {
		light[n] = math.Pow(float64(n)/255, 2.2)
	}
	return light
}

// number turns light back into a number.
func number(light float64) uint8 {
	return uint8(math.Round(255 * math.Pow(min(max(light, 0), 1), 1/2.2)))
}
