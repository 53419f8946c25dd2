// Package sandboxtest plays the person in front of the sandbox's pages: it
// opens a dialog, reads headings, ticks boxes by their labels and presses
// buttons by their names, over plain HTTP and without a browser.
//
// It owns no knowledge of the flow: what it can press is what the page shows.
package sandboxtest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
)

// Visitor is one person with one browser tab.
type Visitor struct {
	client *http.Client
	base   *url.URL
	page   document
	status int
	landed *url.URL
}

// New returns a visitor whose browser asks for the language, e.g. "pt-BR".
func New(language string) (*Visitor, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("make cookie jar: %w", err)
	}
	v := &Visitor{}
	v.client = &http.Client{
		Jar: jar,
		// A connection for each call, so that no test leaks one.
		Transport: withLanguage{language, &http.Transport{DisableKeepAlives: true}},
		// Stops where the sandbox sends the browser elsewhere: that is the
		// application's callback, and the caller's to visit or not.
		CheckRedirect: func(next *http.Request, via []*http.Request) error {
			if next.URL.Host == via[0].URL.Host {
				return nil
			}
			return http.ErrUseLastResponse
		},
	}
	return v, nil
}

type withLanguage struct {
	language string
	next     http.RoundTripper
}

func (w withLanguage) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("Accept-Language", w.language)
	return w.next.RoundTrip(r)
}

// Open goes to an address, as when the application opens the browser.
func (v *Visitor) Open(ctx context.Context, address string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("open %s: %w", address, err)
	}
	return v.do(r)
}

// Press submits the form with the button of that name.
func (v *Visitor) Press(ctx context.Context, name string) error {
	i := slices.IndexFunc(v.page.buttons, func(b control) bool { return b.label == name })
	if i < 0 {
		return fmt.Errorf("press %q: the page %q has %q", name, v.page.heading, v.Buttons())
	}
	form := url.Values{}
	for _, h := range v.page.hidden {
		form.Add(h.name, h.value)
	}
	for _, b := range v.page.boxes {
		if b.checked {
			form.Add(b.name, b.value)
		}
	}
	form.Add(v.page.buttons[i].name, v.page.buttons[i].value)
	target, err := v.base.Parse(v.page.action)
	if err != nil {
		return fmt.Errorf("press %q: %w", name, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, target.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("press %q: %w", name, err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(r)
}

func (v *Visitor) do(r *http.Request) error {
	res, err := v.client.Do(r)
	if err != nil {
		return fmt.Errorf("visit %s: %w", r.URL.Path, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return fmt.Errorf("visit %s: %w", r.URL.Path, err)
	}
	v.status, v.base, v.landed, v.page = res.StatusCode, res.Request.URL, nil, document{}
	if res.StatusCode == http.StatusFound {
		v.landed, err = res.Location()
		return err
	}
	v.page, err = parse(string(body))
	return err
}

// Landed is where the sandbox sent the browser at the end; nil before.
func (v *Visitor) Landed() *url.URL { return v.landed }

// Status is that of the last answer.
func (v *Visitor) Status() int { return v.status }

// Heading is the page's h1.
func (v *Visitor) Heading() string { return v.page.heading }

// Text is everything the page says.
func (v *Visitor) Text() string { return v.page.text }

// Buttons are the names of the buttons, in order.
func (v *Visitor) Buttons() []string { return labels(v.page.buttons, false) }

// Boxes are the labels of all check boxes, Ticked of those that are ticked.
func (v *Visitor) Boxes() []string { return labels(v.page.boxes, false) }

// Ticked are the labels of the ticked check boxes.
func (v *Visitor) Ticked() []string { return labels(v.page.boxes, true) }

// Set ticks or unticks boxes by label or value.
func (v *Visitor) Set(ticked bool, names ...string) error {
	for _, name := range names {
		i := slices.IndexFunc(v.page.boxes, func(b control) bool { return b.label == name || b.value == name })
		if i < 0 {
			return fmt.Errorf("tick %q: the page %q has %q", name, v.page.heading, v.Boxes())
		}
		v.page.boxes[i].checked = ticked
	}
	return nil
}

// Only ticks the named boxes and unticks the others.
func (v *Visitor) Only(names ...string) error {
	for i := range v.page.boxes {
		v.page.boxes[i].checked = false
	}
	return v.Set(true, names...)
}

// SignIn opens the dialog, continues as the person and says yes to
// everything. It returns the callback address with the code.
func (v *Visitor) SignIn(ctx context.Context, address, person string) (*url.URL, error) {
	if err := v.Open(ctx, address); err != nil {
		return nil, err
	}
	as := slices.IndexFunc(v.Buttons(), func(b string) bool { return strings.HasSuffix(b, " "+person) })
	if as < 0 {
		return nil, fmt.Errorf("sign in as %s: page %q (%d) has buttons %q", person, v.Heading(), v.Status(), v.Buttons())
	}
	name := v.Buttons()[as]
	for v.Landed() == nil {
		if err := v.Press(ctx, name); err != nil {
			return nil, err
		}
		if v.Landed() == nil {
			if len(v.Buttons()) == 0 {
				return nil, fmt.Errorf("sign in as %s: ended on page %q (%d)", person, v.Heading(), v.Status())
			}
			name = v.Buttons()[0] // the first one is the way on
		}
	}
	return v.Landed(), nil
}
