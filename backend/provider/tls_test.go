package provider

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// What cannot be trusted gets nothing: the request, with its token, is never
// sent, and the account stays as it is.
//
// Covers TK06, NW03, T2.
func TestNothingIsSentWithoutATrustedConnection(t *testing.T) {
	t.Parallel()
	trusting := func(server *httptest.Server) *http.Transport {
		transport := newTransport(false)
		roots := x509.NewCertPool()
		roots.AddCert(server.Certificate())
		transport.TLSClientConfig.RootCAs = roots
		return transport
	}
	for name, tc := range map[string]struct {
		prepare func(*httptest.Server)
		change  func(*http.Transport)
		host    string // instead of the server's own address
		trouble bool
	}{
		"a certificate that is right": {},
		"a root that nobody knows":    {change: func(tr *http.Transport) { tr.TLSClientConfig.RootCAs = x509.NewCertPool() }, trouble: true},
		"another host's certificate":  {host: "localhost", trouble: true},
		"a certificate that has ended": {change: func(tr *http.Transport) {
			tr.TLSClientConfig.Time = func() time.Time { return time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC) }
		}, trouble: true},
		"TLS as it was in 2006": {prepare: func(s *httptest.Server) {
			s.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
		}, trouble: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := make(chan struct{}, 1)
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				asked <- struct{}{}
				_, _ = io.WriteString(w, "{}")
			}))
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			if tc.prepare != nil {
				tc.prepare(server)
			}
			server.StartTLS()
			t.Cleanup(server.Close)
			address := server.URL
			if tc.host != "" {
				address = strings.Replace(address, "127.0.0.1", tc.host, 1)
			}
			transport := trusting(server)
			if tc.change != nil {
				tc.change(transport)
			}
			client, err := NewClient(Options{Origins: []string{address}, Transport: transport})
			if err != nil {
				t.Fatal(err)
			}
			err = client.Call(t.Context(), Request{Act: "look", Method: http.MethodGet, URL: address, Bearer: social.NewSecret("T")}, nil, nil)
			var trouble *social.Trouble
			switch {
			case !tc.trouble && (err != nil || len(asked) != 1):
				t.Errorf("got %v after %d requests", err, len(asked))
			case tc.trouble && (!errors.As(err, &trouble) || trouble.Refused || len(asked) != 0):
				t.Errorf("got %v after %d requests", err, len(asked))
			}
		})
	}
}
