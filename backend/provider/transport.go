package provider

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// errHost is a bug in this program or a provider's answer that was believed:
// either way nothing may be sent.
var errHost = errors.New("host is not on the list")

// guard checks the address of every request, also of those that a later
// change of redirect rules would make.
type guard struct {
	allowed map[string]bool
	next    http.RoundTripper
}

func (g guard) RoundTrip(req *http.Request) (*http.Response, error) {
	if !g.allowed[originOf(req.URL)] {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, errHost
	}
	return g.next.RoundTrip(req)
}

// CloseIdleConnections passes the wish on; http.Client looks for it.
func (g guard) CloseIdleConnections() {
	if t, ok := g.next.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// stay makes a redirect an ordinary reply: a followed 307 carries the code and
// the app secret to another host (security.md 0.5).
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func newTransport(keepAlive bool) *http.Transport {
	dialer := &net.Dialer{Timeout: 8 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  proxyOf,
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    8 * time.Second,
		ResponseHeaderTimeout:  12 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		// Short, because a socket that slept with the laptop is dead without
		// anybody telling (security.md NW06).
		IdleConnTimeout:     30 * time.Second,
		MaxIdleConnsPerHost: 4,
		DisableKeepAlives:   !keepAlive,
		// HTTP/1.1 only: the standard library's HTTP/2 writes every header,
		// tokens included, to standard error when GODEBUG=http2debug=2 is in
		// the environment, and reads that before main can clear it
		// (security.md PL11).
		ForceAttemptHTTP2: false,
	}
}

// proxyOf never sends loopback traffic to a proxy: HTTP_PROXY may name a
// listener on this computer (security.md NW02).
func proxyOf(req *http.Request) (*url.URL, error) {
	if loopback(req.URL.Hostname()) {
		return nil, nil //nolint:nilnil // http.Transport.Proxy defines nil, nil as "no proxy"
	}
	return http.ProxyFromEnvironment(req)
}

func parseOrigins(bases []string) (map[string]bool, error) {
	allowed := make(map[string]bool, len(bases))
	for _, base := range bases {
		u, err := url.Parse(base)
		if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return nil, errors.New("base address is not an address")
		}
		if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
			return nil, fmt.Errorf("base address on %q is neither https nor loopback", u.Hostname())
		}
		allowed[originOf(u)] = true
	}
	return allowed, nil
}

func originOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}
