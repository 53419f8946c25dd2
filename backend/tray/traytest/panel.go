package traytest

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

const (
	watcherName = "org.kde.StatusNotifierWatcher"
	watcherPath = "/StatusNotifierWatcher"
	itemName    = "org.kde.StatusNotifierItem"
	menuName    = "com.canonical.dbusmenu"

	// patience is how long a test waits for what must come.
	patience = 10 * time.Second
)

// Panel is a desktop's panel: the watcher that items register with, and the
// host that shows them.
type Panel struct {
	conn       *dbus.Conn
	properties *prop.Properties

	arrived chan struct{} // one token an item

	mu    sync.Mutex // guards items
	items []string   // "address/path", each once
}

// Open puts a panel on the bus.
func Open(t *testing.T, address string) *Panel {
	t.Helper()
	p := &Panel{conn: connect(t, address), arrived: make(chan struct{}, 64)}
	var err error
	p.properties, err = prop.Export(p.conn, watcherPath, prop.Map{watcherName: {
		"IsStatusNotifierHostRegistered": {Value: true},
		"ProtocolVersion":                {Value: int32(0)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.conn.Export(watcher{p}, watcherPath, watcherName); err != nil {
		t.Fatal(err)
	}
	reply, err := p.conn.RequestName(watcherName, dbus.NameFlagDoNotQueue)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("own %s: %v, %v", watcherName, reply, err)
	}
	return p
}

// Close takes the panel off the bus, which knows of it when Close returns.
func (p *Panel) Close() {
	_, _ = p.conn.ReleaseName(watcherName)
	_ = p.conn.Close()
}

// SetHosted says whether anybody shows the items that are collected.
func (p *Panel) SetHosted(t *testing.T, hosted bool) {
	t.Helper()
	p.properties.SetMust(watcherName, "IsStatusNotifierHostRegistered", hosted)
	signal := map[bool]string{true: "StatusNotifierHostRegistered", false: "StatusNotifierHostUnregistered"}[hosted]
	if err := p.conn.Emit(watcherPath, watcherName+"."+signal); err != nil {
		t.Fatal(err)
	}
}

// watcher is what items call.
type watcher struct{ panel *Panel }

// RegisterStatusNotifierItem takes an item in, known by the caller's address
// and the path, or by a name with the usual path.
func (w watcher) RegisterStatusNotifierItem(service string, sender dbus.Sender) *dbus.Error {
	item := service + "/StatusNotifierItem"
	if strings.HasPrefix(service, "/") {
		item = string(sender) + service
	}
	w.panel.mu.Lock()
	defer w.panel.mu.Unlock()
	for _, known := range w.panel.items {
		if known == item {
			return nil
		}
	}
	w.panel.items = append(w.panel.items, item)
	w.panel.arrived <- struct{}{}
	return nil
}

// RegisterStatusNotifierHost is called by other hosts; here there is one.
func (w watcher) RegisterStatusNotifierHost(string) *dbus.Error { return nil }

// Items lists what has registered.
func (p *Panel) Items() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.items...)
}

// Item waits for the first item to register.
func (p *Panel) Item(t *testing.T) *Item {
	t.Helper()
	if len(p.Items()) == 0 {
		select {
		case <-p.arrived:
		case <-time.After(patience):
			t.Fatal("nothing registered with the panel")
		}
	}
	address, path, _ := strings.Cut(p.Items()[0], "/")
	return newItem(t, p.conn, address, dbus.ObjectPath("/"+path))
}
