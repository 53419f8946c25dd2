package desktop

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/godbus/dbus/v5"
)

// startAccessibility starts what a screen reader listens on and says that one is
// listening, or else no program would bother to tell it anything.
func (d *Desktop) startAccessibility(ctx context.Context) error {
	launcher, err := firstExisting("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
	if err != nil {
		return err
	}
	if _, err := d.Launch(ctx, launcher, "--launch-immediately"); err != nil {
		return err
	}
	if err := d.awaitName(ctx, "org.a11y.Bus"); err != nil {
		return err
	}
	conn, err := d.Bus(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // nothing is lost with it
	status := conn.Object("org.a11y.Bus", "/org/a11y/bus")
	for _, property := range []string{"IsEnabled", "ScreenReaderEnabled"} {
		err := status.SetProperty("org.a11y.Status."+property, dbus.MakeVariant(true))
		if err != nil {
			return fmt.Errorf("turn accessibility on: %w", err)
		}
	}
	return nil
}

func firstExisting(files ...string) (string, error) {
	for _, file := range files {
		_, err := os.Stat(file)
		if err == nil {
			return file, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return "", fmt.Errorf("none of %v: %w", files, fs.ErrNotExist)
}
