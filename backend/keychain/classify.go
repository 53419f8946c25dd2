package keychain

import (
	"errors"
	"io/fs"
	"os/exec"
	"syscall"
	"time"

	keyring "github.com/zalando/go-keyring"

	"github.com/kontent/kontent-connect/backend/problem"
)

// tooFastForAPerson is less than anybody needs to see a prompt and close it.
// An unlock that is refused sooner was refused by the machine.
const tooFastForAPerson = 150 * time.Millisecond

// classify gives an error of the ring its code. go-keyring has no types for
// "locked", "dismissed" and "no keychain", so this knows what lies below it on
// each system. took is how long the call lasted.
//
// What nobody foresaw counts as locked: "the keychain does not let us in now"
// keeps everything and is tried again, while "missing" would ask the admin to
// sign in again for nothing.
func classify(err error, took time.Duration) error {
	if err == nil || errors.Is(err, keyring.ErrNotFound) {
		return err
	}
	if code := systemCode(err, took); code != "" {
		return problem.New(code, err)
	}
	var path *fs.PathError
	switch {
	case errors.Is(err, errCrashed):
		return problem.New(problem.KeychainTimeout, err)
	case errors.Is(err, errNoBus), errors.Is(err, keyring.ErrUnsupportedPlatform),
		errors.Is(err, exec.ErrNotFound), errors.As(err, &path):
		return problem.New(problem.KeychainAbsent, err)
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return problem.New(problem.KeychainNotSaved, err)
	}
	return problem.New(nativeCode(err), err)
}

// Exit statuses of macOS's security tool: the low byte of the OSStatus.
const (
	macNotAllowed = 36  // -25308: no person can be asked, as over SSH
	macCancelled  = 128 // -128: the person clicked Deny
	macNoKeychain = 50  // -25294: there is no such keychain
	macNoDefault  = 37  // -25307: there is no default keychain
)

// errNoSession is ERROR_NO_SUCH_LOGON_SESSION: a service or an SSH login has
// no Credential Manager (KC17).
const errNoSession = syscall.Errno(1312)

// nativeCode reads the errors of macOS (KC14) and Windows (KC17).
func nativeCode(err error) problem.Code {
	if errors.Is(err, errNoSession) {
		return problem.KeychainAbsent
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		switch exit.ExitCode() {
		case macCancelled:
			return problem.KeychainDismissed
		case macNoKeychain, macNoDefault:
			return problem.KeychainAbsent
		case macNotAllowed:
			return problem.KeychainLocked
		}
	}
	return problem.KeychainLocked
}
