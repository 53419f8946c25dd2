// Package provider is how the project talks HTTP to a network: a client with
// deadlines, a list of hosts it may reach and a limit on what it reads; strict
// reading of token replies; and the translation of whatever goes wrong into
// the domain's words, with nothing of an address or of a reply in the text.
//
// It knows no network's endpoints, scopes or error codes: those are in the
// packages below it. It repeats nothing; when to try again is for its callers
// to decide. All that it remembers is how much of an allowance was used up.
package provider

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"golang.org/x/time/rate"
)

// Timeout is how long one call may take from the first byte sent to the last
// byte read (security.md T2).
const Timeout = 15 * time.Second

// The most that is read of one reply. What is longer is an error: half a token
// reply or half a listing would be believed otherwise.
const (
	TokenLimit   int64 = 1 << 20
	ListingLimit int64 = 8 << 20
)

// Options says where a Client may go, and how fast.
type Options struct {
	// Origins are the base addresses of the provider. A request to anywhere
	// else is refused. They must be https, or http on a loopback address.
	Origins []string
	// Limiter spaces requests out; nil for no limit.
	Limiter *rate.Limiter
	// Timeout is for one call; 0 means Timeout.
	Timeout time.Duration
	// Transport replaces the network in tests.
	Transport http.RoundTripper
}

// Client calls one provider. It is safe for concurrent use.
type Client struct {
	shared  *http.Client
	once    *http.Client
	limiter *rate.Limiter
	meter   *meter
	timeout time.Duration
	sent    atomic.Int64
}

// NewClient returns a client for the origins in o. It fails with
// problem.BadEnvironment when an origin is not an address it may use.
func NewClient(o Options) (*Client, error) {
	allowed, err := parseOrigins(o.Origins)
	if err != nil {
		return nil, problem.New(problem.BadEnvironment, err)
	}
	c := &Client{limiter: o.Limiter, meter: newMeter(), timeout: o.Timeout}
	if c.timeout == 0 {
		c.timeout = Timeout
	}
	kept, fresh := o.Transport, o.Transport
	if o.Transport == nil {
		kept, fresh = newTransport(true), newTransport(false)
	}
	c.shared = &http.Client{Transport: guard{allowed, kept}, CheckRedirect: stay}
	c.once = &http.Client{Transport: guard{allowed, fresh}, CheckRedirect: stay}
	return c, nil
}

// Requests returns how many requests were handed to the network so far.
func (c *Client) Requests() int64 { return c.sent.Load() }

// Close lets go of idle connections. The client can be used afterwards.
func (c *Client) Close() { c.shared.CloseIdleConnections() }

// Request is one call. It holds secrets in plain text, so it prints as its
// method and act only.
type Request struct {
	// Act names the call in errors, such as "list pages".
	Act    string
	Method string
	// URL is a base address with an escaped path, and no query.
	URL   string
	Query url.Values
	// Form, if not nil, is sent as the body.
	Form url.Values
	// Bearer is sent in the Authorization header, never in the address
	// (security.md T3).
	Bearer social.Secret
	Header http.Header
	// Budget is the allowance that the request draws on.
	Budget Budget
	// Limit is the most that is read of the reply; 0 means ListingLimit.
	Limit int64
	// Once is for what must never be sent twice, such as a code: it gets a
	// connection of its own, because net/http silently repeats what failed on
	// a reused one.
	Once bool
}

// Format writes the method and the act for every verb.
func (r Request) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "%s (%s)", r.Method, r.Act) }

// Do sends r once and reads the reply, whatever its status. The error is a
// *social.Trouble with a *problem.Error below it, or ctx's own error when the
// caller called it off.
//
// Near the end of an allowance it waits before it sends, and where that would
// take too long it sends nothing and says how long; see Budget.
func (c *Client) Do(ctx context.Context, r Request) (Reply, error) {
	if err := c.hold(ctx, r); err != nil {
		return Reply{}, err
	}
	if c.limiter != nil {
		if err := c.limiter.Wait(ctx); err != nil {
			return Reply{}, limiterTrouble(ctx, r.Act)
		}
	}
	within, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := build(within, r)
	if err != nil {
		return Reply{}, err
	}
	client := c.shared
	if r.Once {
		client = c.once
	}
	c.sent.Add(1)
	resp, err := client.Do(req)
	if err != nil {
		return Reply{}, networkTrouble(ctx, r.Act, err, false)
	}
	defer func() { _ = resp.Body.Close() }()
	c.meter.note(r.Budget, resp.Header, time.Now())
	return read(ctx, r, resp)
}

func read(ctx context.Context, r Request, resp *http.Response) (Reply, error) {
	limit := r.Limit
	if limit == 0 {
		limit = ListingLimit
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return Reply{}, networkTrouble(ctx, r.Act, err, true)
	}
	if int64(len(body)) > limit {
		return Reply{}, unreadable(fmt.Errorf("%s: reply is longer than %d bytes", r.Act, limit))
	}
	return Reply{Status: resp.StatusCode, Header: resp.Header, Body: body, act: r.Act}, nil
}

func build(ctx context.Context, r Request) (*http.Request, error) {
	address := r.URL
	if len(r.Query) > 0 {
		address += "?" + r.Query.Encode()
	}
	var body io.Reader
	if r.Form != nil {
		body = strings.NewReader(r.Form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, address, body)
	if err != nil {
		// err would print the address, and with it a token.
		return nil, problem.New(problem.Internal, fmt.Errorf("%s: address cannot be built", r.Act))
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "kontent-connect")
	if r.Form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if !r.Bearer.Empty() {
		req.Header.Set("Authorization", "Bearer "+r.Bearer.Reveal())
	}
	return req, nil
}
