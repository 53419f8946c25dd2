//go:build !darwin || cgo

package tray

import (
	"context"
	"runtime"
	"sync"

	"fyne.io/systray"
)

// pool is the library's menu: one item a slot, made once and never removed.
type pool [slots]*systray.MenuItem

// newPool makes the items and hides them all. Those below another are made
// while that one can still be seen, or Windows would not find their place.
func newPool() *pool {
	p := new(pool)
	for slot := range slotPauseFor {
		switch slot {
		case slotAccount, slotNextExpiry, slotOpen:
			systray.AddSeparator()
		}
		p[slot] = systray.AddMenuItem("", "")
	}
	for slot := slotPauseFor; slot < slots; slot++ {
		p[slot] = p[slotPause].AddSubMenuItem("", "")
	}
	for _, item := range p {
		item.Hide()
	}
	return p
}

// row changes an item. Whatever changes a hidden item shows it on Windows, so
// that one on its way out is only hidden.
func (p *pool) row(slot int, from, to row) {
	item := p[slot]
	if to.label == "" {
		item.Hide()
		return
	}
	if item.Disabled() != to.off {
		if to.off {
			item.Disable()
		} else {
			item.Enable()
		}
	}
	if from.label != to.label {
		item.SetTitle(literal(to.label, runtime.GOOS))
	}
	if from.label == "" {
		item.Show()
	}
}

// listen hands clicks to press until ctx ends. One goroutine an item, because
// the library drops a click that nobody waits for.
func (p *pool) listen(ctx context.Context, running *sync.WaitGroup, press func(context.Context, int)) {
	for slot, item := range p {
		running.Go(func() {
			for {
				select {
				case <-item.ClickedCh:
					press(ctx, slot)
				case <-ctx.Done():
					return
				}
			}
		})
	}
}
