package relay_test

import (
	"crypto/sha256"
	"encoding/base64"
	"os"
	"regexp"
	"strings"
	"testing"
)

func readPage(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("index.html")
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// The policy allows this script and this style and nothing else.
func TestPolicyIsForWhatIsInThePage(t *testing.T) {
	t.Parallel()
	page := readPage(t)
	for directive, element := range map[string]string{"script-src": "script", "style-src": "style"} {
		parts := regexp.MustCompile(`(?s)<`+element+`>(.*?)</`+element+`>`).FindAllStringSubmatch(page, -1)
		if len(parts) != 1 || strings.Count(page, "<"+element) != 1 {
			t.Fatalf("%d plain elements %s", len(parts), element)
		}
		digest := sha256.Sum256([]byte(parts[0][1]))
		want := directive + " 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'"
		if !strings.Contains(page, want+";") {
			t.Errorf("the policy should say %s", want)
		}
	}
	policy := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)
	if policy == nil || !strings.HasPrefix(policy[1], "default-src 'none'; ") || strings.Contains(policy[1], "unsafe") || strings.Contains(policy[1], "http") {
		t.Errorf("policy %q", policy)
	}
	if !strings.Contains(page, `<meta name="referrer" content="no-referrer">`) {
		t.Error("the page tells where the browser came from")
	}
	if strings.Index(page, "http-equiv") > strings.Index(page, "<script") || strings.Index(page, "http-equiv") > strings.Index(page, "<style") {
		t.Error("the policy comes too late")
	}
}

// No reference leads out of the page; the one address in it is this computer's.
func TestNothingIsLoadedFromElsewhere(t *testing.T) {
	t.Parallel()
	page := readPage(t)
	for _, address := range regexp.MustCompile(`[a-z]*://[^"\s]*|//[a-z0-9.-]+\.[a-z]+|url\(|@import`).FindAllString(page, -1) {
		if address != "http://localhost:" {
			t.Errorf("refers to %s", address)
		}
	}
	for _, attribute := range regexp.MustCompile(`(?i)\b(src|href|action|srcset|data|ping|poster)\s*=\s*"([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if attribute[2] != "data:," {
			t.Errorf("refers to %s", attribute[0])
		}
	}
	for _, word := range []string{"innerHTML", "document.write", "eval(", "textContent", "insertAdjacent", "fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket", "localStorage", "document.cookie", "window.open", "import(", "onload=", "onerror=", "console."} {
		if strings.Contains(page, word) {
			t.Errorf("uses %s", word)
		}
	}
	if strings.Count(page, "location.replace(") != 1 || strings.Contains(page, "location =") || strings.Contains(page, "location.href") || strings.Contains(page, "location.assign") {
		t.Error("the page leaves in more than one way")
	}
}
