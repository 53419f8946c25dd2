// Command bench measures what Kontent Connect costs, against an empty window of
// the same framework, against the bare library that does the same work, and
// against what the network alone costs. A figure counts only as a ratio of two
// measurements of one run on one machine.
//
// It writes build/out/bench/report.md and its plots. With -short it takes fewer
// rounds of less work, and with -write it puts the report into docs. It fails
// when a ratio is over its limit by more than a quarter, twice: what is over by
// less may be the machine.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

const outFolder = "build/out/bench"

func main() {
	var o options
	flag.BoolVar(&o.short, "short", false, "fewer rounds of less work")
	flag.BoolVar(&o.write, "write", false, "put the report into docs/performance.md")
	flag.StringVar(&o.only, "only", "", "one part alone: "+strings.Join(partNames(), ", "))
	flag.StringVar(&o.tags, "tags", "", "build tags of the window, for the empty one")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Stdout, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type options struct {
	short, write bool
	only, tags   string
}

// rounds is how often each program is started; the medians are compared.
func (o options) rounds() int {
	if o.short {
		return 5
	}
	return 7
}

// part is one group of measurements. It adds to the report what it found.
type part struct {
	name    string
	measure func(context.Context, options, *report) error
}

func parts() []part {
	return []part{
		{"programs", measurePrograms}, {"requests", measureRequests}, {"throughput", measureThroughput},
		{"storage", measureStorage}, {"keychain", measureKeychain}, {"page", measurePage},
	}
}

func partNames() (names []string) {
	for _, p := range parts() {
		names = append(names, p.name)
	}
	return names
}

func run(ctx context.Context, out io.Writer, o options) error {
	if err := os.MkdirAll(outFolder, 0o750); err != nil {
		return err
	}
	r := newReport(o)
	for _, p := range parts() {
		if o.only != "" && o.only != p.name {
			continue
		}
		fmt.Fprintf(out, "\n%s\n", p.name)
		found := newReport(o)
		if err := p.measure(ctx, o, found); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		found.print(out)
		if len(found.failures()) > 0 {
			fmt.Fprintf(out, "  once more: the machine may have done something else meanwhile\n")
			found = newReport(o)
			if err := p.measure(ctx, o, found); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			found.print(out)
		}
		r.take(found)
	}
	if err := r.save(o.write); err != nil {
		return err
	}
	return errors.Join(r.failures()...)
}
