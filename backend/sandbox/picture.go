package sandbox

import (
	"fmt"
	"hash/fnv"
	"html"
	"net/http"
	"strings"
	"unicode"
)

// picture is that of a person, a Page or an Instagram account. Our own pages
// show initials on a colour of their own; the API's are drawn, as PNG.
func (c *call) picture(file string) {
	id, kind, _ := strings.Cut(file, ".")
	name := c.nameOf(id)
	switch {
	case name == "":
		http.NotFound(c.w, c.r)
	case kind == "svg":
		c.initials(id, name)
	case kind == "png":
		c.drawing(id)
	default:
		http.NotFound(c.w, c.r)
	}
}

func (c *call) initials(id, name string) {
	c.w.Header().Set("Content-Type", "image/svg+xml")
	c.w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	fmt.Fprintf(c.w, `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">`+
		`<rect width="96" height="96" fill="hsl(%d 38%% 40%%)"/>`+
		`<text x="48" y="49" fill="#fff" font-family="sans-serif" font-size="36" font-weight="600" `+
		`text-anchor="middle" dominant-baseline="central">%s</text></svg>`, hue(id), html.EscapeString(initials(name)))
}

func (c *call) nameOf(id string) string {
	for _, p := range c.Everyone() {
		if p.MetaID == id {
			return p.Name()
		}
		if page, ok := p.page(id); ok {
			return page.Name
		}
		if page, ok := p.instagram(id); ok {
			return page.Instagram.Name
		}
	}
	return ""
}

func hue(id string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return h.Sum32() % 360
}

// initials are those of the first two words that begin with a capital.
func initials(name string) string {
	var letters []rune
	for word := range strings.FieldsSeq(name) {
		if first := []rune(word)[0]; unicode.IsUpper(first) && len(letters) < 2 {
			letters = append(letters, first)
		}
	}
	return string(letters)
}
