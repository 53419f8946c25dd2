// Command icons draws the program's icons, so that nobody needs a converter.
//
//	make icons
//
// The tray's shapes are the window's (HealthMark.svelte); the application's
// own icon is of the same family. Each is described once, in marks.go, and
// written as SVG for people, and as PNG and ICO for systems. A test holds the
// committed files to what is drawn here.
package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
)

// The folders, seen from the module's root.
const (
	trayFolder = "backend/tray/icons"
	appFolder  = "build/icons/app"
	agentIcon  = "backend/agent/icon.png"
)

func main() {
	if err := writeAll("."); err != nil {
		slog.Error("icons", "err", err)
		os.Exit(1)
	}
}

func writeAll(root string) error {
	files, err := drawAll()
	if err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // sources are for everybody
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil { //nolint:gosec // sources are for everybody
			return err
		}
	}
	return nil
}

// drawAll returns the content of every file by its path below the module's
// root.
func drawAll() (map[string][]byte, error) {
	files := map[string][]byte{}
	var failed error
	put := func(name string, content []byte, err error) {
		files[name] = content
		if err != nil && failed == nil {
			failed = fmt.Errorf("draw %s: %w", name, err)
		}
	}
	for name, mark := range trayMarks() {
		base := trayFolder + "/" + name
		put(base+".svg", []byte(mark.svg()), nil)
		for _, size := range []int{22, 44} {
			content, err := encodePNG(mark.draw(size))
			put(fmt.Sprintf("%s-%d.png", base, size), content, err)
		}
		content, err := encodePNG(mark.template().draw(32)) // 16 points on a sharp screen
		put(base+"-template.png", content, err)
		content, err = encodeICO(mark, 16, 20, 24, 32)
		put(base+".ico", content, err)
	}
	app := appMark()
	put(appFolder+"/kontent-connect.svg", []byte(app.svg()), nil)
	for _, size := range []int{16, 22, 24, 32, 48, 64, 128, 256, 512} {
		content, err := encodePNG(app.draw(size))
		put(fmt.Sprintf("%s/kontent-connect-%d.png", appFolder, size), content, err)
	}
	// A package can embed only what lies in its own folder.
	embedded, err := encodePNG(app.draw(64))
	put(agentIcon, embedded, err)
	content, err := encodeICO(app, 16, 20, 24, 32, 48, 64, 256)
	put(appFolder+"/kontent-connect.ico", content, err)
	return files, failed
}
