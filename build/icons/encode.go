package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
)

func encodePNG(picture image.Image) ([]byte, error) {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err := encoder.Encode(&b, picture)
	return b.Bytes(), err
}

// encodeICO draws m in several sizes into one file. A size of 256 is kept as
// PNG, smaller ones as bitmaps, which every reader of the format knows.
func encodeICO(m mark, sizes ...int) ([]byte, error) {
	var directory, images bytes.Buffer
	put := func(b *bytes.Buffer, values ...any) {
		for _, v := range values {
			_ = binary.Write(b, binary.LittleEndian, v) // a buffer takes everything
		}
	}
	put(&directory, uint16(0), uint16(1), uint16(len(sizes))) //nolint:gosec // a handful
	for _, size := range sizes {
		content, err := icoImage(m.draw(size))
		if err != nil {
			return nil, err
		}
		offset := 6 + 16*len(sizes) + images.Len()
		side := uint8(size % 256)                                     //nolint:gosec // 0 stands for 256
		put(&directory, side, side, uint16(0), uint16(1), uint16(32), // no palette, one plane, 32 bits
			uint32(len(content)), uint32(offset)) //nolint:gosec // far below 4 GiB
		images.Write(content)
	}
	return append(directory.Bytes(), images.Bytes()...), nil
}

func icoImage(picture *image.NRGBA) ([]byte, error) {
	if picture.Bounds().Dx() >= 256 {
		return encodePNG(picture)
	}
	return bitmap(picture), nil
}

// bitmap is a device-independent bitmap as icons hold it: the height counts
// twice, for the mask after the picture, and the lowest line comes first.
func bitmap(picture *image.NRGBA) []byte {
	var b bytes.Buffer
	size := picture.Bounds().Dx()
	maskLine := (size + 31) / 32 * 4
	header := struct {
		Size                      uint32
		Width, Height             int32
		Planes, Bits              uint16
		Compression, Length       uint32
		PerMetreX, PerMetreY      int32
		Colours, ImportantColours uint32
	}{40, int32(size), int32(2 * size), 1, 32, 0, uint32(4*size*size + maskLine*size), 0, 0, 0, 0} //nolint:gosec // 64 at most
	_ = binary.Write(&b, binary.LittleEndian, header)
	for y := size - 1; y >= 0; y-- {
		for x := range size {
			c := picture.NRGBAAt(x, y)
			b.Write([]byte{c.B, c.G, c.R, c.A})
		}
	}
	for y := size - 1; y >= 0; y-- { // where there is no alpha, the mask cuts
		mask := make([]byte, maskLine)
		for x := range size {
			if picture.NRGBAAt(x, y).A < 128 {
				mask[x/8] |= 0x80 >> (x % 8)
			}
		}
		b.Write(mask)
	}
	return b.Bytes()
}
