package desktop

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// Keyring is the state of the Secret Service on the desktop.
type Keyring int

// What a program may find on a desktop.
const (
	NoKeyring       Keyring = iota // nobody keeps secrets here
	UnlockedKeyring                // as after signing in with a password
	LockedKeyring                  // as after signing in without one: asks the person
)

// keyringPassword protects nothing; it must only not be empty, which the daemon
// takes for "no keyring yet" and answers with a question on the screen.
const keyringPassword = "throw-away"

func (d *Desktop) startKeyring(ctx context.Context) error {
	return d.ChangeKeyring(ctx, d.options.Keyring)
}

// ChangeKeyring makes the desktop one on which the Secret Service is in another
// state. What it holds stays.
func (d *Desktop) ChangeKeyring(ctx context.Context, to Keyring) error {
	if d.keyring != nil {
		d.keyring.Stop()
		d.keyring = nil
	}
	if to == NoKeyring {
		return nil
	}
	// Being unlocked is also what makes the daemon create its default keyring,
	// so a locked one is unlocked first too.
	if err := d.launchKeyring(ctx, true); err != nil || to == UnlockedKeyring {
		return err
	}
	d.keyring.Stop()
	if err := d.launchKeyring(ctx, false); err != nil {
		return err
	}
	return d.startPrompter(ctx)
}

// ReviveKeyring starts the keyring again where it ended by itself, and reports
// whether it had: one was seen gone in the middle of a run, nobody knows why, and
// all that came after failed. What it holds stays.
func (d *Desktop) ReviveKeyring(ctx context.Context) (ended bool, err error) {
	if d.keyring == nil || d.keyring.Running() == nil {
		return false, nil
	}
	return true, d.launchKeyring(ctx, true)
}

// The daemon gets so many tries to hold its name and its collection, each of so
// long: on a busy machine one was seen that took the name and was gone again.
const (
	keyringTries   = 3
	keyringTimeout = 6 * time.Second
)

func (d *Desktop) launchKeyring(ctx context.Context, unlock bool) error {
	var err error
	for range keyringTries {
		if err = d.tryKeyring(ctx, unlock); err == nil || ctx.Err() != nil || d.keyring == nil {
			return err
		}
		d.keyring.Stop()
	}
	return err
}

func (d *Desktop) tryKeyring(ctx context.Context, unlock bool) (err error) {
	ctx, cancel := context.WithTimeout(ctx, keyringTimeout)
	defer cancel()
	args := []string{"--foreground", "--components=secrets"}
	if unlock {
		args = append(args, "--unlock")
	}
	cmd := d.Command(context.WithoutCancel(ctx), "gnome-keyring-daemon", args...)
	if unlock {
		cmd.Stdin = strings.NewReader(keyringPassword)
	}
	if d.keyring, err = d.launch(cmd); err != nil {
		return err
	}
	return d.awaitCollection(ctx, unlock)
}

// awaitCollection waits until the daemon shows its default collection in the
// state that it was started for: that it has its name says nothing yet.
func (d *Desktop) awaitCollection(ctx context.Context, unlocked bool) error {
	conn, err := d.Bus(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // nothing is lost with it
	const name = "org.freedesktop.secrets"
	return poll.Until(ctx, "the keyring", func(ctx context.Context) error {
		if err := d.keyring.Running(); err != nil {
			return poll.Final(err)
		}
		var collection dbus.ObjectPath
		service := conn.Object(name, "/org/freedesktop/secrets")
		if err := service.CallWithContext(ctx, "org.freedesktop.Secret.Service.ReadAlias", 0, "default").Store(&collection); err != nil {
			return err
		}
		if collection == "/" {
			return errors.New("there is no default collection")
		}
		var locked bool
		const property = "org.freedesktop.DBus.Properties.Get"
		err := conn.Object(name, collection).CallWithContext(ctx, property, 0, "org.freedesktop.Secret.Collection", "Locked").Store(&locked)
		if err == nil && locked == unlocked {
			err = fmt.Errorf("the default collection is locked: %t", locked)
		}
		return err
	})
}

// startPrompter starts what asks the person for the keyring's password. The bus
// would start it by itself, if ours did such things.
func (d *Desktop) startPrompter(ctx context.Context) error {
	prompter, err := firstExisting("/usr/libexec/gcr-prompter", "/usr/lib/gcr-prompter", "/usr/lib/gcr/gcr-prompter")
	if err != nil {
		return err
	}
	if _, err := d.Launch(ctx, prompter); err != nil {
		return err
	}
	return d.awaitName(ctx, "org.gnome.keyring.SystemPrompter")
}
