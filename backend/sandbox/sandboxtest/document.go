package sandboxtest

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// document is what matters of a page: its heading and its one form.
type document struct {
	heading string
	text    string
	action  string
	hidden  []control
	boxes   []control
	buttons []control
}

type control struct {
	labelledBy, name, value, label string
	checked                        bool
}

func labels(controls []control, onlyChecked bool) []string {
	var names []string
	for _, c := range controls {
		if c.checked || !onlyChecked {
			names = append(names, c.label)
		}
	}
	return names
}

// parse reads the sandbox's own HTML, which is tidy enough for a lenient XML
// reader; it is no parser for the web at large.
func parse(body string) (document, error) {
	d := document{}
	reader := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(body, "<!doctype html>")))
	reader.Strict, reader.AutoClose, reader.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	p := &reading{doc: &d, labels: map[string]string{}}
	for {
		token, err := reader.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return d, fmt.Errorf("read page: %w", err)
		}
		p.take(token)
	}
	for i, b := range d.boxes {
		d.boxes[i].label = p.labels[b.labelledBy]
	}
	d.text = strings.Join(strings.Fields(d.text), " ")
	return d, nil
}

// reading collects the text of the element it is in.
type reading struct {
	doc    *document
	labels map[string]string
	inside string // h1, span or button
	id     string // of the span
	text   string
}

func (p *reading) take(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		p.start(t)
	case xml.CharData:
		p.text += string(t)
		p.doc.text += string(t) + " "
	case xml.EndElement:
		if t.Name.Local == p.inside {
			p.end(strings.Join(strings.Fields(p.text), " "))
		}
	}
}

func (p *reading) start(e xml.StartElement) {
	attr := map[string]string{}
	for _, a := range e.Attr {
		attr[a.Name.Local] = a.Value
	}
	_, checked := attr["checked"]
	c := control{labelledBy: attr["aria-labelledby"], name: attr["name"], value: attr["value"], checked: checked}
	switch e.Name.Local {
	case "form":
		p.doc.action = attr["action"]
	case "input":
		if attr["type"] == "checkbox" {
			p.doc.boxes = append(p.doc.boxes, c)
		} else {
			p.doc.hidden = append(p.doc.hidden, c)
		}
	case "button":
		p.doc.buttons = append(p.doc.buttons, c)
		p.inside, p.text = "button", ""
	case "span":
		p.inside, p.text, p.id = "span", "", attr["id"]
	case "h1":
		p.inside, p.text = "h1", ""
	}
}

func (p *reading) end(text string) {
	switch p.inside {
	case "h1":
		p.doc.heading = text
	case "span":
		p.labels[p.id] = text
	case "button":
		p.doc.buttons[len(p.doc.buttons)-1].label = text
	}
	p.inside = ""
}
