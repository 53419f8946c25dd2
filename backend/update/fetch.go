package update

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const (
	// patience is how long the feed may take.
	patience = 10 * time.Second
	// mostFile is the most that is read of it, in bytes.
	mostFile = 16 << 10
)

var errUnreachable = errors.New("the feed could not be reached")

// Fetcher reads the one address that it was made for.
type Fetcher struct {
	address string
	client  *http.Client
}

// NewFetcher returns a fetcher of the feed at address, which must be https.
// transport is nil but for tests.
func NewFetcher(address string, transport http.RoundTripper) (*Fetcher, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, errors.New("the feed's address is not https")
	}
	if transport == nil {
		transport = &http.Transport{
			Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: patience, ResponseHeaderTimeout: patience, MaxResponseHeaderBytes: 64 << 10,
			// Once a day: nothing is kept open for the next time.
			DisableKeepAlives: true, DisableCompression: true,
		}
	}
	return &Fetcher{address: address, client: &http.Client{
		Transport: transport,
		// The address is the program's; a server has no say in it.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Fetch brings the file. Who asks is not told: neither the version nor the
// system is in the request.
func (f *Fetcher) Fetch(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.address, nil)
	if err != nil {
		return nil, errUnreachable
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "kontent-connect")
	response, err := f.client.Do(request)
	if err != nil {
		return nil, errUnreachable
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the feed's server answered %d", response.StatusCode)
	}
	file, err := io.ReadAll(io.LimitReader(response.Body, mostFile+1))
	switch {
	case err != nil:
		return nil, errUnreachable
	case len(file) > mostFile:
		return nil, ErrContent
	}
	return file, nil
}
