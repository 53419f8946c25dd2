package config_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/config"
)

// TestIsLoopback: whatever stands at such an address is sent tokens, so what
// only looks like this computer is refused (design.md 6).
func TestIsLoopback(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"http://127.0.0.1:8080":         true,
		"http://127.0.0.1":              true,
		"http://127.0.0.1:8080/":        true,
		"http://127.1.2.3:8080":         true,
		"http://localhost:8080":         true,
		"http://[::1]:8080":             true,
		"http://[::ffff:127.0.0.1]:80":  true,
		"https://127.0.0.1:8080":        false,
		"http://127.0.0.1.evil.com":     false,
		"http://localhost.evil.com":     false,
		"http://localhost@evil.com":     false,
		"http://127.0.0.1:80@evil.com":  false,
		"http://user@127.0.0.1:8080":    false,
		"http://u:p@localhost":          false,
		"http://127.0.0.1:8080?a=b":     false,
		"http://127.0.0.1:8080/?":       false,
		"http://127.0.0.1:8080#x":       false,
		"http://127.0.0.1:8080/#":       false,
		"http://evil.com#@127.0.0.1":    false,
		"http://evil.com?@localhost":    false,
		"http://evil.com\\@127.0.0.1":   false,
		"http://0.0.0.0:8080":           false,
		"http://192.168.0.10":           false,
		"http://2130706433":             false,
		"http://0x7f000001":             false,
		"http://127.1":                  false,
		"http://[::]:8080":              false,
		"http://[fe80::1]:8080":         false,
		"http://:8080":                  false,
		"http://":                       false,
		"localhost:8080":                false,
		"127.0.0.1:8080":                false,
		"//127.0.0.1":                   false,
		"ftp://127.0.0.1":               false,
		"file:///etc/passwd":            false,
		"http://127.0.0.1:port":         false,
		"http://127.0.0.1 .evil.com":    false,
		"http://127.0.0.1\n.evil.com":   false,
		"http://localhost%00.evil.com/": false,
		"":                              false,
	} {
		if got := config.IsLoopback(address); got != want {
			t.Errorf("%q is this computer: %t", address, got)
		}
	}
}

func TestLoadBases(t *testing.T) {
	t.Parallel()
	t.Run("are the providers' own without a word in the environment", func(t *testing.T) {
		t.Parallel()
		loaded, err := config.Load(config.Options{DataDir: t.TempDir()}, env(nil))
		if err != nil {
			t.Fatal(err)
		}
		want := config.Bases{
			MetaWeb: "https://www.facebook.com", MetaGraph: "https://graph.facebook.com",
			LinkedInWeb: "https://www.linkedin.com", LinkedInAPI: "https://api.linkedin.com",
		}
		if diff := cmp.Diff(want, loaded.Bases); diff != "" {
			t.Errorf("bases (-want +got):\n%s", diff)
		}
	})
	variables := map[string]func(config.Bases) string{
		"KONTENT_META_WEB_URL":     func(b config.Bases) string { return b.MetaWeb },
		"KONTENT_META_GRAPH_URL":   func(b config.Bases) string { return b.MetaGraph },
		"KONTENT_LINKEDIN_WEB_URL": func(b config.Bases) string { return b.LinkedInWeb },
		"KONTENT_LINKEDIN_API_URL": func(b config.Bases) string { return b.LinkedInAPI },
	}
	for variable, base := range variables {
		t.Run(variable+" moves one base", func(t *testing.T) {
			t.Parallel()
			loaded, err := config.Load(config.Options{DataDir: t.TempDir()}, env(map[string]string{variable: "http://127.0.0.1:8080/"}))
			if err != nil {
				t.Fatal(err)
			}
			if got := base(loaded.Bases); got != "http://127.0.0.1:8080" {
				t.Errorf("base %q", got)
			}
		})
		t.Run(variable+" elsewhere is refused by name", func(t *testing.T) {
			t.Parallel()
			_, err := config.Load(config.Options{DataDir: t.TempDir()}, env(map[string]string{variable: "https://evil.example?token=x"}))
			if err == nil || !strings.Contains(err.Error(), variable) {
				t.Fatalf("error %v, want one that names the variable", err)
			}
			if strings.Contains(err.Error(), "evil") {
				t.Errorf("the error repeats the value: %v", err)
			}
		})
	}
}

func TestSandboxed(t *testing.T) {
	t.Parallel()
	const address = "http://127.0.0.1:9999"
	want := config.Bases{MetaWeb: address, MetaGraph: address, LinkedInWeb: address, LinkedInAPI: address}
	if diff := cmp.Diff(want, config.Sandboxed(address)); diff != "" {
		t.Errorf("bases (-want +got):\n%s", diff)
	}
}
