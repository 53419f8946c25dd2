package oauth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/pkg/browser"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// openLimit is how long an opener may take to fail. One that has not failed by
// then has opened the browser and waits for it to end (A7).
const openLimit = 3 * time.Second

var errAddress = errors.New("address is not one of a sign-in page")

// Open shows address in the system browser. It fails with problem.BrowserFailed
// when the address is not the provider's, or when no browser opens within
// three seconds, and with problem.SignInEnded after Close.
func (r *Receiver) Open(ctx context.Context, address string) error {
	if !r.flow.openable(address, signInHost(r.provider)) {
		return problem.New(problem.BrowserFailed, errAddress)
	}
	failed, ok := r.openers.start(func() error { return r.flow.open(r.life, address) })
	if !ok {
		return problem.New(problem.SignInEnded, nil)
	}
	timer := time.NewTimer(openLimit)
	defer timer.Stop()
	select {
	case err := <-failed:
		if err != nil {
			return problem.New(problem.BrowserFailed, fmt.Errorf("open browser: %w", scrub(err, address)))
		}
		return nil
	case <-timer.C:
		return nil
	case <-r.life.Done():
		return problem.New(problem.SignInEnded, nil)
	case <-ctx.Done():
		return fmt.Errorf("open browser: %w", ctx.Err())
	}
}

func (f *Flow) open(ctx context.Context, address string) error {
	if f.OpenURL != nil {
		return f.OpenURL(ctx, address)
	}
	f.quiet.Do(func() { browser.Stdout, browser.Stderr = io.Discard, io.Discard })
	return browser.OpenURL(address)
}

// scrub keeps the address, and with it the state, out of logs (A4).
func scrub(err error, address string) error {
	if !strings.Contains(err.Error(), address) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), address, "[address]"))
}

// openable reports whether address is a page on one of hosts, or of the
// sandbox. Hosts are compared as a whole: rivals fell to prefixes, suffixes and
// user-info (A6).
func (f *Flow) openable(address string, hosts ...string) bool {
	u, err := url.Parse(address)
	if err != nil || !plain(address) || u.User != nil || u.Opaque != "" {
		return false
	}
	if f.sandboxed(u) {
		return true
	}
	return u.Scheme == "https" && slices.Contains(hosts, u.Host)
}

// signInHost is where a provider signs people in.
func signInHost(p social.Provider) string {
	if p == social.LinkedIn {
		return "www.linkedin.com"
	}
	return "www.facebook.com"
}

// pageHosts are where the providers' other pages are that we show. With
// signInHost this is the compiled list.
func pageHosts() []string {
	return []string{signInHost(social.Meta), "developers.facebook.com", signInHost(social.LinkedIn)}
}

// sandboxed reports whether u is on one of the sandbox's origins. Only
// loopback can be one.
func (f *Flow) sandboxed(u *url.URL) bool {
	for _, origin := range f.Sandbox {
		o, err := url.Parse(origin)
		if err != nil || o.Scheme != "http" || !loopback(o.Hostname()) {
			continue
		}
		if u.Scheme == o.Scheme && u.Host == o.Host {
			return true
		}
	}
	return false
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// plain reports whether address holds only characters that RFC 3986 allows: no
// control or direction characters, no quotes, nothing that a desktop's opener
// script could take apart.
func plain(address string) bool {
	for _, c := range []byte(address) {
		if c <= ' ' || c > '~' || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			return false
		}
	}
	return address != ""
}
