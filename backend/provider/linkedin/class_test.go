package linkedin

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
	"time"

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

// due is the verdict that T4 and linkedin.md 4 ask for, written out a second
// time on purpose.
func due(status int, service int64, code string) verdict {
	switch {
	case status == 401 && service != 65600 && service != 65601 && service != 65602 && (service == 65604 || code == "EMPTY_ACCESS_TOKEN"):
		return tryAgain // we sent none
	case status == 401:
		return reconnect
	case status == 403, status == 404:
		return permission
	case status == 426, status == 400 && code == "VERSION_MISSING":
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
		StatusCode: a.status, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewBufferString(a.body)), Request: r,
	}, nil
}

// verdict is what a caller of LinkedIn makes of the answer.
func (a answer) verdict(t *testing.T, explain provider.Explain) (verdict, error) {
	t.Helper()
	const api = "https://api.linkedin.com"
	client, err := provider.NewClient(provider.Options{Origins: []string{api}, Transport: a})
	if err != nil {
		t.Fatal(err)
	}
	err = client.Call(t.Context(), provider.Request{Act: "look", Method: http.MethodGet, URL: api + "/v2/me"}, explain, nil)
	return verdictOf(err), err
}

func rounds() int {
	if os.Getenv("KONTENT_SOAK") == "1" {
		return 500_000
	}
	return 5_000
}

func pick[T any](random *rand.Rand, some ...T) T { return some[random.IntN(len(some))] }

// Covers G13, GR03, GR04, GR05, T4.
func TestEveryMadeUpErrorOfLinkedInGetsItsVerdict(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	p := New(Config{Now: time.Now})
	for range rounds() {
		status := pick(random, 400, 401, 401, 403, 404, 405, 409, 412, 414, 418, 422, 426, 429, 500, 502, 503, 504, 599)
		service := pick[int64](random, 0, 100, 101, 401, 65600, 65601, 65602, 65603, 65604, random.Int64N(100_000))
		code := pick(random, "", "VERSION_MISSING", "ACCESS_DENIED", "EMPTY_ACCESS_TOKEN", "TOO_MANY_REQUESTS", "INTERNAL_SERVER_ERROR")
		words := pick(random, "", canary+" expired revoked", "65602", `"},"serviceErrorCode":65602,"`)
		form := pick(random, `{"status":%[1]d,"serviceErrorCode":%[2]d,"code":%[3]q,"message":%[4]q}`, `{"message":%[4]q,"serviceErrorCode":"%[2]d","code":%[3]q,"status":%[1]d}`)
		a := answer{status, fmt.Sprintf(form, status, service, code, words)}
		if got, err := a.verdict(t, p.explain); got != due(status, service, code) || strings.Contains(err.Error(), canary) {
			t.Fatalf("%d %s: %s (%v), want %s", a.status, a.body, got, err, due(status, service, code))
		}
	}
}

// A renewal ends an access by the provider's word about the refresh token alone;
// what is temporary stays so, under whatever status it comes.
//
// Covers G13, TK02, T4.
func TestEveryMadeUpErrorOfARenewalGetsItsVerdict(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	for range rounds() {
		status := pick(random, 400, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504)
		word := pick(random, "invalid_grant", "invalid_request", "invalid_client", "invalid_client_id", "unauthorized_client", "unsupported_grant_type",
			"invalid_scope", "temporarily_unavailable", "server_error", "slow_down", "something_new")
		says := pick(random, "", "", "The provided authorization grant or refresh token is invalid, expired or revoked", canary)
		want := tryAgain
		switch {
		case status >= 500, status == 429, word == "temporarily_unavailable", word == "server_error", word == "slow_down":
		case word == "invalid_grant", word == "invalid_request" && strings.Contains(says, "revoked"):
			want = reconnect
		case word != "something_new":
			want = ourFault
		}
		a := answer{status, fmt.Sprintf(`{"error":%q,"error_description":%q}`, word, says)}
		if got, err := a.verdict(t, explainRefresh); got != want || strings.Contains(err.Error(), canary) {
			t.Fatalf("%d %s: %s (%v), want %s", a.status, a.body, got, err, want)
		}
	}
}

// What is not an error of LinkedIn's at all, a gateway's page or half a reply,
// never ends an access for good.
//
// Covers G13, GR03, NW01.
func TestAnAnswerThatIsNotLinkedInsNeverEndsAnAccess(t *testing.T) {
	t.Parallel()
	p := New(Config{Now: time.Now})
	for _, status := range []int{204, 301, 400, 401, 403, 404, 408, 418, 429, 451, 500, 502, 503, 504, 511, 599} {
		for _, body := range []string{"", "<html>65602</html>", `{"serviceErrorCode":65602`, `[65602]`, "\x00\xff"} {
			_, err := answer{status, body}.verdict(t, p.explain)
			var trouble *social.Trouble
			if errors.As(err, &trouble) && (trouble.Explicit || trouble.Refused && status != http.StatusUnauthorized) {
				t.Errorf("%d %q: %v", status, body, err)
			}
		}
	}
}
