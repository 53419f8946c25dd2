package oauth

import (
	"encoding/base64"
	"net"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

func occupy(t *testing.T, ip string, port int) {
	t.Helper()
	listener, err := net.Listen("tcp", hostPort(ip, port))
	if err != nil {
		t.Skipf("this machine has no %s", ip)
	}
	t.Cleanup(func() { _ = listener.Close() })
}

// Covers CB16, CB29, CB30, L1, L2, L3.
func TestListenLocalhost(t *testing.T) {
	t.Parallel()
	t.Run("takes the first port, on both loopback addresses", func(t *testing.T) {
		t.Parallel()
		ports := freePorts(t, 2)
		w := worldOf(t, &Flow{}, social.Meta, social.ProviderApp{Redirect: social.RedirectLocalhost, Ports: ports})
		if want := "http://" + hostPort("localhost", ports[0]) + "/callback/meta"; w.RedirectURI() != want {
			t.Errorf("redirect %q, want %q", w.RedirectURI(), want)
		}
		for _, ip := range []string{"127.0.0.1", "::1"} {
			if ip == "::1" && !hasIPv6(t.Context()) {
				continue
			}
			conn, err := net.Dial("tcp", hostPort(ip, ports[0]))
			if err != nil {
				t.Fatalf("L1 %s is not ours: %v", ip, err)
			}
			_ = conn.Close()
		}
	})
	t.Run("does not listen beyond loopback", func(t *testing.T) {
		t.Parallel()
		w := newLocalhostWorld(t, social.Meta)
		for _, listener := range w.binding.listeners {
			if ip := listener.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
				t.Errorf("L1 bound to %s", ip)
			}
		}
	})
	t.Run("CB29 a taken port is passed over", func(t *testing.T) {
		t.Parallel()
		ports := freePorts(t, 2)
		occupy(t, "127.0.0.1", ports[0])
		w := worldOf(t, &Flow{}, social.Meta, social.ProviderApp{Redirect: social.RedirectLocalhost, Ports: ports})
		if w.binding.port != ports[1] {
			t.Errorf("took %d", w.binding.port)
		}
	})
	t.Run("CB30 a port whose IPv6 half belongs to another process is passed over", func(t *testing.T) {
		t.Parallel()
		ports := freePorts(t, 2)
		occupy(t, "::1", ports[0])
		w := worldOf(t, &Flow{}, social.Meta, social.ProviderApp{Redirect: social.RedirectLocalhost, Ports: ports})
		if w.binding.port != ports[1] {
			t.Errorf("took %d", w.binding.port)
		}
		if conn, err := net.Dial("tcp", hostPort("127.0.0.1", ports[0])); err == nil {
			_ = conn.Close()
			t.Error("the IPv4 half was kept")
		}
	})
	t.Run("CB29 no free port is said with the ports", func(t *testing.T) {
		t.Parallel()
		ports := freePorts(t, 2)
		occupy(t, "127.0.0.1", ports[0])
		occupy(t, "127.0.0.1", ports[1])
		_, err := (&Flow{}).Listen(t.Context(), social.Meta, social.ProviderApp{Redirect: social.RedirectLocalhost, Ports: ports})
		found := problem.From(err)
		if problem.CodeOf(err) != problem.PortsBusy || found.Args["ports"] != joined(ports) {
			t.Errorf("got %v with %v", err, found.Args)
		}
	})
	t.Run("CB29 the port is free again after Close, at once", func(t *testing.T) {
		t.Parallel()
		ports := freePorts(t, 1)
		app := social.ProviderApp{Redirect: social.RedirectLocalhost, Ports: ports}
		for range 3 {
			w := worldOf(t, &Flow{}, social.Meta, app)
			w.visit(w.target())
			_ = w.Close()
			_ = w.Close()
		}
	})
	t.Run("CB16 the literal address is not its host", func(t *testing.T) {
		t.Parallel()
		w := newLocalhostWorld(t, social.LinkedIn)
		if got := w.send(request("GET", w.target(), hostPort("127.0.0.1", w.binding.port))); got.status != 421 {
			t.Errorf("status %d", got.status)
		}
		w.stillWaits()
	})
}

