package meta

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// verdict is what an error comes to (security.md T4).
type verdict string

const (
	tryAgain   verdict = "try again"
	reconnect  verdict = "reconnect"
	permission verdict = "permission missing"
	ourFault   verdict = "our fault"
)

func verdictOf(err error) verdict {
	var trouble *social.Trouble
	switch {
	case !errors.As(err, &trouble):
		return "no verdict"
	case trouble.Refused:
		return reconnect
	}
	switch trouble.Cause {
	case social.CausePermissionMissing, social.CauseNotInGrant, social.CauseRoleLost:
		return permission
	case social.CauseAppSetup, social.CauseVersionRetired:
		return ourFault
	default:
		return tryAgain
	}
}

// due is the verdict that T4 and meta.md 5 ask for, written out a second time on
// purpose.
func due(code, subcode int64) verdict {
	switch {
	case subcode == 2207050, subcode == 2207051: // Instagram's own limits, under any code
		return tryAgain
	case (code == 190 || code == 102) && subcode == 492: // one Page's role
		return permission
	case code == 190, code == 102:
		return reconnect
	case code == 10, code >= 200 && code <= 299, code == 33, code == 803, code == 100 && subcode == 33:
		return permission
	case code == 3, code == 101, code == 104, code == 2635:
		return ourFault
	default:
		return tryAgain
	}
}

// answer is a network that always says the same.
type answer struct {
	status int
	body   string
}

func (a answer) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: a.status, Header: http.Header{"Content-Type": {"text/javascript; charset=UTF-8"}},
		Body: io.NopCloser(bytes.NewBufferString(a.body)), Request: r,
	}, nil
}

// verdict is what a caller of Meta makes of the answer.
func (a answer) verdict(t *testing.T) (verdict, error) {
	t.Helper()
	const graph = "https://graph.facebook.com"
	client, err := provider.NewClient(provider.Options{Origins: []string{graph}, Transport: a})
	if err != nil {
		t.Fatal(err)
	}
	err = client.Call(t.Context(), provider.Request{Act: "look", Method: http.MethodGet, URL: graph + "/me"}, explain, nil)
	return verdictOf(err), err
}

// graphAnswer makes up an error of Meta's: numbers as numbers or as text, in
// whatever status, with words that mean nothing.
func graphAnswer(random *rand.Rand) (a answer, code, subcode int64) {
	known := []int64{0, 1, 2, 3, 4, 10, 17, 32, 33, 100, 101, 102, 104, 190, 200, 210, 250, 299, 300, 341, 368, 506, 613, 803, 2500, 2635, 80000, 80007, 80014}
	subs := []int64{0, 33, 458, 459, 460, 463, 464, 467, 483, 490, 492, 1390008, 1404082, 2207050, 2207051}
	code, subcode = known[random.IntN(len(known))], subs[random.IntN(len(subs))]
	if random.IntN(4) == 0 {
		code = random.Int64N(100_000)
	}
	if random.IntN(4) == 0 {
		subcode = random.Int64N(3_000_000)
	}
	form := []string{`{"code":%d,"error_subcode":%d,"message":%q}`, `{"message":%[3]q,"code":"%[1]d","error_subcode":"%[2]d"}`, `{"error_subcode":%[2]d,"type":"OAuthException","code":%[1]d,"x":[%[3]q]}`}[random.IntN(3)]
	words := []string{"", "An error", canary + " expired revoked invalid session token", "190 463", `"},"code":190,"`}[random.IntN(5)]
	a = answer{
		status: []int{200, 400, 400, 401, 403, 404, 429, 500, 503}[random.IntN(9)],
		body:   `{"error":` + fmt.Sprintf(form, code, subcode, words) + `}`,
	}
	return a, code, subcode
}

// Covers G13, GR01, GR02, GR03, GR04, T4.
func TestEveryMadeUpErrorOfMetaGetsItsVerdict(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	rounds := 5_000
	if os.Getenv("KONTENT_SOAK") == "1" {
		rounds = 500_000
	}
	for range rounds {
		a, code, subcode := graphAnswer(random)
		if got, err := a.verdict(t); got != due(code, subcode) || strings.Contains(err.Error(), canary) {
			t.Fatalf("%d %s: %s (%v), want %s", a.status, a.body, got, err, due(code, subcode))
		}
	}
}

// What is not an error of Meta's at all, a gateway's page or half a reply, never
// ends an access, whatever its status says.
//
// Covers G13, GR03, NW01.
func TestAnAnswerThatIsNotMetasNeverEndsAnAccess(t *testing.T) {
	t.Parallel()
	for _, status := range []int{204, 301, 400, 401, 403, 404, 408, 418, 429, 451, 500, 502, 503, 504, 511, 599} {
		for _, body := range []string{"", "<html>190</html>", `{"error":{"code":190`, `{"error":"invalid_grant"}`, `{"error":null}`, `{"code":190,"error_subcode":463}`, `[{"error":{"code":190}}]`, "\x00\xff"} {
			a := answer{status, body}
			if got, err := a.verdict(t); err != nil && got != tryAgain {
				t.Errorf("%d %q: %s (%v)", status, body, got, err)
			}
		}
	}
}
