package provider

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestNoHTTP2 keeps tokens out of what GODEBUG=http2debug=2 prints: the server
// offers HTTP/2 and must not be taken up on it.
//
// Covers PL11.
func TestNoHTTP2(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	transport := newTransport(false)
	trusting, ok := server.Client().Transport.(*http.Transport)
	if !ok {
		t.Fatal("the test server has another transport")
	}
	transport.TLSClientConfig.RootCAs = trusting.TLSClientConfig.RootCAs
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = reply.Body.Close()
	if reply.ProtoMajor != 1 {
		t.Errorf("spoke %s", reply.Proto)
	}
}
