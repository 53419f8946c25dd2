package desktop

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
)

// framebuffer is what a virtual screen shows, as the X server keeps it in a
// file: looking at it costs no program and no question to the server.
type framebuffer struct {
	size   image.Point
	start  int // of the pixels in the file
	stride int
	pixels []byte // blue, green, red and a byte of no meaning each
}

// The parts of the file's header, 32-bit words (XWDFile.h).
const (
	wordHeaderSize = 0
	wordWidth      = 4
	wordHeight     = 5
	wordBits       = 11
	wordStride     = 12
	wordColors     = 19
	headerWords    = 25
	colorSize      = 12
)

func readFramebuffer(file string) (framebuffer, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return framebuffer{}, err
	}
	if len(content) < 4*headerWords {
		return framebuffer{}, errors.New("half a header")
	}
	word := func(n int) int { return int(binary.BigEndian.Uint32(content[4*n:])) }
	f := framebuffer{
		size: image.Pt(word(wordWidth), word(wordHeight)), stride: word(wordStride),
		start: word(wordHeaderSize) + word(wordColors)*colorSize,
	}
	if word(wordBits) != 32 || len(content) < f.start+f.stride*f.size.Y {
		return framebuffer{}, fmt.Errorf("%d bits a pixel, %d bytes", word(wordBits), len(content))
	}
	f.pixels = content[f.start : f.start+f.stride*f.size.Y]
	return f, nil
}

// again reads a part of the screen from the file as it is now, and no more than
// that part.
func (f framebuffer) again(file io.ReaderAt, part image.Rectangle) ([]byte, error) {
	part = part.Intersect(image.Rectangle{Max: f.size})
	row := 4 * part.Dx()
	pixels := make([]byte, row*part.Dy())
	for y := range part.Dy() {
		at := int64(f.start + (part.Min.Y+y)*f.stride + 4*part.Min.X)
		if _, err := file.ReadAt(pixels[y*row:(y+1)*row], at); err != nil {
			return nil, fmt.Errorf("read the screen: %w", err)
		}
	}
	return pixels, nil
}

// same reports whether two screens of one size agree in a part of them.
func (f framebuffer) same(other framebuffer, part image.Rectangle) bool {
	part = part.Intersect(image.Rectangle{Max: f.size})
	for y := part.Min.Y; y < part.Max.Y; y++ {
		from, to := y*f.stride+4*part.Min.X, y*f.stride+4*part.Max.X
		if !bytes.Equal(f.pixels[from:to], other.pixels[from:to]) {
			return false
		}
	}
	return true
}

func (f framebuffer) save(file string, part image.Rectangle) error {
	picture := image.NewNRGBA(image.Rectangle{Max: f.size})
	for y := range f.size.Y {
		from, to := f.pixels[y*f.stride:], picture.Pix[y*picture.Stride:]
		for x := range f.size.X {
			to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = from[4*x+2], from[4*x+1], from[4*x], 0xff
		}
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	buffer := bufio.NewWriter(out)
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	return errors.Join(encoder.Encode(buffer, picture.SubImage(part)), buffer.Flush(), out.Close())
}
