package notify

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An activation is what Windows hands back when a toast is clicked. It is kept
// by the system, over restarts of ours too, and any program of the user can
// make one up: it is parsed like a stranger's letter.
const (
	activationMark = "kontent1"
	longestKey     = 200 // bytes
)

// activation writes a response down. What it writes means nothing in XML.
func activation(r Response) string {
	button := r.Button
	if button == "" {
		button = clicked
	}
	return activationMark + "." + base64.RawURLEncoding.EncodeToString([]byte(r.Key)) + "." + button
}

// parseActivation reads what activation wrote, and nothing else.
func parseActivation(text string) (Response, bool) {
	parts := strings.Split(text, ".")
	if len(text) > 2*longestKey || len(parts) != 3 || parts[0] != activationMark {
		return Response{}, false
	}
	key, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || !validKey(string(key)) {
		return Response{}, false
	}
	r := Response{Key: string(key)}
	if parts[2] != clicked {
		r.Button = parts[2]
	}
	known := r.Button == "" || validButton(r.Button)
	return r, known && activation(r) == text // base64 has more than one way to write the same
}

func validKey(key string) bool {
	return key != "" && len(key) <= longestKey && utf8.ValidString(key) && !strings.ContainsFunc(key, unicode.IsControl)
}
