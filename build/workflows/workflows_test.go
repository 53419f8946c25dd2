// Package workflows_test holds what runs on others' machines in our name to a
// few rules: what is run is pinned, may do little, and is given no words of
// strangers. It reads the files line by line, which is all that they need.
package workflows_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// workflow is one file.
type workflow struct {
	name  string
	lines []string
}

func workflows(t *testing.T) []workflow {
	t.Helper()
	files, err := filepath.Glob("../../.github/workflows/*.y*ml")
	if err != nil || len(files) < 4 {
		t.Fatalf("there are %d workflows: %v", len(files), err)
	}
	found := make([]workflow, 0, len(files))
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, workflow{filepath.Base(file), strings.Split(string(content), "\n")})
	}
	return found
}

// faults lists what is wrong with a workflow, for people.
func (w workflow) faults() []string {
	return slices.Concat(w.unpinned(), w.permissions(), w.credentials(), w.strangers(), w.endless())
}

// Covers C5.
func TestWorkflowsKeepTheRules(t *testing.T) {
	t.Parallel()
	for _, w := range workflows(t) {
		for _, fault := range w.faults() {
			t.Errorf("%s: %s", w.name, fault)
		}
	}
}

var (
	uses   = regexp.MustCompile(`^\s*(?:- )?uses:\s*(\S+)(.*)$`)
	pinned = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	named  = regexp.MustCompile(`^ # v\d+\.\d+\.\d+$`)
	job    = regexp.MustCompile(`^  ([\w-]+):$`)
)

// unpinned: a tag can be moved to other code, a commit cannot.
func (w workflow) unpinned() (faults []string) {
	for _, line := range w.lines {
		found := uses.FindStringSubmatch(line)
		if found == nil || strings.HasPrefix(found[1], "./") {
			continue
		}
		if !pinned.MatchString(found[1]) || !named.MatchString(found[2]) {
			faults = append(faults, "not pinned by its commit, with its version beside it: "+strings.TrimSpace(line))
		}
	}
	return faults
}

// permissions: reading by default; who may write runs no code of the project.
func (w workflow) permissions() (faults []string) {
	if text := strings.Join(w.lines, "\n"); !strings.Contains(text, "\npermissions:\n  contents: read\n") {
		faults = append(faults, "it may do more than read, or does not say")
	}
	for name, lines := range w.jobs() {
		text := strings.Join(lines, "\n")
		if !strings.Contains(text, ": write") {
			continue
		}
		for _, sign := range []string{"actions/checkout@", "make ", "go run", "npm "} {
			if strings.Contains(text, sign) {
				faults = append(faults, "job "+name+" may write and runs code: "+sign)
			}
		}
	}
	return faults
}

// credentials: the token is not left in the folder in which others' code runs.
func (w workflow) credentials() (faults []string) {
	for i, line := range w.lines {
		if strings.Contains(line, "actions/checkout@") && !strings.Contains(strings.Join(w.lines[i:min(i+3, len(w.lines))], "\n"), "persist-credentials: false") {
			faults = append(faults, "a checkout keeps its credentials")
		}
	}
	return faults
}

// strangers: a title or a branch's name that ends up in a script is a script.
func (w workflow) strangers() (faults []string) {
	script := -1 // how far the script is indented that goes on
	for _, line := range w.lines {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if strings.TrimSpace(line) != "" && indent <= script {
			script = -1
		}
		if strings.Contains(line, "pull_request_target") {
			faults = append(faults, "it gives our permissions to a stranger's change")
		}
		begins := strings.Contains(line, "run: ")
		if begins && strings.HasSuffix(line, "|") {
			script = indent
		}
		if (begins || script >= 0) && strings.Contains(line, "${{") {
			faults = append(faults, "words of others in a script: "+strings.TrimSpace(line))
		}
	}
	return faults
}

// endless: a job that hangs is paid for by the hour.
func (w workflow) endless() (faults []string) {
	for name, lines := range w.jobs() {
		text := strings.Join(lines, "\n")
		if strings.Contains(text, "runs-on:") && !strings.Contains(text, "timeout-minutes:") {
			faults = append(faults, "job "+name+" has no end")
		}
	}
	return faults
}

// jobs returns the lines of each job.
func (w workflow) jobs() map[string][]string {
	jobs, name, within := map[string][]string{}, "", false
	for _, line := range w.lines {
		if line == "jobs:" {
			within = true
		} else if found := job.FindStringSubmatch(line); within && found != nil {
			name = found[1]
		} else if within && name != "" {
			jobs[name] = append(jobs[name], line)
		}
	}
	return jobs
}

// TestTheRulesFindWhatBreaksThem breaks each in turn.
func TestTheRulesFindWhatBreaksThem(t *testing.T) {
	t.Parallel()
	const sound = `name: x
on: [push]

permissions:
  contents: read

jobs:
  a:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - run: |
          make test
`
	faults := func(text string) []string { return workflow{"x", strings.Split(text, "\n")}.faults() }
	if found := faults(sound); len(found) > 0 {
		t.Fatalf("sound, and it finds %q", found)
	}
	for what, change := range map[string][2]string{
		"a tag":                    {"@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6"},
		"a commit without version": {" # v6.0.2", ""},
		"a short commit":           {"@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "@de0fac2"},
		"no permissions":           {"permissions:\n  contents: read\n", ""},
		"all permissions":          {"contents: read", "contents: write"},
		"a job that may write":     {"    timeout-minutes: 5\n", "    timeout-minutes: 5\n    permissions:\n      contents: write\n"},
		"kept credentials":         {"persist-credentials: false", "fetch-depth: 0"},
		"a stranger's word":        {"make test", "echo ${{ github.head_ref }}"},
		"a stranger's change":      {"[push]", "[pull_request_target]"},
		"a job without end":        {"    timeout-minutes: 5\n", ""},
	} {
		text := strings.Replace(sound, change[0], change[1], 1)
		if text == sound || len(faults(text)) == 0 {
			t.Errorf("%s is not found", what)
		}
	}
}

// TestOneActionIsOneCommit: the same action in two versions is an update that
// was forgotten somewhere.
func TestOneActionIsOneCommit(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, w := range workflows(t) {
		for _, line := range w.lines {
			found := uses.FindStringSubmatch(line)
			if found == nil {
				continue
			}
			name, commit, _ := strings.Cut(found[1], "@")
			if before, there := seen[name]; there && before != commit {
				t.Errorf("%s: %s is %s elsewhere", w.name, found[1], before)
			}
			seen[name] = commit
		}
	}
}

// TestWhatWorkflowsMakeCanBeMade: a target that was renamed would be noticed on
// the day of a release.
func TestWhatWorkflowsMakeCanBeMade(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`\bmake ((?:-s )?[a-z][a-z0-9 -]*)`)
	for _, w := range workflows(t) {
		for _, line := range w.lines {
			if strings.HasPrefix(strings.TrimSpace(line), "#") {
				continue
			}
			for _, found := range asked.FindAllStringSubmatch(line, -1) {
				for _, target := range strings.Fields(strings.TrimPrefix(found[1], "-s ")) {
					if !regexp.MustCompile(`(?m)^(?:[\w -]* )?` + target + `(?: [\w -]*)?:`).Match(makefile) {
						t.Errorf("%s: there is no \"make %s\"", w.name, target)
					}
				}
			}
		}
	}
}
