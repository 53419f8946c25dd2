package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

// build builds the command line as it is shipped, in a folder.
func build(t *testing.T, in string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "kontent")
	compile := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-tags", "timberjack_nozstd,nethttpomithttp2", "-ldflags", "-s -w", "-o", program, "./cmd/kontent")
	compile.Dir = in
	compile.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("build: %v: %s", err, out)
	}
	return program
}

// Covers C2.
func TestTheBillNamesEveryModuleOfAProgram(t *testing.T) {
	t.Parallel()
	program := build(t, root)
	modules, err := builtFrom(program)
	if err != nil {
		t.Fatal(err)
	}
	packages, err := lockedPackages(root, map[string]bool{"node_modules/svelte": true})
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		bill, err := newBill([]string{program}, sorted(append(packages, modules...)))
		if err != nil {
			t.Fatal(err)
		}
		if err := encode(out, bill); err != nil {
			t.Fatal(err)
		}
	}
	if first.String() != second.String() {
		t.Error("the same program has two bills")
	}
	var said struct {
		BOMFormat, SpecVersion, SerialNumber string
		Components                           []struct {
			Name, Version, PURL, Scope string
			Hashes                     []struct{ Content string }
		}
	}
	if err := json.Unmarshal(first.Bytes(), &said); err != nil {
		t.Fatal(err)
	}
	if said.BOMFormat != "CycloneDX" || said.SpecVersion != "1.6" || !strings.HasPrefix(said.SerialNumber, "urn:uuid:") {
		t.Errorf("it is a %s %s %s", said.BOMFormat, said.SpecVersion, said.SerialNumber)
	}
	scopes := map[string]string{}
	for _, c := range said.Components {
		scopes[c.PURL] = c.Scope
		if c.Version == "" || c.Name != "stdlib" && len(c.Hashes) != 1 {
			t.Errorf("%s has version %q and %d hashes", c.Name, c.Version, len(c.Hashes))
		}
	}
	for _, m := range modules {
		if scopes["pkg:golang/"+m.Name+"@"+m.Version] != "required" {
			t.Errorf("%s is missing", m.Name)
		}
	}
	if scopes["pkg:npm/svelte@5.57.3"] != "required" || scopes["pkg:npm/vite@8.3.8"] != "excluded" || scopes["pkg:npm/%40biomejs/biome@2.6.8"] != "excluded" {
		t.Error("the page's packages are missing, or count as what they are not")
	}
}

// Covers C2.
func TestEveryLinkedModuleMayBeLinked(t *testing.T) {
	t.Parallel()
	for _, to := range targets() {
		t.Run(to.system+" "+to.pkg, func(t *testing.T) {
			t.Parallel()
			modules, err := linked(t.Context(), root, to)
			if err != nil {
				t.Fatal(err)
			}
			if len(modules) < 15 {
				t.Errorf("only %d modules are linked", len(modules))
			}
			for _, m := range modules {
				if _, _, err := licenceOf(m.Dir); err != nil {
					t.Errorf("%s: %v", m.Name, err)
				}
			}
		})
	}
}

func TestALicenceThatBindsOrIsUnknownIsRefused(t *testing.T) {
	t.Parallel()
	licence, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	const copyleft = `This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public
License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version.
This program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied warranty of
MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General Public License for more details.
You should have received a copy of the GNU General Public License along with this program. If not, see <https://www.gnu.org/licenses/>.`
	for name, tc := range map[string]struct{ file, text, fault string }{
		"our own":               {"LICENSE", string(licence), ""},
		"copyleft":              {"COPYING", copyleft, "GPL"},
		"one that nobody knows": {"LICENSE.md", "You may look at this on Tuesdays.", "no known licence"},
		"none":                  {"README.md", string(licence), "no known licence"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, tc.file), []byte(tc.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := licenceOf(dir)
		if (err == nil) != (tc.fault == "") || err != nil && !strings.Contains(err.Error(), tc.fault) {
			t.Errorf("%s: %v, want %q in it", name, err, tc.fault)
		}
	}
}

// The folder in which it is built must leave no trace in a program.
//
// Covers C4, G19.
func TestTwoFoldersBuildTheSameProgram(t *testing.T) {
	t.Parallel()
	first, err := os.ReadFile(build(t, root))
	if err != nil {
		t.Fatal(err)
	}
	second, err := os.ReadFile(build(t, copied(t)))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Errorf("%d and %d bytes that differ", len(first), len(second))
	}
	home, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(first, []byte(home+"/backend")) {
		t.Errorf("the program names the folder %s", home)
	}
}

// copied returns a copy of the sources that the command line is built from.
func copied(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "elsewhere")
	for _, name := range []string{"backend", "cmd"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join(root, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
