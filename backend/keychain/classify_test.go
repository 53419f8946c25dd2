package keychain

import (
	"errors"
	"fmt"
	"os/exec"
	"testing"
	"time"

	keyring "github.com/zalando/go-keyring"

	"github.com/kontent/kontent-connect/backend/problem"
)

// Covers KC14, KC17.
func TestClassify(t *testing.T) {
	t.Parallel()
	exit := func(status int) error { return exec.Command("sh", "-c", fmt.Sprintf("exit %d", status)).Run() }
	for name, tc := range map[string]struct {
		err  error
		want problem.Code
	}{
		"KC01 no session bus":                     {errNoBus, problem.KeychainAbsent},
		"a system without a keychain":             {keyring.ErrUnsupportedPlatform, problem.KeychainAbsent},
		"KC14 macOS over SSH":                     {exit(macNotAllowed), problem.KeychainLocked},
		"KC14 macOS, the person clicked Deny":     {exit(macCancelled), problem.KeychainDismissed},
		"KC14 macOS, a keychain that was rebuilt": {exit(51), problem.KeychainLocked},
		"KC14 macOS without a default keychain":   {exit(macNoDefault), problem.KeychainAbsent},
		"KC16 the security tool is missing":       {exec.Command("/nowhere/security").Run(), problem.KeychainAbsent},
		"KC17 Windows as a service":               {fmt.Errorf("write: %w", errNoSession), problem.KeychainAbsent},
		"a part that is too big for the system":   {keyring.ErrSetDataTooBig, problem.KeychainNotSaved},
		"KC08 the library crashed":                {errCrashed, problem.KeychainTimeout},
		"anything else keeps everything as it is": {errOdd, problem.KeychainLocked},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := classify(tc.err, time.Second)
			wantCode(t, err, tc.want)
			if !errors.Is(err, tc.err) {
				t.Error("the cause is lost")
			}
		})
	}
	t.Run("not found stays what it is", func(t *testing.T) {
		t.Parallel()
		if err := classify(keyring.ErrNotFound, 0); !errors.Is(err, keyring.ErrNotFound) || classify(nil, 0) != nil {
			t.Error("it changed")
		}
	})
}
