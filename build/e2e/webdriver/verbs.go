package webdriver

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// patience is how long a page gets to show what is looked for, unless the
// caller's context ends earlier.
const patience = 15 * time.Second

// Find waits until there is exactly one such element on the page.
func (s *Session) Find(ctx context.Context, what Locator) (*Element, error) {
	var found *Element
	return found, s.until(ctx, what.String(), func(ctx context.Context) error {
		all, err := s.All(ctx, what)
		if err != nil {
			return err
		}
		found, err = pick(all, what)
		return err
	})
}

func pick(all []*Element, what Locator) (*Element, error) {
	switch {
	case what.position > 0 && len(all) >= what.position:
		return all[what.position-1], nil
	case what.position == 0 && len(all) == 1:
		return all[0], nil
	default:
		return nil, fmt.Errorf("there are %d of it", len(all))
	}
}

// Gone waits until there is no such element any more.
func (s *Session) Gone(ctx context.Context, what Locator) error {
	return s.until(ctx, "the end of "+what.String(), func(ctx context.Context) error {
		all, err := s.All(ctx, what)
		if err == nil && len(all) > 0 {
			err = fmt.Errorf("there are %d of it", len(all))
		}
		return err
	})
}

// Click waits for an element that can be clicked, and clicks it.
func (s *Session) Click(ctx context.Context, what Locator) error {
	return s.do(ctx, "click on", what, func(ctx context.Context, e *Element) error {
		if enabled, err := e.Enabled(ctx); err != nil || !enabled {
			return orElse(err, "it is switched off")
		}
		return e.Click(ctx)
	})
}

// Tick makes a checkbox ticked or not, by clicking it where it is not so yet.
func (s *Session) Tick(ctx context.Context, what Locator, ticked bool) error {
	return s.do(ctx, "tick", what, func(ctx context.Context, e *Element) error {
		if is, err := e.Selected(ctx); err != nil || is == ticked {
			return err
		}
		if err := e.Click(ctx); err != nil {
			return err
		}
		is, err := e.Selected(ctx)
		if err == nil && is != ticked {
			err = fmt.Errorf("it is ticked: %t", is)
		}
		return err
	})
}

// Fill replaces what a field holds.
func (s *Session) Fill(ctx context.Context, what Locator, text string) error {
	return s.do(ctx, "fill in", what, func(ctx context.Context, e *Element) error {
		if err := e.Clear(ctx); err != nil {
			return err
		}
		return e.Type(ctx, text)
	})
}

// Read is the text of an element.
func (s *Session) Read(ctx context.Context, what Locator) (string, error) {
	var text string
	return text, s.do(ctx, "read", what, func(ctx context.Context, e *Element) error {
		var err error
		text, err = e.Text(ctx)
		return err
	})
}

// Inner is everything that one can read in the only element of a selector, also
// what must be scrolled to. Read leaves out what is cut off.
func (s *Session) Inner(ctx context.Context, selector string) (string, error) {
	const script = `const all = document.querySelectorAll(arguments[0])
		return all.length === 1 ? all[0].innerText : null`
	var text *string
	if err := s.Execute(ctx, script, &text, selector); err != nil {
		return "", err
	}
	if text == nil {
		return "", fmt.Errorf("there is not one %q", selector)
	}
	return *text, nil
}

// SwitchToTab waits for a tab whose address holds a text and makes it current.
func (s *Session) SwitchToTab(ctx context.Context, part string) error {
	return s.until(ctx, fmt.Sprintf("a tab at %q", part), func(ctx context.Context) error {
		tabs, err := s.Tabs(ctx)
		if err != nil {
			return err
		}
		var seen []string
		for _, tab := range tabs {
			if err := s.SwitchTo(ctx, tab); err != nil {
				return err
			}
			url, err := s.URL(ctx)
			if err != nil {
				return err
			}
			if strings.Contains(url, part) {
				return nil
			}
			seen = append(seen, url)
		}
		return fmt.Errorf("the tabs are at %q", seen)
	})
}

// do finds an element and acts on it, again from the start where the page drew
// itself anew or moved something in between.
func (s *Session) do(ctx context.Context, verb string, what Locator, act func(context.Context, *Element) error) error {
	return s.until(ctx, verb+" "+what.String(), func(ctx context.Context) error {
		all, err := s.All(ctx, what)
		if err != nil {
			return err
		}
		element, err := pick(all, what)
		if err != nil {
			return err
		}
		return act(ctx, element)
	})
}

func (s *Session) until(ctx context.Context, what string, ask func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return poll.Until(ctx, what, func(ctx context.Context) error {
		err := ask(ctx)
		if hasCode(err, "invalid session id") {
			return poll.Final(err) // the window is gone
		}
		return err
	})
}

func orElse(err error, otherwise string) error {
	if err == nil {
		err = fmt.Errorf("%s", otherwise)
	}
	return err
}
