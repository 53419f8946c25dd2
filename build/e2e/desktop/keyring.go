package desktop

import (
	"context"
	"strings"
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

func (d *Desktop) launchKeyring(ctx context.Context, unlock bool) (err error) {
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
	return d.awaitName(ctx, "org.freedesktop.secrets")
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
