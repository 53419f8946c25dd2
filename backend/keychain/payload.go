package keychain

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

const (
	payloadVersion = 1
	// maxSecret is the longest token that a provider may give us (T12).
	maxSecret = 16 * 1024
)

var (
	errUnfit   = errors.New("secret is empty, too long or not printable ASCII")
	errPayload = errors.New("entry does not hold what was asked for")
)

// stored is the JSON inside an entry. The fields are plain text, because a
// social.Secret marshals to "[secret]"; the type never leaves this file.
type stored struct {
	V       int               `json:"v"`
	Access  string            `json:"access,omitempty"`
	Refresh string            `json:"refresh,omitempty"`
	Pages   map[string]string `json:"pages,omitempty"`
	Secret  string            `json:"secret,omitempty"`
}

func encodeTokens(tokens social.TokenSet) (string, error) {
	s := stored{V: payloadVersion, Access: tokens.Access.Reveal(), Refresh: tokens.Refresh.Reveal()}
	if len(tokens.Pages) > 0 {
		s.Pages = make(map[string]string, len(tokens.Pages))
	}
	for id, token := range tokens.Pages {
		s.Pages[id] = token.Reveal()
	}
	if !s.fitTokens() {
		return "", problem.New(problem.BadRequest, errUnfit)
	}
	return encode(s)
}

func encodeSecret(secret social.Secret) (string, error) {
	if !fit(secret.Reveal()) {
		return "", problem.New(problem.BadRequest, errUnfit)
	}
	return encode(stored{V: payloadVersion, Secret: secret.Reveal()})
}

func encode(s stored) (string, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)              // compact: every byte counts against partSize
	if err := encoder.Encode(s); err != nil { //nolint:gosec // G117: the keychain is where the secrets go
		return "", problem.New(problem.KeychainNotSaved, errPayload)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

func decodeTokens(payload string) (social.TokenSet, error) {
	s, err := decode(payload)
	if err != nil || s.Secret != "" || !s.fitTokens() {
		return social.TokenSet{}, problem.New(problem.KeychainDamaged, errPayload)
	}
	tokens := social.TokenSet{Access: social.NewSecret(s.Access), Refresh: social.NewSecret(s.Refresh)}
	if len(s.Pages) > 0 {
		tokens.Pages = make(map[string]social.Secret, len(s.Pages))
	}
	for id, token := range s.Pages {
		tokens.Pages[id] = social.NewSecret(token)
	}
	return tokens, nil
}

func decodeSecret(payload string) (social.Secret, error) {
	s, err := decode(payload)
	if err != nil || s.Access != "" || s.Refresh != "" || s.Pages != nil || !fit(s.Secret) {
		return social.Secret{}, problem.New(problem.KeychainDamaged, errPayload)
	}
	return social.NewSecret(s.Secret), nil
}

// decode reads one JSON object of this version. The decoder's own error is
// dropped, because it quotes what it read.
func decode(payload string) (stored, error) {
	var s stored
	decoder := json.NewDecoder(strings.NewReader(payload))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&s) != nil || s.V != payloadVersion {
		return stored{}, errPayload
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return stored{}, errPayload
	}
	return s, nil
}

func (s stored) fitTokens() bool {
	if !fit(s.Access) || s.Refresh != "" && !fit(s.Refresh) {
		return false
	}
	for id, token := range s.Pages {
		if !fit(id) || !fit(token) {
			return false
		}
	}
	return true
}

// fit reports whether text can be a token: printable ASCII without line ends,
// which would break out of a header, and of a sane length (T12).
func fit(text string) bool {
	if text == "" || len(text) > maxSecret {
		return false
	}
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}
