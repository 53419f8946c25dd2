package process

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// StopTold ends every process that was told of a folder, in its environment or
// on its command line, and returns when they are gone. Programs under test start
// others that are nobody's children any more (an agent, a browser); what they
// were told when they started is the one thing that they all keep. The
// exceptions are for the caller to end.
func StopTold(folder string, exceptions ...*Process) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*grace)
	defer cancel()
	politeUntil := time.Now().Add(grace)

	spared := []int{os.Getpid()}
	for _, exception := range exceptions {
		spared = append(spared, exception.PID())
	}
	return poll.Until(ctx, "the end of all processes that know "+folder, func(context.Context) error {
		left, err := told(folder)
		if err != nil {
			return poll.Final(err)
		}
		left = slices.DeleteFunc(left, func(pid int) bool { return slices.Contains(spared, pid) })
		if len(left) == 0 {
			return nil
		}
		signal := syscall.SIGTERM
		if time.Now().After(politeUntil) {
			signal = syscall.SIGKILL
		}
		for _, pid := range left {
			_ = Send(pid, signal) // fails when it is gone, which is the aim
		}
		return fmt.Errorf("processes %v are still there", left)
	})
}

// Send sends a signal to a process that may be anybody's.
func Send(pid int, signal os.Signal) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	defer p.Release() //nolint:errcheck // nothing of it is kept
	return p.Signal(signal)
}

// Find returns the process numbers of the programs that were told of a folder
// and were started with a command line that begins so.
func Find(folder string, command ...string) ([]int, error) {
	all, err := told(folder)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(pid int) bool {
		cmdline, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline")) // ended: fits nothing
		words := strings.Split(string(cmdline), "\x00")
		words[0] = filepath.Base(words[0])
		return len(words) < len(command) || !slices.Equal(words[:len(command)], command)
	}), nil
}

// told lists the processes that know a folder. A dead one that nobody buried
// yet knows nothing any more. Both places are looked at because Chromium's
// helpers write over their environment.
func told(folder string) ([]int, error) {
	processes, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return nil, err
	}
	var found []int
	for _, process := range processes {
		// What cannot be read has ended meanwhile, or is somebody else's.
		environ, _ := os.ReadFile(filepath.Join(process, "environ"))
		cmdline, _ := os.ReadFile(filepath.Join(process, "cmdline"))
		mention := []byte(folder + "/")
		if !bytes.Contains(environ, mention) && !bytes.Contains(cmdline, mention) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(process))
		if err != nil {
			return nil, err
		}
		found = append(found, pid)
	}
	return found, nil
}
