package provider

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// The bounds of a token reply (security.md T8, T12).
const (
	maxTokenLength = 16 << 10
	maxLifetime    = 400 * 24 * time.Hour
)

// The errors of ParseToken name what is wrong, and quote nothing.
var (
	errTokenJSON     = errors.New("token reply is not one JSON object")
	errTokenTwice    = errors.New("token reply says something twice")
	errTokenRefused  = errors.New("token reply holds an error")
	errTokenText     = errors.New("token text is not acceptable")
	errTokenType     = errors.New("token type is not bearer")
	errTokenLifetime = errors.New("token lifetime is not acceptable")
	errTokenScope    = errors.New("token scope is not text")
)

// ParseToken reads the reply of a token endpoint. It is our own, because
// x/oauth2 takes tokens with line breaks in them, names in any case, the last
// of two equal names, and a missing lifetime for "never" (security.md 3.4).
func ParseToken(body []byte) (TokenReply, error) {
	fields, err := tokenFields(body)
	if err != nil {
		return TokenReply{}, err
	}
	var t TokenReply
	if t.Access, err = tokenText(fields["access_token"]); err != nil {
		return TokenReply{}, err
	}
	if refresh, told := fields["refresh_token"]; told && string(refresh) != "null" {
		if t.Refresh, err = tokenText(refresh); err != nil {
			return TokenReply{}, err
		}
	}
	if err := bearer(fields["token_type"]); err != nil {
		return TokenReply{}, err
	}
	if t.Lifetime, err = lifetime(fields["expires_in"]); err != nil {
		return TokenReply{}, err
	}
	if t.RefreshLifetime, err = lifetime(fields["refresh_token_expires_in"]); err != nil {
		return TokenReply{}, err
	}
	if t.Scopes, err = scopes(fields["scope"]); err != nil {
		return TokenReply{}, err
	}
	return t, nil
}

// tokenFields splits one JSON object by its exact, case-sensitive names. Any
// name that comes twice is refused: which of two tokens is meant is not for us
// to guess.
func tokenFields(body []byte) (map[string]json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, errTokenJSON
	}
	fields := make(map[string]json.RawMessage)
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, errTokenJSON
		}
		key, ok := name.(string)
		if !ok {
			return nil, errTokenJSON
		}
		if _, twice := fields[key]; twice {
			return nil, errTokenTwice
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, errTokenJSON
		}
		fields[key] = value
	}
	if _, err := decoder.Token(); err != nil {
		return nil, errTokenJSON
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errTokenJSON
	}
	if refusal, told := fields["error"]; told && string(refusal) != "null" {
		return nil, errTokenRefused
	}
	return fields, nil
}

func tokenText(value json.RawMessage) (social.Secret, error) {
	var text string
	if json.Unmarshal(value, &text) != nil || text == "" || !ValidToken(text) {
		return social.Secret{}, errTokenText
	}
	return social.NewSecret(text), nil
}

// ValidToken reports whether text can be a token: printable ASCII without
// blanks, and not longer than 16 KB. A line break in it would end a header.
func ValidToken(text string) bool {
	if text == "" || len(text) > maxTokenLength {
		return false
	}
	for i := range len(text) {
		if text[i] <= ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

func bearer(value json.RawMessage) error {
	if value == nil || string(value) == "null" {
		return nil
	}
	var text string
	if json.Unmarshal(value, &text) != nil || !strings.EqualFold(text, "bearer") {
		return errTokenType
	}
	return nil
}

// lifetime takes whole seconds, as a number or as text. Missing, null and 0
// mean that the provider did not say (security.md T8).
func lifetime(value json.RawMessage) (time.Duration, error) {
	if value == nil || string(value) == "null" {
		return 0, nil
	}
	digits := string(value)
	if value[0] == '"' {
		if json.Unmarshal(value, &digits) != nil {
			return 0, errTokenLifetime
		}
	}
	seconds, err := strconv.ParseUint(digits, 10, 63)
	if err != nil || seconds > uint64(maxLifetime/time.Second) {
		return 0, errTokenLifetime
	}
	return time.Duration(seconds) * time.Second, nil
}
