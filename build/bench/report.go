package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// report is what one run found.
type report struct {
	options  options
	at       time.Time
	ratios   []ratio
	notes    []string
	requests []requests
	storage  []result
	page     string
}

func newReport(o options) *report { return &report{options: o, at: time.Now()} }

func (r *report) add(one ratio) { r.ratios = append(r.ratios, one) }

// take adds what another run found.
func (r *report) take(other *report) {
	r.ratios = append(r.ratios, other.ratios...)
	r.notes = append(r.notes, other.notes...)
	r.requests = append(r.requests, other.requests...)
	r.storage = append(r.storage, other.storage...)
	r.page += other.page
}

func (r *report) print(out io.Writer) {
	for _, one := range r.ratios {
		fmt.Fprintf(out, "  %s\n", one)
	}
}

// note keeps a figure that has no limit.
func (r *report) note(format string, values ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, values...))
}

// failures are the ratios that are over by more than a quarter.
func (r *report) failures() (over []error) {
	for _, one := range r.ratios {
		if one.fails() {
			over = append(over, errors.New(one.String()))
		}
	}
	return over
}

// save writes the report and its plots, into docs too where that is asked for.
func (r *report) save(docs bool) error {
	plots := map[string]string{}
	if len(r.storage) > 0 {
		plots["storage.svg"] = storagePlot(r.storage)
	}
	folders := []string{outFolder}
	if docs {
		folders = append(folders, filepath.Join("docs", "performance"))
	}
	for _, folder := range folders {
		if err := os.MkdirAll(folder, 0o750); err != nil {
			return err
		}
		for name, text := range plots {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				return err
			}
		}
	}
	if err := os.WriteFile(filepath.Join(outFolder, "report.md"), []byte(r.markdown()), 0o600); err != nil {
		return err
	}
	if !docs {
		return nil
	}
	return r.intoDocs(filepath.Join("docs", "performance.md"))
}

// Between these lines of the page in docs stands the last run; around them is
// what people wrote about it.
const beginMark, endMark = "<!-- bench: begin -->\n", "<!-- bench: end -->\n"

func (r *report) intoDocs(file string) error {
	page, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(page), beginMark)
	_, after, ends := strings.Cut(rest, endMark)
	if !begins || !ends {
		return fmt.Errorf("%s has no place for a run", file)
	}
	return os.WriteFile(file, []byte(before+beginMark+r.markdown()+endMark+after), 0o600)
}

// markdown renders what was measured.
func (r *report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nMeasured on %s: %s, %d cores, %s, %s/%s.\n\n", r.at.UTC().Format("2006-01-02 15:04 UTC"), processor(), runtime.NumCPU(),
		runtime.Version(), runtime.GOOS, runtime.GOARCH)
	b.WriteString("| what | ours | against | ratio | limit | |\n| --- | --: | --: | --: | --: | --- |\n")
	for _, one := range r.ratios {
		limit := "≤"
		if one.atLeast {
			limit = "≥"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %.2f | %s %.2f | %s |\n", one.what, one.ours, one.base, one.value, limit, one.limit, mark(one))
	}
	for _, note := range r.notes {
		fmt.Fprintf(&b, "\n%s\n", note)
	}
	b.WriteString(r.requestTable())
	b.WriteString(r.storageTable())
	if r.page != "" {
		fmt.Fprintf(&b, "\n### The page, in Chromium\n\n```\n%s```\n\n", r.page)
	}
	return b.String()
}

func mark(one ratio) string {
	if one.holds(1) {
		return "✓"
	}
	return "over"
}

func (r *report) requestTable() string {
	if len(r.requests) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n### Requests\n\n| login | connecting | a later check | budget | one call per account |\n| --- | --: | --: | --: | --: |\n")
	for _, row := range r.requests {
		fmt.Fprintf(&b, "| %s | %.0f | %.0f | %.0f | %.0f |\n", row.what, row.connecting, row.checking, row.budget, row.accounts)
	}
	return b.String()
}

func (r *report) storageTable() string {
	if len(r.storage) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n### Storage\n\n![How storage grows with the accounts](performance/storage.svg)\n\n| work | store | bare SQL | ratio |\n| --- | --: | --: | --: |\n")
	for _, one := range r.storage {
		ours, base := one.side("ours"), one.side("bare")
		fmt.Fprintf(&b, "| %s | %s | %s | %.2f |\n", one.name, duration(ours), duration(base), ours/base)
	}
	return b.String()
}

// processor names the processor, as far as the system tells.
func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "a processor without a name"
	}
	_, after, _ := strings.Cut(string(text), "model name\t: ")
	name, _, _ := strings.Cut(after, "\n")
	return name
}
