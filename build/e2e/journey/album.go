package journey

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/kontent/kontent-connect/build/e2e/stage"
)

// Album is a folder with a picture of every step, in order.
type Album struct {
	folder string
	count  int
}

// NewAlbum begins an empty album: no picture of an earlier journey is in it.
func NewAlbum(folder string) (*Album, error) {
	if err := os.RemoveAll(folder); err != nil {
		return nil, err
	}
	return &Album{folder: folder}, os.MkdirAll(folder, 0o755) //nolint:gosec // pictures for everybody
}

// Add takes a picture of the screen, window and browser side by side.
func (a *Album) Add(ctx context.Context, s *stage.Stage, name string) (file string, err error) {
	a.count++
	file = filepath.Join(a.folder, fmt.Sprintf("%02d-%s.png", a.count, strings.ReplaceAll(name, " ", "-")))
	return file, s.Desktop.Screenshot(ctx, file)
}
