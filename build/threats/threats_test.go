package threats_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/build/threats"
)

const (
	root     = "../.."
	document = root + "/docs/threat-model.md"
)

var update = flag.Bool("update", false, "write what holds each line into the document")

// The names of the tests stand in the document for whoever reads it, so the two
// must not part company.
func TestTheThreatModelNamesTheTestsThatThereAre(t *testing.T) {
	t.Parallel()
	found, err := threats.Collect(root)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	filled := threats.Fill(string(text), found)
	if *update {
		if err := os.WriteFile(document, []byte(filled), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(string(text), filled); diff != "" {
		t.Errorf("docs/threat-model.md is not up to date; run \"make threats\" (-there +to be):\n%s", diff)
	}
	for _, fault := range threats.Check(filled, found) {
		t.Error(fault)
	}
}

func TestEvidenceIsFoundAndSlipsAreNot(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("backend/a/b_test.go", "// TestOne does.\n//\n// Covers CB01.\n// Covers L4.\nfunc TestOne(t *testing.T) {\n")
	write("backend/a/c.go", "// (security.md L4, L5 and CB02, G1) is held here.\nfunc main() {\n")
	write("page/d.test.ts", "  // Covers UI01.\n  it('says \"no\"', () => {\n")
	write("node_modules/e.test.ts", "// Covers UI02.\nit('is not ours', () => {\n")
	found, err := threats.Collect(folder)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]threats.Evidence{
		"CB01": {Tests: []string{"backend/a: TestOne"}},
		"L4":   {Tests: []string{"backend/a: TestOne"}, Places: []string{"backend/a/c.go"}},
		"L5":   {Places: []string{"backend/a/c.go"}},
		"UI01": {Tests: []string{`page/d.test.ts: says "no"`}},
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("evidence (-want +got):\n%s", diff)
	}

	for name, slip := range map[string]string{
		"no full stop":      "// Covers CB01\nfunc TestX(t *testing.T) {\n",
		"no blank":          "// Covers CB01,CB02.\nfunc TestX(t *testing.T) {\n",
		"above a statement": "// Covers CB01.\nx := 1\n",
		"above a helper":    "// Covers CB01.\nfunc newWorld() {\n",
		"not directly":      "// Covers CB01.\n//\nfunc TestX(t *testing.T) {\n",
	} {
		write("slip_test.go", slip)
		if _, err := threats.Collect(folder); err == nil {
			t.Errorf("%s: the slip is overlooked", name)
		}
	}
}

func TestARowNeedsWhatItSays(t *testing.T) {
	t.Parallel()
	tested := threats.Evidence{Tests: []string{"backend/a: TestOne"}}
	placed := threats.Evidence{Places: []string{"main.go"}}
	for name, tc := range map[string]struct {
		id, status, note string
		evidence         threats.Evidence
		fault            string
	}{
		"held by a test":               {"CB01", "held", "", tested, ""},
		"a line held at its place":     {"L4", "held", "", placed, ""},
		"held by nothing":              {"L4", "held", "", threats.Evidence{}, "no test"},
		"not here, with a reason":      {"CB01", "not here", "There is none.", threats.Evidence{}, ""},
		"not here, without":            {"CB01", "not here", "", threats.Evidence{}, "does not say why"},
		"not here, and yet tested":     {"CB01", "not here", "There is none.", tested, "covers it"},
		"partly, with a reason":        {"CB01", "partly", "Not on a Mac.", tested, ""},
		"partly, without":              {"CB01", "partly", "", tested, "does not say why"},
		"partly, and by nothing":       {"CB01", "partly", "Not on a Mac.", threats.Evidence{}, "nothing"},
		"a status that nobody defines": {"CB01", "fine", "It is.", tested, "status"},
	} {
		line := fmt.Sprintf("| %s | Case | %s | - | %s |", tc.id, tc.status, tc.note)
		said := strings.Join(threats.Check(line, map[string]threats.Evidence{tc.id: tc.evidence}), "\n")
		own := ""
		for fault := range strings.Lines(said) {
			if strings.HasPrefix(fault, tc.id+" ") {
				own += fault
			}
		}
		if tc.fault == "" && own != "" || !strings.Contains(own, tc.fault) {
			t.Errorf("%s: the check says %q, want %q in it", name, own, tc.fault)
		}
	}
}

func TestTheTablesMustBeWhole(t *testing.T) {
	t.Parallel()
	const double = "| CB01 | Case | open | | Later. |\n| CB01 | Case | open | | Later. |\n"
	faults := strings.Join(threats.Check(double, map[string]threats.Evidence{"ZZ99": {Tests: []string{"x"}}}), "\n")
	for _, want := range []string{"CB01 stands in the tables twice", "CB02 is missing", "G20 is missing", "ZZ99"} {
		if !strings.Contains(faults, want) {
			t.Errorf("the check does not say %q", want)
		}
	}
}

func TestALineThatGotItsTestIsHeld(t *testing.T) {
	t.Parallel()
	found := map[string]threats.Evidence{"CB01": {Tests: []string{"backend/a: TestOne", "backend/a: TestTwo", "frontend/x.test.ts: says so"}}}
	got := threats.Fill("| CB01 | Case | open | | Later. |\n| CB02 | Case | not here | stale | None. |\n", found)
	want := "| CB01 | Case | held | a: TestOne, TestTwo, frontend/x.test.ts: says so | |\n| CB02 | Case | not here | | None. |\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
}
