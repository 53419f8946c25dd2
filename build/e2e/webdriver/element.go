package webdriver

import (
	"context"
	"fmt"
)

// elementKey is what the protocol calls a reference to an element.
const elementKey = "element-6066-11e4-a52e-4f735466cecf"

// Element is something on a page. It goes stale when the page draws it anew;
// the verbs of Session find it again.
type Element struct {
	session *Session
	id      string
}

func (e *Element) path(of string) string { return "/element/" + e.id + of }

// Click clicks in the middle of the element, as with a mouse.
func (e *Element) Click(ctx context.Context) error {
	return e.session.post(ctx, e.path("/click"), nil, nil)
}

// Clear empties a field.
func (e *Element) Clear(ctx context.Context) error {
	return e.session.post(ctx, e.path("/clear"), nil, nil)
}

// Type sends keys to the element, which adds to what it holds.
func (e *Element) Type(ctx context.Context, text string) error {
	return e.session.post(ctx, e.path("/value"), map[string]string{"text": text}, nil)
}

// Text is what a person reads there.
func (e *Element) Text(ctx context.Context) (string, error) {
	var text string
	return text, e.session.get(ctx, e.path("/text"), &text)
}

// Role is what the element is to a screen reader.
func (e *Element) Role(ctx context.Context) (string, error) {
	var role string
	return role, e.session.get(ctx, e.path("/computedrole"), &role)
}

// Name is how a screen reader calls the element.
func (e *Element) Name(ctx context.Context) (string, error) {
	var name string
	return name, e.session.get(ctx, e.path("/computedlabel"), &name)
}

// Enabled reports whether it can be used.
func (e *Element) Enabled(ctx context.Context) (bool, error) {
	var enabled bool
	return enabled, e.session.get(ctx, e.path("/enabled"), &enabled)
}

// Selected reports whether a checkbox is ticked or an option chosen.
func (e *Element) Selected(ctx context.Context) (bool, error) {
	var selected bool
	return selected, e.session.get(ctx, e.path("/selected"), &selected)
}

// Property is the value of a property of the page's object model, in print.
func (e *Element) Property(ctx context.Context, name string) (string, error) {
	var value any
	err := e.session.get(ctx, e.path("/property/"+name), &value)
	return fmt.Sprint(value), err
}