// Covers L1, L2, L12.
func TestListenNative(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if !strings.HasPrefix(w.RedirectURI(), "http://127.0.0.1:") || !strings.HasSuffix(w.RedirectURI(), "/callback/linkedin") {
		t.Errorf("redirect %q", w.RedirectURI())
	}
}

// Covers L12.
func TestListenRelay(t *testing.T) {
	t.Parallel()
	app := social.ProviderApp{Redirect: social.RedirectRelay, RelayURL: "https://kontent.example/relay/", Ports: freePorts(t, 3)}
	t.Run("the provider gets the relay's address, and the state says the port and the provider", func(t *testing.T) {
		t.Parallel()
		w := worldOf(t, &Flow{}, social.Meta, app)
		raw, err := base64.RawURLEncoding.DecodeString(w.State())
		if err != nil || len(raw) != 35 {
			t.Fatalf("state of %d bytes: %v", len(raw), err)
		}
		if port := int(raw[33])<<8 | int(raw[34]); port != w.binding.port || raw[32] != 'm' {
			t.Errorf("state says port %d, provider %q", port, raw[32])
		}
		if w.RedirectURI() != app.RelayURL {
			t.Errorf("redirect %q", w.RedirectURI())
		}
		w.visit(w.target())
		w.hasCode("the-code")
	})
	t.Run("a state whose port was changed on the way is refused", func(t *testing.T) {
		t.Parallel()
		w := worldOf(t, &Flow{}, social.LinkedIn, app)
		raw, _ := base64.RawURLEncoding.DecodeString(w.State())
		raw[34] ^= 1
		if got := w.visit(w.target(with("state", base64.RawURLEncoding.EncodeToString(raw)))); got.status != 400 {
			t.Errorf("status %d", got.status)
		}
		w.stillWaits()
	})
}

func TestListenRefusesSettingsWithoutSense(t *testing.T) {
	t.Parallel()
	relay := func(address string) social.ProviderApp {
		return social.ProviderApp{Redirect: social.RedirectRelay, RelayURL: address}
	}
	for name, tc := range map[string]struct {
		p   social.Provider
		app social.ProviderApp
	}{
		"a pasted token needs no receiver":    {social.Meta, social.ProviderApp{Redirect: social.RedirectPaste}},
		"Meta has no native mode":             {social.Meta, social.ProviderApp{Redirect: social.RedirectNative}},
		"no mode":                             {social.Meta, social.ProviderApp{}},
		"an unknown provider":                 {"myspace", social.ProviderApp{Redirect: social.RedirectLocalhost}},
		"a port out of range":                 {social.Meta, social.ProviderApp{Redirect: social.RedirectLocalhost, Ports: []int{70000}}},
		"port 0":                              {social.Meta, social.ProviderApp{Redirect: social.RedirectLocalhost, Ports: []int{0}}},
		"no relay address":                    {social.Meta, relay("")},
		"a relay without TLS":                 {social.Meta, relay("http://kontent.example/relay")},
		"a relay on loopback, not in sandbox": {social.Meta, relay("http://127.0.0.1:9/relay")},
		"a relay with a query":                {social.Meta, relay("https://kontent.example/relay?a=b")},
		"a relay with a fragment":             {social.Meta, relay("https://kontent.example/relay#a")},
		"a relay with a user":                 {social.Meta, relay("https://me@kontent.example/relay")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := (&Flow{}).Listen(t.Context(), tc.p, tc.app)
			if err == nil {
				_ = r.Close()
			}
			if problem.CodeOf(err) != problem.AppInvalid {
				t.Errorf("got %v", err)
			}
		})
	}
}
