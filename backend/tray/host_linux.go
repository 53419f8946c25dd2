package tray

import (
	"context"
	"sync"

	"fyne.io/systray"
	"github.com/godbus/dbus/v5"
)

// host shows the tray on the session bus until ctx ends.
func (t *Tray) host(ctx context.Context) {
	bus, err := sharedBus()
	if err != nil {
		t.log.InfoContext(ctx, "no tray", "err", err)
		<-ctx.Done()
		return
	}
	// The library's own end would close a connection that it may not have, and
	// crash; this is the same connection.
	defer func() { _ = bus.Close() }()
	defer systray.Quit()

	s := &statusNotifier{}
	ready := make(chan struct{})
	systray.SetTitle(itemID) // the library takes its title for its id until export
	systray.SetOnTapped(func() { t.ask(ctx, order{verb: open}) })
	start, _ := systray.RunWithExternalLoop(func() {
		s.pool = newPool()
		t.draw(s)
		close(ready) // GetLayout waits for the return of this
	}, nil)
	start()
	<-ready
	if err := s.export(bus); err != nil {
		t.log.WarnContext(ctx, "tray without its properties", "err", err)
	}

	var running sync.WaitGroup
	defer running.Wait()
	s.listen(ctx, &running, t.press)
	running.Go(func() { t.stayRegistered(ctx, bus) })
	t.serve(ctx, s)
}

// stayRegistered presents the item to every host that appears. The library
// does so too, but only until the connection, which it shares, delivers some
// other signal of fewer than three values: the keychain's prompts send one.
func (t *Tray) stayRegistered(ctx context.Context, bus *dbus.Conn) {
	t.Watch(ctx, func(hosted bool) {
		if !hosted {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, busPatience)
		defer cancel()
		// Twice is as good as once: hosts know an item by its address.
		if err := watcher(bus).CallWithContext(ctx, watcherName+".RegisterStatusNotifierItem", 0, itemPath).Err; err != nil {
			t.log.DebugContext(ctx, "tray not registered", "err", err)
		}
	})
}
