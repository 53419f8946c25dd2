package webdriver

import (
	"context"
	"image"
	"net/http"

	"github.com/kontent/kontent-connect/build/e2e/process"
)

// Session is one window under control.
type Session struct {
	url    string // of the session at its driver
	driver *process.Process
}

func newSession(ctx context.Context, driver string, wanted map[string]any) (*Session, error) {
	var created struct {
		ID string `json:"sessionId"`
	}
	command := map[string]any{"capabilities": map[string]any{"alwaysMatch": wanted}}
	if err := call(ctx, http.MethodPost, driver+"/session", command, &created); err != nil {
		return nil, err
	}
	return &Session{url: driver + "/session/" + created.ID}, nil
}

// Close ends the session and its driver. WebKit's driver ends the program with
// it, without asking; chromedriver leaves the browser open.
func (s *Session) Close(ctx context.Context) error {
	err := call(ctx, http.MethodDelete, s.url, nil, nil)
	s.driver.Stop()
	if hasCode(err, "no such window", "invalid session id") {
		return nil // ended already, which is the aim
	}
	return err
}

func (s *Session) get(ctx context.Context, path string, result any) error {
	return call(ctx, http.MethodGet, s.url+path, nil, result)
}

func (s *Session) post(ctx context.Context, path string, command, result any) error {
	return call(ctx, http.MethodPost, s.url+path, command, result)
}

// Navigate shows an address in the current tab.
func (s *Session) Navigate(ctx context.Context, url string) error {
	return s.post(ctx, "/url", map[string]string{"url": url}, nil)
}

// URL is the address of the current tab.
func (s *Session) URL(ctx context.Context) (string, error) {
	var url string
	return url, s.get(ctx, "/url", &url)
}

// Title is the title of the current tab.
func (s *Session) Title(ctx context.Context) (string, error) {
	var title string
	return title, s.get(ctx, "/title", &title)
}

// Execute runs the body of a function in the page and decodes what it returns.
func (s *Session) Execute(ctx context.Context, script string, result any, args ...any) error {
	if args == nil {
		args = []any{}
	}
	return s.post(ctx, "/execute/sync", map[string]any{"script": script, "args": args}, result)
}

// ExecuteAsync is Execute for a function that hands its result to a callback,
// the last of its arguments.
func (s *Session) ExecuteAsync(ctx context.Context, script string, result any, args ...any) error {
	if args == nil {
		args = []any{}
	}
	return s.post(ctx, "/execute/async", map[string]any{"script": script, "args": args}, result)
}

// Tabs are the handles of all open tabs.
func (s *Session) Tabs(ctx context.Context) ([]string, error) {
	var handles []string
	return handles, s.get(ctx, "/window/handles", &handles)
}

// SwitchTo makes a tab the current one.
func (s *Session) SwitchTo(ctx context.Context, handle string) error {
	return s.post(ctx, "/window", map[string]string{"handle": handle}, nil)
}

// CloseTab closes the current tab; another must be switched to next.
func (s *Session) CloseTab(ctx context.Context) error {
	return call(ctx, http.MethodDelete, s.url+"/window", nil, nil)
}

// Place puts the window at a place on the screen.
func (s *Session) Place(ctx context.Context, at image.Rectangle) error {
	rect := map[string]int{"x": at.Min.X, "y": at.Min.Y, "width": at.Dx(), "height": at.Dy()}
	return s.post(ctx, "/window/rect", rect, nil)
}
