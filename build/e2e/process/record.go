package process

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// between is how often a record looks: more often than any program that is
// started for something lives.
const between = 20 * time.Millisecond

// Record writes down the command lines and the environments of all processes that
// know a folder, for as long as it is open: every user of the computer may list
// the former.
type Record struct {
	folder  string
	stop    chan struct{}
	running sync.WaitGroup

	mu           sync.Mutex
	commands     map[string]bool
	environments map[string]bool
	err          error
}

// StartRecord begins a record.
func StartRecord(folder string) *Record {
	r := &Record{folder: folder, stop: make(chan struct{}), commands: map[string]bool{}, environments: map[string]bool{}}
	r.running.Go(r.watch)
	return r
}

func (r *Record) watch() {
	tick := time.NewTicker(between)
	defer tick.Stop()
	for {
		r.look()
		select {
		case <-tick.C:
		case <-r.stop:
			r.look()
			return
		}
	}
}

func (r *Record) look() {
	found, err := told(r.folder)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.err = err
	}
	for _, pid := range found {
		// What cannot be read has ended meanwhile.
		cmdline, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
		environ, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "environ"))
		r.commands[string(cmdline)] = true
		r.environments[string(environ)] = true
	}
}

// Commands are the command lines so far, one a line.
func (r *Record) Commands() string { return r.lines(r.commands) }

// Environments are the environments so far, one a line.
func (r *Record) Environments() string { return r.lines(r.environments) }

func (r *Record) lines(of map[string]bool) string {
	r.look()
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []string
	for line := range of {
		all = append(all, strings.ReplaceAll(line, "\x00", " "))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// Close ends the record. It fails where it could not look.
func (r *Record) Close() error {
	close(r.stop)
	r.running.Wait()
	return r.err
}
