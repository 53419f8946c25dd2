package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/kontent/kontent-connect/backend/social"
)

const (
	// Side is the most pixels that a copy has on a side: twice what the window
	// shows, for fine screens, and a little more.
	Side = 96
	// mostBytes is the most that a copy may take.
	mostBytes = 12 << 10

	// A file of a few bytes can unpack to gigabytes, so its size is read before
	// it is. Networks serve pictures of a few hundred pixels.
	longestSide = 4096
	mostPixels  = 4 << 20
	// leastSide turns away the single pixels that count visitors.
	leastSide = 16
)

// What is wrong with a picture. Nothing of it is in the text.
var (
	errNoPicture = errors.New("neither PNG, JPEG nor GIF, or damaged")
	errSize      = errors.New("too large or too small")
)

// Shrink makes the small copy of a picture that is kept: its middle square, at
// most Side pixels wide, on white, with nothing of the file that it came in.
// It takes PNG, JPEG and GIF, of which it shows the first image.
func Shrink(file []byte) (small social.PictureImage, err error) {
	// A decoder that a crafted file drives astray must not end the watcher.
	defer func() {
		if recover() != nil {
			small, err = social.PictureImage{}, errNoPicture
		}
	}()
	of, ok := formatOf(file)
	if !ok {
		return social.PictureImage{}, errNoPicture
	}
	config, err := of.size(bytes.NewReader(file))
	if err != nil {
		return social.PictureImage{}, errNoPicture
	}
	if w, h := config.Width, config.Height; max(w, h) > longestSide || min(w, h) < leastSide || w*h > mostPixels {
		return social.PictureImage{}, errSize
	}
	whole, err := of.read(bytes.NewReader(file))
	if err != nil {
		return social.PictureImage{}, errNoPicture
	}
	return encode(scale(square(whole), Side))
}

// format is one that is read. The registry of package image is left alone:
// other libraries of the program put formats of their own into it.
type format struct {
	begins string
	size   func(io.Reader) (image.Config, error)
	read   func(io.Reader) (image.Image, error)
}

func formatOf(file []byte) (format, bool) {
	for _, f := range []format{
		{"\xff\xd8", jpeg.DecodeConfig, jpeg.Decode},
		{"\x89PNG\r\n", png.DecodeConfig, png.Decode},
		{"GIF8", gif.DecodeConfig, gif.Decode},
	} {
		if bytes.HasPrefix(file, []byte(f.begins)) {
			return f, true
		}
	}
	return format{}, false
}

// square returns the middle of a picture on white, as wide as it is high.
func square(whole image.Image) *image.RGBA {
	b := whole.Bounds()
	side := min(b.Dx(), b.Dy())
	from := b.Min.Add(image.Pt((b.Dx()-side)/2, (b.Dy()-side)/2))
	middle := image.NewRGBA(image.Rect(0, 0, side, side))
	draw.Draw(middle, middle.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(middle, middle.Bounds(), whole, from, draw.Over)
	return middle
}

// encode writes a logo without loss, and what takes too many bytes for that,
// such as a photograph, as JPEG.
func encode(small image.Image) (social.PictureImage, error) {
	var out bytes.Buffer
	best := png.Encoder{CompressionLevel: png.BestCompression}
	if err := best.Encode(&out, small); err != nil {
		return social.PictureImage{}, err
	}
	if out.Len() <= mostBytes {
		return copyOf("image/png", out.Bytes()), nil
	}
	for _, quality := range []int{88, 70, 40} {
		out.Reset()
		if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}); err != nil {
			return social.PictureImage{}, err
		}
		if out.Len() <= mostBytes {
			return copyOf("image/jpeg", out.Bytes()), nil
		}
	}
	return social.PictureImage{}, errSize
}

func copyOf(mediaType string, file []byte) social.PictureImage {
	sum := sha256.Sum256(file)
	return social.PictureImage{Type: mediaType, Version: hex.EncodeToString(sum[:8]), Bytes: file}
}
