package journey

import (
	"context"

	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

// act is one thing that a person does in the window, or waits to see there.
type act func(context.Context, *stage.Stage) error

// inOrder does several things, one after the other.
func inOrder(acts ...act) act {
	return func(ctx context.Context, s *stage.Stage) error {
		for _, do := range acts {
			if err := do(ctx, s); err != nil {
				return err
			}
		}
		return nil
	}
}

func click(what webdriver.Locator) act {
	return func(ctx context.Context, s *stage.Stage) error { return s.Window.Click(ctx, what) }
}

func tick(what webdriver.Locator) act {
	return func(ctx context.Context, s *stage.Stage) error { return s.Window.Tick(ctx, what, true) }
}

func fill(field, text string) act {
	return func(ctx context.Context, s *stage.Stage) error {
		return s.Window.Fill(ctx, webdriver.Role("textbox", field), text)
	}
}

func see(what webdriver.Locator) act {
	return func(ctx context.Context, s *stage.Stage) error {
		_, err := s.Window.Find(ctx, what)
		return err
	}
}

func gone(what webdriver.Locator) act {
	return func(ctx context.Context, s *stage.Stage) error { return s.Window.Gone(ctx, what) }
}

func button(name string) webdriver.Locator      { return webdriver.Role("button", name) }
func heading(name string) webdriver.Locator     { return webdriver.Role("heading", name) }
func headingPart(part string) webdriver.Locator { return webdriver.RolePart("heading", part) }

// read waits until a part of the window reads as it should.
func read(selector string, words ...string) act {
	return func(ctx context.Context, s *stage.Stage) error { return s.Reads(ctx, selector, words...) }
}

// dismiss closes the dialog with a button and waits until it is gone.
func dismiss(name string) act {
	return inOrder(click(button(name)), gone(webdriver.CSS("dialog")))
}

// pick opens a menu and takes an entry of it.
func pick(menu webdriver.Locator, entry webdriver.Locator) act {
	return inOrder(click(menu), click(entry))
}
