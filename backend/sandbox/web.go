package sandbox

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strings"
)

//go:embed web/*.html web/style.css text/*.json
var assets embed.FS

// languages in which the pages exist; the first is the default.
func languages() []string { return []string{"pt-BR", "en", "es"} }

func isLanguage(l string) bool {
	for _, known := range languages() {
		if l == known {
			return true
		}
	}
	return false
}

// renderer holds the templates once per language.
type renderer struct {
	fixed string
	pages map[string]*template.Template
	css   []byte
}

func newRenderer(fixed string) (*renderer, error) {
	css, err := assets.ReadFile("web/style.css")
	if err != nil {
		return nil, fmt.Errorf("read style: %w", err)
	}
	r := &renderer{fixed: fixed, pages: map[string]*template.Template{}, css: css}
	for _, l := range languages() {
		texts, err := readTexts(l)
		if err != nil {
			return nil, err
		}
		t := template.New("").Funcs(template.FuncMap{"t": texts.say, "lang": func() string { return l }})
		if r.pages[l], err = t.ParseFS(assets, "web/*.html"); err != nil {
			return nil, fmt.Errorf("read pages: %w", err)
		}
	}
	return r, nil
}

type texts map[string]string

func readTexts(language string) (texts, error) {
	data, err := assets.ReadFile("text/" + language + ".json")
	if err != nil {
		return nil, fmt.Errorf("read texts of %s: %w", language, err)
	}
	var t texts
	if err := json.Unmarshal(data, &t); err != nil {
		return nil, fmt.Errorf("read texts of %s: %w", language, err)
	}
	return t, nil
}

// say fails on a missing key, so that a gap shows in the first test.
func (t texts) say(key string, args ...any) (string, error) {
	s, ok := t[key]
	if !ok {
		return "", fmt.Errorf("no text for %q", key)
	}
	if len(args) == 0 {
		return s, nil
	}
	return fmt.Sprintf(s, args...), nil
}

// language is the fixed one, else the first that the browser asks for.
func (r *renderer) language(accept string) string {
	if r.fixed != "" {
		return r.fixed
	}
	for wish := range strings.SplitSeq(accept, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(wish), ";")
		short, _, _ := strings.Cut(strings.ToLower(tag), "-")
		for _, l := range languages() {
			if base, _, _ := strings.Cut(l, "-"); base == short {
				return l
			}
		}
	}
	return languages()[0]
}

// page renders one template. Nothing on it may run or load from elsewhere.
func (c *call) page(status int, name string, data any) {
	var body bytes.Buffer
	t := c.pages.pages[c.pages.language(c.r.Header.Get("Accept-Language"))]
	if err := t.ExecuteTemplate(&body, name, data); err != nil {
		http.Error(c.w, "page: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h := c.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	// No form-action: browsers apply it to the redirect that ends the dialog.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	c.w.WriteHeader(status)
	_, _ = c.w.Write(body.Bytes())
}

func (c *call) style() {
	c.w.Header().Set("Content-Type", "text/css; charset=utf-8")
	c.w.Header().Set("Cache-Control", "no-store")
	_, _ = c.w.Write(c.pages.css)
}
