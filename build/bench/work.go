package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// What one piece of work may cost against the bare library that does it.
const (
	checkedEachSecond = "accounts checked a second, "

	mostStorage    = 1.5
	mostKeychain   = 1.1
	leastThrough   = 0.8
	mostHeapGrowth = 20 << 20
)

// seconds is benchstat's unit of time.
const seconds = "sec/op"

// measureRequests counts what connecting and checking ask of the networks.
func measureRequests(ctx context.Context, _ options, r *report) error {
	found, err := goBench{
		pattern: "Discovery", packages: []string{"./backend/provider/..."}, count: 1, time: "1x", byFile: true,
	}.run(ctx, "requests", false)
	if err != nil {
		return err
	}
	for _, one := range found {
		row := requests{
			what: strings.TrimPrefix(one.name, "Discovery/"), connecting: one.only("connecting"), checking: one.only("checking"),
			budget: one.only("budget"), accounts: one.only("accounts"),
		}
		r.requests = append(r.requests, row)
		r.add(ratio{
			what: "requests of a discovery, " + row.what, ours: fmt.Sprint(row.connecting), base: fmt.Sprintf("%v allowed", row.budget),
			value: row.connecting / row.budget, limit: 1,
		})
	}
	return nil
}

// requests are those of one size of login.
type requests struct {
	what                                   string
	connecting, checking, budget, accounts float64
}

// measureThroughput checks ten thousand accounts, and has a bare client ask the
// same.
func measureThroughput(ctx context.Context, o options, r *report) error {
	count := 3
	if o.short {
		count = 2
	}
	found, err := goBench{pattern: "Throughput", packages: []string{"./backend/agent"}, count: count, time: "1x"}.run(ctx, "throughput", o.short)
	if err != nil {
		return err
	}
	for _, one := range found {
		what := checkedEachSecond + strings.TrimPrefix(one.name, "Throughput/")
		ours, base := one.medians[[2]string{"accounts/s", "ours"}], one.medians[[2]string{"accounts/s", "bare"}]
		r.add(ratio{what: what, ours: fmt.Sprintf("%.0f", ours), base: fmt.Sprintf("%.0f", base), value: ours / base, limit: leastThrough, atLeast: true})
		growth := one.medians[[2]string{"growth-B", "ours"}]
		r.add(ratio{
			what: "memory that a check leaves, " + strings.TrimPrefix(one.name, "Throughput/"), ours: mebibytes(int64(growth)),
			base: mebibytes(mostHeapGrowth), value: growth / mostHeapGrowth, limit: 1,
		})
	}
	return nil
}

// measureStorage reads and writes through the store and through bare SQL.
func measureStorage(ctx context.Context, o options, r *report) error {
	count, duration := 4, "10x"
	if o.short {
		count, duration = 3, "5x"
	}
	found, err := goBench{
		pattern: "^Benchmark(Read|Update|Timeline)$", packages: []string{"./backend/sqlite"}, count: count, time: duration,
	}.run(ctx, "storage", o.short)
	if err != nil {
		return err
	}
	r.storage = found
	for _, one := range found {
		// The other sizes show how the costs grow.
		if strings.HasSuffix(one.name, "accounts=10000") {
			r.compare(one, mostStorage)
		}
	}
	return nil
}

// measureKeychain writes and reads through the store and through go-keyring, in
// turns: what gnome-keyring takes differs more from one minute to the next than
// between them.
func measureKeychain(ctx context.Context, o options, r *report) error {
	count, duration := 12, "2x"
	if o.short {
		count, duration = 3, "1x"
	}
	found, err := goBench{pattern: "Keychain", packages: []string{"./backend/keychain"}, count: count, time: duration, inTurns: true}.run(ctx, "keychain", o.short)
	if err != nil {
		return err
	}
	for _, one := range found {
		r.compare(one, mostKeychain)
	}
	return nil
}

// compare holds the two sides of a benchmark to a limit.
func (r *report) compare(one result, limit float64) {
	ours, base := one.side("ours"), one.side("bare")
	r.add(ratio{what: one.name, ours: duration(ours), base: duration(base), value: ours / base, limit: limit})
}

func duration(s float64) string {
	d := time.Duration(s * float64(time.Second))
	return d.Round(max(d/1000, 1)).String()
}

// measurePage takes over what the page's own measurements print.
func measurePage(ctx context.Context, o options, r *report) error {
	if o.short {
		return nil // npm run speed is a step of its own
	}
	for _, script := range []string{"build:fake", "speed"} {
		npm := exec.CommandContext(ctx, "npm", "run", "--silent", script)
		npm.Dir = "frontend"
		text, err := npm.CombinedOutput()
		if err != nil {
			return fmt.Errorf("npm run %s: %w\n%s", script, err, text)
		}
		r.page = string(text)
	}
	return nil
}
