//go:build !linux

package keychain

import (
	"context"
	"errors"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
)

var errNoBus = errors.New("there is no session bus")

// reachable always succeeds: only Linux has a session bus to look for.
func reachable() error { return nil }

// systemLocked cannot be asked without a prompt here.
func systemLocked(context.Context) bool { return false }

// systemCode knows nothing here; nativeCode does.
func systemCode(error, time.Duration) problem.Code { return "" }
