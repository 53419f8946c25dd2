package tray

import (
	"context"
	"embed"
	"runtime"
	"sync"
	"time"

	"fyne.io/systray"
)

//go:embed icons/*.ico
var iconFiles embed.FS

const (
	tooltipUnits = 127
	endPatience  = time.Second
)

// host shows the tray until ctx ends. A window belongs to the thread that made
// it, so the tray has one of its own, which is given up after endPatience: a
// tray that could not be made has no window that could be told to close.
func (t *Tray) host(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		runtime.LockOSThread()
		systray.SetOnTapped(func() { // the thread must go on
			running.Go(func() { t.ask(ctx, order{verb: open}) })
		})
		systray.Run(func() {
			s := &notificationArea{newPool()}
			s.listen(ctx, &running, t.press)
			running.Go(func() { t.serve(ctx, s) })
		}, nil)
	}()
	<-ctx.Done()
	systray.Quit()
	select {
	case <-ended:
	case <-time.After(endPatience):
		t.log.WarnContext(ctx, "tray did not end")
	}
}

type notificationArea struct{ *pool }

func (notificationArea) face(f face) {
	if icon, err := iconFiles.ReadFile("icons/" + string(f.shape) + ".ico"); err == nil {
		systray.SetIcon(icon)
	}
	systray.SetTooltip(clip(f.tooltip, tooltipUnits))
}
