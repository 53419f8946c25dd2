package notify

import (
	"errors"
	"fmt"

	"golang.org/x/sys/windows/registry"
)

// Forget takes back what made the program appID known to Windows.
func Forget(appID string) error {
	activator := classesKey + activatorOf(appID)
	for _, path := range []string{activator + `\LocalServer32`, activator, programsKey + appID} {
		if err := registry.DeleteKey(registry.CURRENT_USER, path); err != nil && !errors.Is(err, registry.ErrNotExist) {
			return fmt.Errorf("make the program unknown to Windows: %w", err)
		}
	}
	return nil
}
