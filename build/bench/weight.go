package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
	"github.com/kontent/kontent-connect/build/e2e/trayhost"
)

// watched is how many accounts the agent watches whose weight is taken.
const watched = 1_000

// patience is for what a desktop does within a moment.
const patience = 5 * time.Second

// still is how long a program is left alone before it is weighed: what it does
// after its start is over by then.
const still = 10 * time.Second

// agent shows how long the agent takes to serve and until its icon is in the
// tray, and what it spends that on.
func (s stand) agent(ctx context.Context, o options, r *report) error {
	if err := s.install(ctx, watched); err != nil {
		return err
	}
	bus, err := s.Bus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close() //nolint:errcheck // only asked
	var loading, serving, shown []time.Duration
	for range o.rounds() {
		begun := time.Now()
		if err := s.kontent(ctx, "--help"); err != nil {
			return err
		}
		loading = append(loading, time.Since(begun))
		begun = time.Now()
		agent, took, err := s.startAgent(ctx, watched)
		if err != nil {
			return err
		}
		serving = append(serving, took)
		// Now and then the panel asks an icon that is gone for its menu, and crashes.
		// What it has shown until then is enough.
		if tray := s.icons(ctx, bus, 1); tray == nil {
			shown = append(shown, time.Since(begun))
		} else if len(shown) == 0 {
			return tray
		}
		agent.Stop()
		_ = s.icons(ctx, bus, 0)
	}
	r.note("The agent with 1,000 accounts serves %s after its exec, and its icon is in the tray after %s. Loading the program alone takes %s.",
		spread(serving), spread(shown), spread(loading))
	return nil
}

// icons waits until there are so many in the tray.
func (s stand) icons(ctx context.Context, bus *dbus.Conn, want int) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return poll.Until(ctx, "the tray", func(ctx context.Context) error {
		items, err := trayhost.Items(ctx, bus)
		if err == nil && len(items) != want {
			err = fmt.Errorf("it has %d icons, want %d", len(items), want)
		}
		return err
	})
}

// weights takes the memory of the agent alone, of the window with it, and of the
// bare template, and what the agent does while nothing happens.
func (s stand) weights(ctx context.Context, o options, r *report) error {
	agent, _, err := s.startAgent(ctx, watched)
	if err != nil {
		return err
	}
	bare, err := s.weigh(ctx, s.bare)
	if err != nil {
		return err
	}
	alone, err := process.Weigh(agent.PID())
	if err != nil {
		return err
	}
	r.add(ratio{
		what: "memory of the agent alone, 1,000 accounts, against the template", ours: mebibytes(alone), base: mebibytes(bare),
		value: float64(alone) / float64(bare), limit: mostAgent,
	})
	if err := s.idle(ctx, o, r, agent.PID()); err != nil {
		return err
	}
	window, err := s.weigh(ctx, program("kontent-connect"), "--data-dir", s.data(watched))
	if err != nil {
		return err
	}
	served, err := process.Weigh(agent.PID())
	if err != nil {
		return err
	}
	r.add(ratio{
		what: "memory of the window with its agent, against the template", ours: mebibytes(window + served), base: mebibytes(bare),
		value: float64(window+served) / float64(bare), limit: mostWindow,
	})
	agent.Stop()
	return nil
}

// weigh opens a window and returns the memory of its processes, once it is still.
func (s stand) weigh(ctx context.Context, command string, args ...string) (int64, error) {
	window, _, err := s.launch(ctx, command, args...)
	if err != nil {
		return 0, err
	}
	defer window.Stop()
	if err := pause(ctx, still); err != nil {
		return 0, err
	}
	return process.WeighTree(window.PID())
}

// idle measures what the agent does while nothing happens.
func (s stand) idle(ctx context.Context, o options, r *report, pid int) error {
	length := 60 * time.Second
	if o.short {
		length = 15 * time.Second
	}
	cpu, wakes, err := activity(pid)
	if err != nil {
		return err
	}
	if err := pause(ctx, length); err != nil {
		return err
	}
	cpuAfter, wakesAfter, err := activity(pid)
	if err != nil {
		return err
	}
	share, rate := (cpuAfter-cpu).Seconds()/length.Seconds(), float64(wakesAfter-wakes)/length.Seconds()
	r.add(ratio{what: "idle agent, share of a core", ours: fmt.Sprintf("%.3f %%", 100*share), base: "0.05 %", value: share / mostIdle, limit: 1})
	r.add(ratio{what: "idle agent, wake-ups a second", ours: fmt.Sprintf("%.1f", rate), base: "2", value: rate / mostWakes, limit: 1})
	return nil
}

// activity is the processor time that a process took so far, and how often one
// of its threads was woken.
func activity(pid int) (cpu time.Duration, wakes int64, err error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	if err != nil {
		return 0, 0, err
	}
	for _, thread := range threads {
		schedule, err := os.ReadFile(filepath.Join(thread, "schedstat"))
		if err != nil {
			return 0, 0, err
		}
		nanoseconds, err := strconv.ParseInt(strings.Fields(string(schedule))[0], 10, 64)
		if err != nil {
			return 0, 0, err
		}
		cpu += time.Duration(nanoseconds)
		status, err := os.ReadFile(filepath.Join(thread, "status"))
		if err != nil {
			return 0, 0, err
		}
		wakes += switches(string(status))
	}
	return cpu, wakes, nil
}

// switches are how often a thread went to sleep, and so was woken.
func switches(status string) int64 {
	_, after, found := strings.Cut(status, "\nvoluntary_ctxt_switches:")
	if !found {
		return 0
	}
	line, _, _ := strings.Cut(after, "\n")
	n, _ := strconv.ParseInt(strings.TrimSpace(line), 10, 64) // the kernel writes a number
	return n
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// endAgents ends the agents over a data folder and waits until they are gone.
func (s stand) endAgents(ctx context.Context, folder string) error {
	return poll.Until(ctx, "the end of the agent", func(context.Context) error {
		agents, err := process.Find(s.Path(), "kontent", "agent", "--json", "--data-dir", folder)
		if err != nil || len(agents) == 0 {
			return err
		}
		for _, pid := range agents {
			_ = process.Send(pid, syscall.SIGTERM) // fails when it is gone, which is the aim
		}
		return fmt.Errorf("%d agents are still there", len(agents))
	})
}
