package sqlite

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/kontent/kontent-connect/backend/social"
)

// refsIn reads the names of keychain entries out of the bytes of a database
// that SQLite cannot read any more, of those that were put aside earlier, and
// of its copy. Names are random UUIDs, which rows are not (those are of version
// 7); a name that is found but no longer used is asked for in vain.
//
// The keychain cannot be asked what it holds (security.md 3.1), and an entry
// that no row names would stay in it for ever.
func refsIn(path string) ([]social.TokenRef, error) {
	aside, err := filepath.Glob(escapeGlob(path) + ".damaged-*")
	if err != nil {
		return nil, fmt.Errorf("look for damaged databases: %w", err)
	}
	name := regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)
	found := map[social.TokenRef]bool{}
	for _, file := range append(aside, path, path+"-wal", copyOf(path)) {
		if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() {
			continue // there is none
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", filepath.Base(file), err)
		}
		for _, ref := range name.FindAllString(string(content), -1) {
			found[social.TokenRef(ref)] = true
		}
	}
	refs := make([]social.TokenRef, 0, len(found))
	for ref := range found {
		refs = append(refs, ref)
	}
	slices.Sort(refs)
	return refs, nil
}

// escapeGlob makes a path mean itself in a pattern.
func escapeGlob(path string) string {
	return regexp.MustCompile(`[*?\[\\]`).ReplaceAllStringFunc(path, func(sign string) string {
		if sign == `\` && filepath.Separator == '\\' {
			return sign
		}
		return "[" + sign + "]"
	})
}
