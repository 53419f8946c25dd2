package picture

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	// patience is how long one picture may take.
	patience = 10 * time.Second
	// mostFile is the most that is read of one.
	mostFile = 1 << 20
	// mostRedirects is how often a server may send us on, within the list.
	mostRedirects = 2
)

// servers are where Meta and LinkedIn keep pictures: these names and all below
// them.
func servers() []string { return []string{"fbcdn.net", "cdninstagram.com", "fbsbx.com", "licdn.com"} }

// Why a picture was not had. An address is in none of them.
var (
	errServer      = errors.New("the address leads to another server")
	errUnreachable = errors.New("the server could not be reached")
	errLong        = errors.New("the file is too long")
)

// Fetcher gets pictures from the networks' servers. It sends no cookie, no
// token, and nothing else that could tell who asks.
type Fetcher struct {
	client   *http.Client
	patience time.Duration
}

// NewFetcher returns a Fetcher. sandboxes are origins on this computer that
// stand in for the networks.
func NewFetcher(sandboxes []string) *Fetcher {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	return &Fetcher{patience: patience, client: &http.Client{
		Transport: guard{sandboxes, &http.Transport{
			Proxy: proxyOf, DialContext: dialer.DialContext,
			TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: patience,
			MaxResponseHeaderBytes: 64 << 10, IdleConnTimeout: 10 * time.Second, MaxIdleConnsPerHost: atOnce,
			// What is compressed once more could be a bomb, and no picture is.
			DisableCompression: true,
		}},
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if len(via) > mostRedirects {
				return errServer
			}
			return nil
		},
	}}
}

// Close lets go of idle connections.
func (f *Fetcher) Close() { f.client.CloseIdleConnections() }

// Fetch returns the file at link. The error tells nothing of the address;
// errUnreachable is one of the way there, and not of this picture.
func (f *Fetcher) Fetch(ctx context.Context, link string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, f.patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		return nil, errServer
	}
	request.Header.Set("Accept", "image/jpeg, image/png, image/gif")
	request.Header.Set("User-Agent", "kontent-connect")
	response, err := f.client.Do(request)
	switch {
	case errors.Is(err, errServer):
		return nil, errServer
	case err != nil:
		return nil, errUnreachable
	}
	defer func() { _ = response.Body.Close() }()
	switch {
	case response.StatusCode >= http.StatusInternalServerError:
		return nil, errUnreachable
	case response.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("the server answered %d", response.StatusCode)
	case response.ContentLength > mostFile:
		return nil, errLong
	}
	file, err := io.ReadAll(io.LimitReader(response.Body, mostFile+1))
	switch {
	case err != nil:
		return nil, errUnreachable
	case len(file) > mostFile:
		return nil, errLong
	}
	return file, nil
}

// guard checks the address of every request, also of one that a server sent us
// on to.
type guard struct {
	sandboxes []string
	next      *http.Transport
}

func (g guard) RoundTrip(r *http.Request) (*http.Response, error) {
	if !g.allows(r.URL) {
		return nil, errServer
	}
	// A server that sends us on would be told from where.
	r = r.Clone(r.Context())
	r.Header.Del("Referer")
	return g.next.RoundTrip(r)
}

// CloseIdleConnections passes the wish on; http.Client looks for it.
func (g guard) CloseIdleConnections() { g.next.CloseIdleConnections() }

func (g guard) allows(u *url.URL) bool {
	if u.User != nil {
		return false
	}
	if slices.Contains(g.sandboxes, u.Scheme+"://"+u.Host) {
		return true
	}
	if u.Scheme != "https" || u.Port() != "" && u.Port() != "443" {
		return false
	}
	host := strings.ToLower(u.Hostname())
	return slices.ContainsFunc(servers(), func(server string) bool {
		return host == server || strings.HasSuffix(host, "."+server)
	})
}

// proxyOf never sends what is for this computer to a proxy.
func proxyOf(r *http.Request) (*url.URL, error) {
	if r.URL.Scheme == "http" {
		return nil, nil //nolint:nilnil // http.Transport.Proxy defines nil, nil as "no proxy"
	}
	return http.ProxyFromEnvironment(r)
}
