package autostart

import (
	"errors"
	"fmt"

	"golang.org/x/sys/windows/registry"
)

// The keys below HKEY_CURRENT_USER. The second one holds what the person
// switched off in the task manager or the settings.
const (
	runKey      = `Software\Microsoft\Windows\CurrentVersion\Run`
	approvedKey = `Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run`
)

func (e *Entry) enabled() (bool, error) {
	value, err := text(runKey, e.options.ID)
	if err != nil || value != runValue(e.options) {
		return false, err
	}
	remembered, err := binary(approvedKey, e.options.ID)
	return err == nil && approved(remembered), err
}

func (e *Entry) enable() error {
	if err := checkRunValue(runValue(e.options)); err != nil {
		return err
	}
	key, _, err := registry.CreateKey(registry.CURRENT_USER, runKey, registry.SET_VALUE)
	if err != nil {
		return fmt.Errorf("open the login entries: %w", err)
	}
	defer func() { _ = key.Close() }()
	if err := key.SetStringValue(e.options.ID, runValue(e.options)); err != nil {
		return fmt.Errorf("write the login entry: %w", err)
	}
	return drop(approvedKey, e.options.ID) // or a switch of former days keeps it off
}

func (e *Entry) disable() error {
	return errors.Join(drop(runKey, e.options.ID), drop(approvedKey, e.options.ID))
}

func text(path, name string) (string, error) {
	return value(path, func(key registry.Key) (string, error) {
		v, _, err := key.GetStringValue(name)
		return v, err
	})
}

func binary(path, name string) ([]byte, error) {
	return value(path, func(key registry.Key) ([]byte, error) {
		v, _, err := key.GetBinaryValue(name)
		return v, err
	})
}

// value reads below a key; what is not there, or is of another kind, is empty.
func value[T any](path string, get func(registry.Key) (T, error)) (v T, err error) {
	key, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE)
	if err == nil {
		defer func() { _ = key.Close() }()
		v, err = get(key)
	}
	if err == nil || errors.Is(err, registry.ErrNotExist) || errors.Is(err, registry.ErrUnexpectedType) {
		return v, nil
	}
	return v, fmt.Errorf("read the login entry: %w", err)
}

// drop removes a value; it succeeds when there is none.
func drop(path, name string) error {
	key, err := registry.OpenKey(registry.CURRENT_USER, path, registry.SET_VALUE)
	if err == nil {
		defer func() { _ = key.Close() }()
		err = key.DeleteValue(name)
	}
	if err != nil && !errors.Is(err, registry.ErrNotExist) {
		return fmt.Errorf("remove the login entry: %w", err)
	}
	return nil
}
