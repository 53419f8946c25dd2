//go:build cgo

package tray

import (
	"context"
	"embed"
	"sync"

	"fyne.io/systray"
)

//go:embed icons/*-template.png
var iconFiles embed.FS

// host shows the tray in the menu bar until ctx ends. It runs the main
// thread's event loop, so that it must have been called there.
func (t *Tray) host(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	running.Go(func() {
		<-ctx.Done()
		systray.Quit()
	})
	systray.Run(func() {
		s := &menuBar{newPool()}
		s.listen(ctx, &running, t.press)
		running.Go(func() { t.serve(ctx, s) })
	}, nil)
}

// menuBar has a left click open the menu, as is the custom there.
type menuBar struct{ *pool }

func (menuBar) face(f face) {
	if icon, err := iconFiles.ReadFile("icons/" + string(f.shape) + "-template.png"); err == nil {
		systray.SetTemplateIcon(icon, icon)
	}
	systray.SetTooltip(f.tooltip)
}
