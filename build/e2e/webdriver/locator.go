package webdriver

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Locator says what to look for on a page.
type Locator struct {
	role, name string
	part       bool // the name need only hold the text
	css        string
	text       string
	position   int // among several alike; 0 means there may be only one
}

// Role finds a visible element by its role and its whole name.
func Role(role, name string) Locator { return Locator{role: role, name: name} }

// RolePart finds a visible element by its role and a part of its name.
func RolePart(role, part string) Locator { return Locator{role: role, name: part, part: true} }

// Text finds the innermost visible element that reads so, or holds it.
func Text(text string) Locator { return Locator{text: text} }

// CSS finds a visible element by a selector, for what has no role of its own.
func CSS(selector string) Locator { return Locator{css: selector} }

// Nth is the n-th of several alike, counted from 1.
func (l Locator) Nth(n int) Locator { l.position = n; return l }

func (l Locator) String() string {
	switch {
	case l.text != "":
		return fmt.Sprintf("text %q", l.text)
	case l.css != "":
		return fmt.Sprintf("element %q", l.css)
	default:
		return fmt.Sprintf("%s %q", l.role, l.name)
	}
}

// selectors are the elements that have a role without being told. They narrow
// the search only; whether the role is right is for the browser to say.
func selectors(role string) string {
	explicit := fmt.Sprintf("[role=%q]", role)
	implicit := map[string]string{
		"button":     "button,summary,input[type=button],input[type=submit]",
		"link":       "a[href]",
		"checkbox":   "input[type=checkbox]",
		"radio":      "input[type=radio]",
		"textbox":    "input:not([type]),input[type=text],input[type=email],input[type=url],input[type=tel],input[type=password],textarea",
		"searchbox":  "input[type=search]",
		"spinbutton": "input[type=number]",
		"combobox":   "select",
		"option":     "option",
		"heading":    "h1,h2,h3,h4,h5,h6",
		"dialog":     "dialog",
		"img":        "img,svg",
		"list":       "ul,ol",
		"listitem":   "li",
		"region":     "section",
		"navigation": "nav",
		"article":    "article",
		"group":      "fieldset,details",
		"status":     "output",
		"row":        "tr",
		"table":      "table",
	}[role]
	if implicit == "" {
		return explicit
	}
	return explicit + "," + implicit
}

// All returns everything visible on the page that a locator means, at once.
func (s *Session) All(ctx context.Context, what Locator) ([]*Element, error) {
	candidates, err := s.candidates(ctx, what)
	if err != nil {
		return nil, err
	}
	if candidates, err = s.visible(ctx, candidates); err != nil {
		return nil, err
	}
	var found []*Element
	for _, candidate := range candidates {
		fits, err := candidate.fits(ctx, what)
		if hasCode(err, "stale element reference", "no such element") {
			continue // drawn anew meanwhile; whoever waits asks again
		}
		if err != nil {
			return nil, err
		}
		if fits {
			found = append(found, candidate)
		}
	}
	return found, nil
}

// visible leaves out what nobody can see. The page is asked, and not the driver:
// WebKit's says of things in the middle of the screen that they are not displayed.
func (s *Session) visible(ctx context.Context, all []*Element) ([]*Element, error) {
	const script = `return Array.from(arguments, e => {
		const box = (e.closest("select") ?? e).getBoundingClientRect()
		return box.width > 0 && box.height > 0 && getComputedStyle(e).visibility === "visible"
	})`
	if len(all) == 0 {
		return nil, nil
	}
	references := make([]any, len(all)) // side by side: WebKit does not look into lists
	for i, element := range all {
		references[i] = map[string]string{elementKey: element.id}
	}
	var answers []bool
	if err := s.Execute(ctx, script, &answers, references...); err != nil {
		return nil, fmt.Errorf("what is visible: %w", err)
	}
	var seen []*Element
	for i, element := range all {
		if answers[i] {
			seen = append(seen, element)
		}
	}
	return seen, nil
}

func (s *Session) candidates(ctx context.Context, what Locator) ([]*Element, error) {
	using, value := "css selector", what.css
	switch {
	case what.text != "":
		text := xpathString(what.text)
		using = "xpath"
		value = "//*[contains(normalize-space(.)," + text + ") and not(*[contains(normalize-space(.)," + text + ")])" +
			" and not(self::script or self::style)]"
	case what.role != "":
		value = selectors(what.role)
	}
	var references []map[string]string
	err := s.post(ctx, "/elements", map[string]string{"using": using, "value": value}, &references)
	if err != nil {
		return nil, fmt.Errorf("look for %v: %w", what, err)
	}
	elements := make([]*Element, len(references))
	for i, reference := range references {
		elements[i] = &Element{s, reference[elementKey]}
	}
	return elements, nil
}

func (e *Element) fits(ctx context.Context, what Locator) (bool, error) {
	if what.role == "" {
		return true, nil
	}
	if named, err := e.named(ctx, what); err != nil || !named {
		return false, err
	}
	role, err := e.Role(ctx)
	return slices.Contains(append(aliases(what.role), what.role), role), err
}

func (e *Element) named(ctx context.Context, what Locator) (bool, error) {
	name, err := e.Name(ctx)
	if err != nil {
		return false, err
	}
	name = strings.Join(strings.Fields(name), " ")
	if name == what.name || what.part && strings.Contains(name, what.name) {
		return true, nil
	}
	// WebKit counts what a field holds to the label that the field lies in.
	held, ok := strings.CutPrefix(name, what.name+" ")
	if !ok || what.role == "button" {
		return false, nil
	}
	value, err := e.Property(ctx, "value")
	return err == nil && strings.Join(strings.Fields(value), " ") == held, err
}

// aliases are other words of the web views for the same role.
func aliases(role string) []string {
	switch role {
	case "img":
		return []string{"image", "graphics-document", "graphics-symbol"}
	case "combobox":
		return []string{"button", "menulist"} // WebKit, of a select
	case "textbox":
		return []string{"searchbox", "text field"}
	default:
		return nil
	}
}

// xpathString quotes for XPath, which knows no escapes.
func xpathString(text string) string {
	if !strings.Contains(text, `"`) {
		return `"` + text + `"`
	}
	return `concat("` + strings.ReplaceAll(text, `"`, `",'"',"`) + `")`
}
