package threats

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Evidence is what the repository says about one line of the catalogue.
type Evidence struct {
	Tests  []string // "folder: TestName", in the order of their names
	Places []string // files whose comments say that they hold it
}

var (
	covers   = regexp.MustCompile(`^\s*// Covers ((?:[A-Z]{1,2}[0-9]{1,2}, )*[A-Z]{1,2}[0-9]{1,2})\.$`)
	likely   = regexp.MustCompile(`^\s*(?://|#|\*) ?[Cc]overs:? [A-Z]{1,2}[0-9]`)
	goTest   = regexp.MustCompile(`^func ((?:Test|Fuzz|Benchmark)\w+)\(`)
	pageTest = regexp.MustCompile("^\\s*(?:it|test|describe)(?:\\.each\\(.*\\))?\\(\\s*(['\"`])(.+?)['\"`],")
	plainFn  = regexp.MustCompile(`^(?:export )?(?:async )?function (\w+)\(`)
	held     = regexp.MustCompile(`security\.md ((?:[A-Z]{1,2}[0-9]{1,2}(?:, | and )?)+)`)
	anID     = regexp.MustCompile(`[A-Z]{1,2}[0-9]{1,2}`)
)

// Collect reads the evidence out of every source file below root, by id. Its
// error names comments that look like one of ours and are not, for a slip of
// the pen must not lose a test.
func Collect(root string) (map[string]Evidence, error) {
	found := map[string]Evidence{}
	var slips []error
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skip(entry.Name())
		}
		if !slices.Contains([]string{".go", ".ts", ".mjs", ".svelte"}, filepath.Ext(file)) {
			return nil
		}
		text, err := os.ReadFile(file) //nolint:gosec // a source file of ours
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, file)
		slips = append(slips, read(found, filepath.ToSlash(name), string(text)))
		return err
	})
	for id, e := range found {
		slices.Sort(e.Tests)
		slices.Sort(e.Places)
		found[id] = Evidence{slices.Compact(e.Tests), slices.Compact(e.Places)}
	}
	return found, errors.Join(append(slips, err)...)
}

func skip(folder string) error {
	if slices.Contains([]string{"node_modules", "dist", "out", "bin", ".git", "wailsjs", "threats"}, folder) {
		return fs.SkipDir
	}
	return nil
}

// read adds what one file says.
func read(found map[string]Evidence, file, text string) error {
	var slips []error
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if m := covers.FindStringSubmatch(line); m != nil {
			test := named(file, below(lines[i+1:]))
			if test == "" {
				slips = append(slips, fmt.Errorf("%s:%d: nothing to run stands below %q", file, i+1, strings.TrimSpace(line)))
				continue
			}
			add(found, m[1], test, "")
		} else if likely.MatchString(line) {
			slips = append(slips, fmt.Errorf("%s:%d: %q is not of the form \"// Covers CB07, CB08.\"", file, i+1, strings.TrimSpace(line)))
		}
		if m := held.FindStringSubmatch(line); m != nil && !isTest(file) {
			add(found, m[1], "", file)
		}
	}
	return errors.Join(slips...)
}

// below is the line that such comments stand above: there may be several.
func below(lines []string) string {
	for _, line := range lines {
		if !covers.MatchString(line) {
			return line
		}
	}
	return ""
}

func add(found map[string]Evidence, ids, test, place string) {
	for _, id := range anID.FindAllString(ids, -1) {
		e := found[id]
		if test != "" {
			e.Tests = append(e.Tests, test)
		}
		if place != "" && !isFault(id) {
			e.Places = append(e.Places, place)
		}
		if len(e.Tests)+len(e.Places) > 0 {
			found[id] = e
		}
	}
}

// named is what a test is called in the tables: by its folder in Go, where a
// name is said once in a folder, and by its file elsewhere.
func named(file, line string) string {
	if m := goTest.FindStringSubmatch(line); m != nil && isTest(file) {
		return path.Dir(file) + ": " + m[1]
	}
	if m := pageTest.FindStringSubmatch(line); m != nil {
		return file + ": " + strings.ReplaceAll(m[2], "|", "/")
	}
	if m := plainFn.FindStringSubmatch(line); m != nil {
		return file + ": " + m[1]
	}
	return ""
}

func isTest(file string) bool {
	return strings.HasSuffix(file, "_test.go") || strings.Contains(file, ".test.")
}
