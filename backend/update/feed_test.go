package update_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/update"
)

func now() time.Time { return time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC) }

func news(change ...func(*update.News)) update.News {
	n := update.News{
		Version: "0.2.0", Page: "https://kontent.example/releases/0.2.0",
		Issued: now().Add(-time.Hour), Expires: now().Add(30 * 24 * time.Hour),
	}
	for _, f := range change {
		f(&n)
	}
	return n
}

// keys are the same in every run.
func keys(seed byte) (ed25519.PublicKey, ed25519.PrivateKey) {
	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	return private.Public().(ed25519.PublicKey), private
}

func sign(t *testing.T, key ed25519.PrivateKey, n update.News) []byte {
	t.Helper()
	file, err := update.Sign(key, n)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAFeedIsBelievedFromThoseWhoReleaseAlone(t *testing.T) {
	t.Parallel()
	public, private := keys(1)
	_, stranger := keys(2)
	file := sign(t, private, news())
	if got, err := update.Open(public, file); err != nil || got != news() {
		t.Fatalf("it says %+v: %v", got, err)
	}

	var parts map[string][]byte
	if err := json.Unmarshal(file, &parts); err != nil {
		t.Fatal(err)
	}
	with := func(name string, change func([]byte) []byte) []byte {
		changed := map[string][]byte{"news": parts["news"], "signature": parts["signature"]}
		changed[name] = change(bytes.Clone(parts[name]))
		text, err := json.Marshal(changed)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	bare, err := json.Marshal(map[string][]byte{"news": parts["news"], "signature": ed25519.Sign(private, parts["news"])})
	if err != nil {
		t.Fatal(err)
	}
	for what, tc := range map[string]struct {
		file []byte
		want error
	}{
		"signed by a stranger":             {sign(t, stranger, news()), update.ErrSignature},
		"with another version in it":       {with("news", func(b []byte) []byte { return bytes.Replace(b, []byte("0.2.0"), []byte("0.9.0"), 1) }), update.ErrSignature},
		"with a bit of the signature gone": {with("signature", func(b []byte) []byte { b[0] ^= 1; return b }), update.ErrSignature},
		"without a signature":              {with("signature", func([]byte) []byte { return nil }), update.ErrSignature},
		"signed for another purpose":       {bare, update.ErrSignature},
		"that is a page":                   {[]byte("<html>"), update.ErrContent},
		"that is empty":                    {nil, update.ErrContent},
	} {
		if _, err := update.Open(public, tc.file); !errors.Is(err, tc.want) {
			t.Errorf("a feed %s: %v, want %v", what, err, tc.want)
		}
	}
	if _, err := update.Open(nil, file); !errors.Is(err, update.ErrSignature) {
		t.Errorf("without a key: %v", err)
	}
}

func TestNewsOfAnotherFormAreNotSigned(t *testing.T) {
	t.Parallel()
	_, private := keys(1)
	for what, change := range map[string]func(*update.News){
		"a version with more behind it": func(n *update.News) { n.Version = "0.2.0-rc1" },
		"a version of two numbers":      func(n *update.News) { n.Version = "0.2" },
		"a number with a zero before":   func(n *update.News) { n.Version = "0.02.0" },
		"a number without end":          func(n *update.News) { n.Version = "0.1.99999999999999999999" },
		"a page without https":          func(n *update.News) { n.Page = "http://kontent.example" },
		"a page that is a program":      func(n *update.News) { n.Page = "javascript:alert(1)" },
		"a page with a password":        func(n *update.News) { n.Page = "https://a:b@kontent.example" },
		"a page too long":               func(n *update.News) { n.Page = "https://kontent.example/" + strings.Repeat("a", 500) },
		"no date":                       func(n *update.News) { n.Issued = time.Time{} },
		"an end before the beginning":   func(n *update.News) { n.Expires = n.Issued },
	} {
		if _, err := update.Sign(private, news(change)); !errors.Is(err, update.ErrContent) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestNewsAreBelievedInTheirTime(t *testing.T) {
	t.Parallel()
	for what, tc := range map[string]struct {
		n, seen update.News
		want    error
	}{
		"that are new":                               {news(), update.News{}, nil},
		"that were seen":                             {news(), news(), nil},
		"older than what was seen":                   {news(), news(func(n *update.News) { n.Issued = n.Issued.Add(time.Minute) }), update.ErrOlder},
		"that have expired":                          {news(func(n *update.News) { n.Expires = now() }), update.News{}, update.ErrExpired},
		"from a clock a little ahead":                {news(func(n *update.News) { n.Issued = now().Add(23 * time.Hour) }), update.News{}, nil},
		"from the future":                            {news(func(n *update.News) { n.Issued = now().Add(25 * time.Hour) }), update.News{}, update.ErrFuture},
		"of an older version, said later on purpose": {news(func(n *update.News) { n.Version = "0.1.0"; n.Issued = now() }), news(), nil},
	} {
		if err := tc.n.Current(tc.seen, now()); !errors.Is(err, tc.want) {
			t.Errorf("news %s: %v, want %v", what, err, tc.want)
		}
	}
}

func TestNewer(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		a, b string
		want bool
	}{
		{"0.2.0", "0.1.9", true}, {"0.10.0", "0.9.0", true}, {"1.0.0", "0.99.99", true}, {"0.1.1", "0.1.0", true},
		{"0.1.0", "0.1.0", false}, {"0.1.0", "0.2.0", false},
		{"0.2.0", "own build", false}, {"nonsense", "0.1.0", false},
	} {
		if got := update.Newer(tc.a, tc.b); got != tc.want {
			t.Errorf("%s is newer than %s: %t", tc.a, tc.b, got)
		}
	}
}

func FuzzOpen(f *testing.F) {
	public, private := keys(1)
	file, err := update.Sign(private, news())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Add([]byte(`{"news":"e30=","signature":""}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		if got, err := update.Open(public, file); err == nil && got != news() {
			t.Errorf("it believes %+v", got)
		}
	})
}
