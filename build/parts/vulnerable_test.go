package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A database of our own making stands in for the real one, which is asked by the
// pipeline: it has the control's vulnerability in the real one's words, and on
// request one in a module that the programs link.
func database(t *testing.T, entries ...string) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const modified = `"modified":"2026-01-01T00:00:00Z"`
	var modules, vulns []string
	for _, entry := range entries {
		word := strings.Fields(entry) // id, module, package, symbol, fixed
		modules = append(modules, `{"path":"`+word[1]+`","vulns":[{"id":"`+word[0]+`",`+modified+`,"fixed":"`+word[4]+`"}]}`)
		vulns = append(vulns, `{"id":"`+word[0]+`",`+modified+`}`)
		write("ID/"+word[0]+".json", `{"schema_version":"1.3.1","id":"`+word[0]+`",`+modified+`,"published":"2022-10-11T18:16:24Z",
			"details":"A stand-in.","database_specific":{"url":"https://example.com/`+word[0]+`"},"affected":[{"package":{"name":"`+word[1]+`","ecosystem":"Go"},
			"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"`+word[4]+`"}]}],
			"ecosystem_specific":{"imports":[{"path":"`+word[2]+`","symbols":["`+word[3]+`"]}]}}]}`)
	}
	write("index/db.json", `{`+modified+`}`)
	write("index/modules.json", `[`+strings.Join(modules, ",")+`]`)
	write("index/vulns.json", `[`+strings.Join(vulns, ",")+`]`)
	return "file://" + dir
}

// Covers C1, G19.
func TestTheScanProvesThatItCanSee(t *testing.T) {
	t.Parallel()
	scanner := filepath.Join(t.TempDir(), "govulncheck")
	if err := buildScanner(t.Context(), root, scanner); err != nil {
		t.Fatal(err)
	}
	// What the programs link takes minutes to load; a room will do.
	room := []target{{"linux", "./backend/oauth", ""}}
	const known = controlIs + " golang.org/x/text golang.org/x/text/language ParseAcceptLanguage 0.3.8"
	t.Run("an empty database is no good news", func(t *testing.T) {
		t.Parallel()
		if err := scan(t.Context(), root, scanner, database(t), room); !errors.Is(err, errBlind) {
			t.Errorf("the scan says %v", err)
		}
	})
	t.Run("one that cannot be reached is none either", func(t *testing.T) {
		t.Parallel()
		err := scan(t.Context(), root, scanner, "file:///nowhere", room)
		if err == nil || errors.Is(err, errBlind) {
			t.Errorf("the scan says %v", err)
		}
	})
	t.Run("with the control found, what is linked is clean", func(t *testing.T) {
		t.Parallel()
		small := []target{{"linux", "./backend/social", ""}}
		if err := scan(t.Context(), root, scanner, database(t, known), small); err != nil {
			t.Error(err)
		}
	})
	t.Run("a vulnerability in what is linked is found", func(t *testing.T) {
		t.Parallel()
		const ours = "GO-2099-0001 golang.org/x/oauth2 golang.org/x/oauth2 GenerateVerifier 9.0.0"
		err := scan(t.Context(), root, scanner, database(t, known, ours), room)
		if err == nil || !strings.Contains(err.Error(), "GO-2099-0001") {
			t.Errorf("the scan says %v", err)
		}
	})
}
