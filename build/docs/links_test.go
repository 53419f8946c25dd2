package docs_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	all := pages(t)
	for _, p := range all {
		for _, target := range p.links() {
			if broken := follow(t, p.path, target); broken != "" {
				t.Errorf("%s links to %s: %s", p.path, target, broken)
			}
		}
	}
}

// links lists the targets of links and pictures.
func (p page) links() []string {
	var targets []string
	for _, found := range regexp.MustCompile(`\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"`).FindAllStringSubmatch(p.prose(), -1) {
		targets = append(targets, found[1]+found[2])
	}
	return targets
}

// follow says what is wrong with a link, or "". Pages of others are not asked for.
func follow(t *testing.T, from, target string) string {
	t.Helper()
	switch {
	case strings.HasPrefix(target, "https://"):
		return ""
	case strings.Contains(target, ":"):
		return "only https leads out of here"
	}
	file, anchor, _ := strings.Cut(target, "#")
	to := from
	if file != "" {
		to = path.Join(path.Dir(from), file)
	}
	if slices.Contains(coming(), to) {
		return ""
	}
	if _, err := os.Stat(filepath.Join(root, to)); err != nil {
		return "there is no such file"
	}
	if anchor != "" && !slices.Contains(anchors(page{to, read(t, to)}), anchor) {
		return "there is no such heading"
	}
	return ""
}

// coming are pages that other changes bring: "make bench" writes it.
func coming() []string {
	return []string{"docs/performance.md"}
}

// anchors lists what a page's headings are called in addresses: in lower case,
// without punctuation, with a dash for a blank, and numbered where one comes twice.
func anchors(p page) []string {
	var names []string
	seen := map[string]int{}
	for _, h := range p.headings() {
		_, title, _ := strings.Cut(h, " ")
		name := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			default:
				return -1
			}
		}, title)
		if count := seen[name]; count > 0 {
			names = append(names, name+"-"+strconv.Itoa(count))
		} else {
			names = append(names, name)
		}
		seen[name]++
	}
	return names
}

// TestEveryPictureIsShown also keeps the repository small: a picture is for ever.
func TestEveryPictureIsShown(t *testing.T) {
	t.Parallel()
	const most = 200 << 10
	shown := map[string]bool{}
	for _, p := range pages(t) {
		for _, target := range p.links() {
			shown[path.Join(path.Dir(p.path), target)] = true
		}
	}
	files, err := filepath.Glob(filepath.Join(root, "docs/images/*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pictures: %v", err)
	}
	for _, file := range files {
		if !shown["docs/images/"+filepath.Base(file)] {
			t.Errorf("no page shows %s", file)
		}
		if info, err := os.Stat(file); err != nil || info.Size() > most {
			t.Errorf("%s is larger than %d bytes: %v", file, most, err)
		}
	}
}

func TestFollow(t *testing.T) {
	t.Parallel()
	for target, well := range map[string]bool{
		"CHANGELOG.md": true, "docs": true, "https://example.com/x": true, "#working-on-kontent-connect": true,
		"nowhere.md": false, "#nowhere": false, "http://example.com": false, "mailto:a@example.com": false,
	} {
		if broken := follow(t, "CONTRIBUTING.md", target); (broken == "") != well {
			t.Errorf("%s: %q", target, broken)
		}
	}
}
