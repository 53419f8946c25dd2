package sandbox

import (
	"maps"
	"slices"
	"strings"
)

// field is one entry of a Graph "fields" parameter: a name, arguments such as
// .limit(5), and what is asked of the object behind it.
type field struct {
	name string
	args map[string]string
	sub  []field
}

// parseFields reads "id,name,owned_pages.limit(100){id,picture{url}}".
func parseFields(s string) ([]field, *graphError) {
	p := &fieldParser{rest: s}
	fields, ok := p.list()
	if !ok || p.rest != "" {
		return nil, &graphError{Code: 2500, Message: "Syntax error \"Expected end of string instead of \"" + firstRune(p.rest) + "\".\" at the fields parameter"}
	}
	return fields, nil
}

type fieldParser struct{ rest string }

func (p *fieldParser) list() ([]field, bool) {
	var fields []field
	for {
		f, ok := p.one()
		if !ok {
			return nil, false
		}
		fields = append(fields, f)
		if !p.eat(",") {
			return fields, true
		}
	}
}

func (p *fieldParser) one() (field, bool) {
	f := field{name: p.word(), args: map[string]string{}}
	if f.name == "" {
		return f, false
	}
	for p.eat(".") {
		name := p.word()
		if name == "" || !p.eat("(") {
			return f, false
		}
		value, rest, ok := strings.Cut(p.rest, ")")
		if !ok {
			return f, false
		}
		f.args[name], p.rest = value, rest
	}
	if !p.eat("{") {
		return f, true
	}
	sub, ok := p.list()
	f.sub = sub
	return f, ok && p.eat("}")
}

func (p *fieldParser) word() string {
	p.rest = strings.TrimLeft(p.rest, " ")
	i := strings.IndexFunc(p.rest, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if i < 0 {
		i = len(p.rest)
	}
	w := p.rest[:i]
	p.rest = strings.TrimLeft(p.rest[i:], " ")
	return w
}

func (p *fieldParser) eat(token string) bool {
	rest, ok := strings.CutPrefix(p.rest, token)
	if ok {
		p.rest = strings.TrimLeft(rest, " ")
	}
	return ok
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

func plain(names ...string) []field {
	var fields []field
	for _, n := range names {
		fields = append(fields, field{name: n})
	}
	return fields
}

// formatFields writes fields the way parseFields reads them.
func formatFields(fields []field) string {
	var parts []string
	for _, f := range fields {
		s := f.name
		for _, k := range slices.Sorted(maps.Keys(f.args)) {
			s += "." + k + "(" + f.args[k] + ")"
		}
		if len(f.sub) > 0 {
			s += "{" + formatFields(f.sub) + "}"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ",")
}
