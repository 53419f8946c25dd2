package sandbox

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"time"
)

// tokenKey signs every token. It is fixed and public on purpose: tokens must
// outlive the process although the sandbox never writes one down, and they
// open nothing but this sandbox.
const tokenKey = "kontent sandbox: tokens of the demonstration"

const (
	macSize            = 16
	linkedInTokenChars = 500 // (linkedin.md 1.5)
)

// The marks stand at both ends of every token, and before every code. Nothing
// else is written like this, so that whoever looks for a token that has got
// where it must not can find it, or a piece of it, without knowing it.
const (
	TokenMark = "Canario7Amarelo7"
	CodeMark  = "Pardal7doTelhado"
)

// The providers, as claims, grants, actions and the log call them.
const (
	Meta     = "meta"
	LinkedIn = "linkedin"
)

// Kinds of token.
const (
	kindUser    = "user"
	kindLong    = "long"   // Meta's 60-day user token
	kindSystem  = "system" // Meta's system user
	kindPage    = "page"
	kindAccess  = "access"
	kindRefresh = "refresh"
)

// claims are what a token says about itself. Whether it still holds is
// decided against the grant, never by the token alone.
type claims struct {
	Provider string `json:"v"`
	Client   string `json:"c"`
	Person   string `json:"p"`
	Kind     string `json:"k"`
	Issued   int64  `json:"i"`
	Expires  int64  `json:"x"` // 0: never
	Epoch    uint64 `json:"e"`
	Serial   int    `json:"s"`
	Page     string `json:"g,omitempty"`
	Pad      string `json:"r,omitempty"`
}

func (c claims) expired(now time.Time) bool {
	return c.Expires != 0 && now.Unix() >= c.Expires
}

func (c claims) seal() string {
	if c.Provider == Meta {
		return "EAA" + TokenMark + new(big.Int).SetBytes(append([]byte{1}, c.signed()...)).Text(62) + TokenMark
	}
	if missing := (linkedInTokenChars-len("AQ"+TokenMark+TokenMark))*3/4 - len(c.signed()) - len(`,"r":""`); missing > 0 {
		c.Pad = rand.Text() + strings.Repeat("x", missing)
		c.Pad = c.Pad[:missing]
	}
	return "AQ" + TokenMark + base64.RawURLEncoding.EncodeToString(c.signed()) + TokenMark
}

func (c claims) signed() []byte {
	body, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and numbers only: cannot happen
	}
	return append(mac(body), body...)
}

// unseal reads a token of the provider; false means forged or foreign.
func unseal(provider, token string) (claims, bool) {
	raw, ok := decodeToken(provider, token)
	if !ok || len(raw) <= macSize || !hmac.Equal(raw[:macSize], mac(raw[macSize:])) {
		return claims{}, false
	}
	var c claims
	if json.Unmarshal(raw[macSize:], &c) != nil || c.Provider != provider {
		return claims{}, false
	}
	return c, true
}

func decodeToken(provider, token string) ([]byte, bool) {
	if len(token) > 4096 {
		return nil, false
	}
	if provider == Meta {
		rest, ok := unmark(token, "EAA")
		n, parsed := new(big.Int).SetString(rest, 62)
		if !ok || !parsed || n.Sign() <= 0 {
			return nil, false
		}
		return n.Bytes()[1:], true
	}
	rest, ok := unmark(token, "AQ")
	raw, err := base64.RawURLEncoding.DecodeString(rest)
	return raw, ok && err == nil
}

func unmark(token, prefix string) (string, bool) {
	rest, begins := strings.CutPrefix(token, prefix+TokenMark)
	rest, ends := strings.CutSuffix(rest, TokenMark)
	return rest, begins && ends
}

func mac(body []byte) []byte {
	h := hmac.New(sha256.New, []byte(tokenKey))
	h.Write(body)
	return h.Sum(nil)[:macSize]
}

// key names a token without being one.
func (c claims) key() string {
	return fmt.Sprintf("%s/%s/%d/%d", c.Client, c.Person, c.Epoch, c.Serial)
}
