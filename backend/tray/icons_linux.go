package tray

import (
	"bytes"
	"embed"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

//go:embed icons/*-22.png icons/*-44.png
var iconFiles embed.FS

// The sizes that panels ask for, in pixels: at 100 and 200 percent.
const (
	small = 22
	large = 44
)

func iconFile(shape Shape, size int) []byte {
	file, err := iconFiles.ReadFile(fmt.Sprintf("icons/%s-%d.png", shape, size))
	if err != nil {
		panic(err) // a shape without its picture was not built
	}
	return file
}

// pixmapsOf is a shape in every size, for a host to choose from.
func pixmapsOf(shape Shape) []pixmap {
	var all []pixmap
	for _, size := range []int{small, large} {
		picture, err := png.Decode(bytes.NewReader(iconFile(shape, size)))
		if err != nil {
			panic(err)
		}
		all = append(all, pixmapOf(picture))
	}
	return all
}

func pixmapOf(picture image.Image) pixmap {
	bounds := picture.Bounds()
	p := pixmap{Width: int32(bounds.Dx()), Height: int32(bounds.Dy())} //nolint:gosec // 44 at most
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA)
			p.ARGB = append(p.ARGB, c.A, c.R, c.G, c.B)
		}
	}
	return p
}
