package picture

import (
	"bytes"
	"image"
	"testing"
)

// FuzzShrink: whatever comes from a network's servers, what is kept is a small
// picture or nothing.
//
// Covers W2, GR09.
func FuzzShrink(f *testing.F) {
	for _, seed := range [][]byte{
		asPNG(f, plain(20, 20, red)), asPNG(f, noise(100, 40)), asJPEG(f, noise(40, 100)), cmyk(f),
		claims(f, 65000, 65000), jpegClaims(f, 4096, 1024), asPNG(f, noise(30, 30))[:200],
		[]byte("GIF89a\x10\x00\x10\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x10\x00\x10\x00\x00\x02\x0e\x84\x8f\xa9\xcb\xed\x0f\xa3\x9c\xb4\xda\x8b\xb3\x3e\x05\x00;"),
		[]byte("<svg/>"), nil,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		small, err := Shrink(file)
		if err != nil {
			return
		}
		m, format, err := image.Decode(bytes.NewReader(small.Bytes))
		if err != nil || small.Type != "image/"+format || len(small.Bytes) > mostBytes {
			t.Fatalf("%s of %d bytes is a %s: %v", small.Type, len(small.Bytes), format, err)
		}
		if size := m.Bounds(); size.Dx() != size.Dy() || size.Dx() > Side || size.Dx() < leastSide {
			t.Fatalf("it is %v", size)
		}
	})
}
