package notice

import "github.com/godbus/dbus/v5"

// The methods that a program calls on the bus; their arguments are the protocol's.

func (d *Daemon) notify(app string, replaces uint32, icon, summary, body string,
	actions []string, hints map[string]dbus.Variant, timeout int32,
) (uint32, *dbus.Error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.failure != "" {
		return 0, dbus.NewError(Service+".Error.Failed", []any{d.failure})
	}
	id := replaces
	if id == 0 {
		d.last++
		id = d.last
	}
	d.shown = append(d.shown, Notification{
		ID: id, App: app, Replaces: replaces, Icon: icon, Summary: summary, Body: body,
		Actions: pairs(actions), Hints: hints, Timeout: timeout,
	})
	return id, nil
}

// pairs reads the list in which keys and labels take turns. A key without a
// label at its end is one that a daemon would not show either.
func pairs(words []string) []Action {
	var actions []Action
	for i := 0; i+1 < len(words); i += 2 {
		actions = append(actions, Action{Key: words[i], Label: words[i+1]})
	}
	return actions
}

func (d *Daemon) closeNotification(id uint32) *dbus.Error {
	if err := d.Gone(id, Closed); err != nil {
		return dbus.MakeFailedError(err)
	}
	return nil
}

func (d *Daemon) capabilities() ([]string, *dbus.Error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.can, nil
}

func information() (name, vendor, version, protocol string, failure *dbus.Error) {
	return "stage", "test", "1", "1.2", nil
}
