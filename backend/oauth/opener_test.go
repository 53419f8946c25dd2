package oauth

import (
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

// pick returns one of some.
func pick[T any](random *rand.Rand, some ...T) T { return some[random.IntN(len(some))] }

// address makes up an address of parts that rivals fell to: some are pages of
// LinkedIn, most look like one.
func address(random *rand.Rand) string {
	scheme := pick(random, "https://", "https://", "https://", "http://", "HTTPS://", "https:/", "https:", "//", "", "ftp://", "file://",
		"javascript:", "data:text/html,", "ms-msdt:", "search-ms:", "smb://", "view-source:https://", "https:\\\\", "https:///")
	user := pick(random, "", "", "", "me@", "me:pw@", "www.linkedin.com@", "www.linkedin.com%40", "www.linkedin.com:443@")
	host := pick(random, "www.linkedin.com", "www.linkedin.com", "www.linkedin.com", "WWW.LinkedIn.com", "linkedin.com", "www.linkedin.com.",
		"www.linkedin.com.evil.example", "evil.example", "evilwww.linkedin.com", "www.linkedin.com%2eevil.example", "www.linkedin.com%00.evil.example",
		"www。linkedin。com", "www.lınkedin.com", "www.linkedin.com\u202e", "[::1]", "127.0.0.1", "localhost", "2130706433", "", "www.facebook.com", "developers.facebook.com")
	port := pick(random, "", "", "", ":443", ":8443", ":", ":0x1bb", ":-1")
	path := pick(random, "", "/", "/oauth/v2/authorization", "//evil.example", "/\\evil.example", "/../", "/%2e%2e", ";x", "\\@evil.example", "@evil.example")
	query := pick(random, "", "?", "?state=abc", "?next=https://evil.example", "?q=\"&calc", "?q=`id`", "?q=$(id)", "?q= --flag", "?q=%0d%0aX: y", "?q='", "?q=<script>", "?q={}|^")
	end := pick(random, "", "", "", "#", "#frag", "\n", "\r\nX: y", "\x00", "\t", "\u202e", " ", "%")
	return scheme + user + host + port + path + query + end
}

// ours reads an address with nothing but comparisons of text: what else a parser
// might see in it does not count.
func ours(address, host string) bool {
	const scheme = "https://"
	if len(address) < len(scheme) || !strings.EqualFold(address[:len(scheme)], scheme) {
		return false
	}
	rest, is := strings.CutPrefix(address[len(scheme):], host)
	return is && (rest == "" || strings.ContainsAny(rest[:1], "/?#")) && !strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' })
}

// Covers G18, A6.
func TestNoMadeUpAddressOpensAnythingElse(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	opened := 0
	for range rounds(100_000, 5_000_000) {
		made := address(random)
		if !(&Flow{}).openable(made, signInHost(social.LinkedIn)) {
			continue
		}
		opened++
		if !ours(made, "www.linkedin.com") {
			t.Fatalf("%q would be opened", made)
		}
	}
	if opened == 0 {
		t.Error("none of them was a page of LinkedIn's: the rest proves little")
	}
}

// Every address that a sign-in can lead to opens, whatever its values are: Go
// escapes them.
//
// Covers G18.
func TestEveryRealSignInPageOpens(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	word := func() string {
		letters := make([]rune, random.IntN(60))
		for i := range letters {
			letters[i] = pick(random, 'a', 'Z', '0', '-', '_', '.', '~', ' ', '"', '&', '%', '+', '/', ':', ',', '[', '{', 'é', '\n', '\u202e', '😀')
		}
		return string(letters)
	}
	for range rounds(10_000, 200_000) {
		query := url.Values{
			"client_id": {word()}, "redirect_uri": {"http://localhost:17653/callback/" + word()}, "state": {newState()},
			"scope": {word() + "," + word()}, "config_id": {word()}, "code_challenge": {word()},
		}.Encode()
		for p, page := range map[social.Provider]string{
			social.Meta:     "https://www.facebook.com/v26.0/dialog/oauth?" + query,
			social.LinkedIn: "https://www.linkedin.com/oauth/v2/authorization?" + query,
		} {
			if !(&Flow{}).openable(page, signInHost(p)) {
				t.Fatalf("%q does not open", page)
			}
		}
	}
}

// Covers A6.
func FuzzOpener(f *testing.F) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		f.Add(address(random))
	}
	f.Add(signInPage)
	f.Fuzz(func(t *testing.T, address string) {
		if (&Flow{}).openable(address, "www.linkedin.com") && !ours(address, "www.linkedin.com") {
			t.Fatalf("%q would be opened", address)
		}
	})
}
