package provider_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/kontent/kontent-connect/backend/provider"
)

// rounds is how often to try: so often with every change, and soak times in the
// long run.
func rounds(few, soak int) int {
	if os.Getenv("KONTENT_SOAK") == "1" {
		return soak
	}
	return few
}

// tokenReply makes up the reply of a token endpoint: of the names and values
// that are there for good and for ill, with bytes changed in every other one.
func tokenReply(random *rand.Rand) string {
	pick := func(some ...string) string { return some[random.IntN(len(some))] }
	var fields []string
	for range 1 + random.IntN(5) {
		name := pick("access_token", "access_token", "access_token", "refresh_token", "expires_in", "expires_in", "refresh_token_expires_in", "token_type", "scope", "error", "Access_Token", "x")
		value := pick(`"T"`, `"EAAB-long_enough.token"`, `"T\nX"`, `"T\u0000"`, `"T\u007f"`, `"Té"`, `"\ud83d"`, `""`, `" T"`, `12`, `null`, `["T"]`, `{}`,
			`3600`, `"3600"`, `0`, `-0`, `-1`, `"-1"`, `1e3`, `3600.5`, `34560000`, `34560001`, `99999999999999999999`, `"never"`, `true`,
			`"bearer"`, `"Bearer"`, `"MAC"`, `"bearer\r\n"`, `"a,b c%2Cd"`, `"a\nb"`)
		fields = append(fields, `"`+name+`":`+value)
	}
	reply := pick("", "", "", "\ufeff", " ") + "{" + strings.Join(fields, ",") + "}" + pick("", "", "", "{}", " x", "\n")
	if random.IntN(2) == 0 {
		bytes := []byte(reply)
		bytes[random.IntN(len(bytes))] = byte(random.IntN(256))
		reply = string(bytes)
	}
	return reply
}

// Whatever a token endpoint says, no token with a control character and no date
// in the past comes of it.
//
// Covers G7, TK09, TK10, TK11, TK13, T8, T12.
func TestNoMadeUpReplyLeavesADamagedToken(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	taken := 0
	for range rounds(50_000, 10_000_000) {
		reply := tokenReply(random)
		got, err := provider.ParseToken([]byte(reply))
		if err != nil {
			continue
		}
		taken++
		for _, token := range []string{got.Access.Reveal(), got.Refresh.Reveal()} {
			if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) || len(token) > 16<<10 {
				t.Fatalf("took %q from %q", token, reply)
			}
		}
		clocks := got.Clocks(now)
		for _, clock := range []time.Time{clocks.Token.At, clocks.Refresh.At} {
			if !clock.IsZero() && (!clock.After(now) || clock.After(now.Add(400*24*time.Hour))) {
				t.Fatalf("took the date %v from %q", clock, reply)
			}
		}
		if got.Access.Empty() {
			t.Fatalf("took no token from %q", reply)
		}
	}
	if taken == 0 {
		t.Error("every reply was refused: the rest proves little")
	}
}
