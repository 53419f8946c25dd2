package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// result is what benchstat says about one benchmark: the median of each column
// in each unit, by "unit" and "column".
type result struct {
	name    string
	medians map[[2]string]float64
}

// side returns how long one side takes, in seconds.
func (r result) side(name string) float64 { return r.medians[[2]string{seconds, name}] }

// only returns the median in a unit of a benchmark without sides.
func (r result) only(unit string) float64 {
	for of, value := range r.medians {
		if of[0] == unit {
			return value
		}
	}
	return 0
}

// goBench is a run of Go benchmarks.
type goBench struct {
	pattern  string
	packages []string
	count    int
	time     string // of -benchtime
	byFile   bool   // the benchmarks have no sides
	inTurns  bool   // each side goes once and then the other, count times
}

// run runs the benchmarks, keeps their output as name.txt, and has benchstat
// read it.
func (g goBench) run(ctx context.Context, name string, short bool) ([]result, error) {
	rounds, count := 1, g.count
	if g.inTurns {
		rounds, count = g.count, 1
	}
	args := []string{"test", "-run", "^$", "-bench", g.pattern, "-benchtime", g.time, "-count", strconv.Itoa(count), "-timeout", "30m"}
	if short {
		args = append(args, "-short")
	}
	var text []byte
	for range rounds {
		more, err := output(ctx, "go", append(args, g.packages...)...)
		if err != nil {
			return nil, err
		}
		text = append(text, more...)
	}
	file := filepath.Join(outFolder, name+".txt")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, err
	}
	columns := "/side"
	if g.byFile {
		columns = ".file"
	}
	table, err := output(ctx, "go", "tool", "-modfile=tools/bench/go.mod", "benchstat", "-format", "csv", "-col", columns, file)
	if err != nil {
		return nil, err
	}
	return readBenchstat(bytes.NewReader(table))
}

// readBenchstat reads benchstat's tables, one for each unit.
func readBenchstat(from io.Reader) (results []result, err error) {
	known := map[string]int{}
	lines := csv.NewReader(from)
	lines.FieldsPerRecord = -1
	var columns, units []string
	for {
		line, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return results, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read benchstat: %w", err)
		}
		switch {
		case len(line) < 2 || line[0] == "geomean" || strings.Contains(line[0], ": "):
		case line[0] == "" && units == nil && columns == nil:
			columns = line
		case line[0] == "" && units == nil:
			units = line
		case line[0] == "":
			columns, units = line, nil
		default:
			at, seen := known[line[0]]
			if !seen {
				at = len(results)
				known[line[0]] = at
				results = append(results, result{name: trimProcs(line[0]), medians: map[[2]string]float64{}})
			}
			note(results[at], columns, units, line)
		}
	}
}

// note takes the values of one line. Only a column's first cell bears its name;
// the one after it is the confidence.
func note(r result, columns, units, line []string) {
	for i := 1; i < len(line) && i < len(columns) && i < len(units); i++ {
		value, err := strconv.ParseFloat(line[i], 64)
		if columns[i] == "" || err != nil {
			continue
		}
		r.medians[[2]string{units[i], columns[i]}] = value
	}
}

// trimProcs takes the number of processors off a benchmark's name.
func trimProcs(name string) string {
	if at := strings.LastIndexByte(name, '-'); at > 0 {
		if _, err := strconv.Atoi(name[at+1:]); err == nil {
			return name[:at]
		}
	}
	return name
}

// output runs a program and returns what it printed; what it complained of, in
// the error.
func output(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s%s", name, strings.Join(args, " "), err, text, complaints.Bytes())
	}
	return text, nil
}
