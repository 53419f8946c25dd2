package secrets

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
)

// form is one way in which a secret, or a part of it, may be written down.
type form struct {
	name string
	text string
}

// pieceSize is long enough not to be found by chance, and short enough for what
// a broken line or a column leaves of a secret.
const pieceSize = 12

// forms lists the ways in which a secret may be written down, the most telling
// first.
func forms(secret []byte) []form {
	text := string(secret)
	all := []form{{"plain", text}, {"hex", hex.EncodeToString(secret)}, {"hex", strings.ToUpper(hex.EncodeToString(secret))}}
	all = append(all, base64Forms(secret)...)
	for _, spelled := range []form{
		{"url", url.QueryEscape(text)}, {"url, sign by sign", each(secret, "%%%02x", "")},
		{"url, sign by sign", each(secret, "%%%02X", "")}, {"JSON", each(secret, `\u%04x`, "")},
		{"hex", each(secret, "%02x", " ")}, {"numbers", each(secret, "%d", " ")}, {"numbers", each(secret, "%d", ",")},
		{"UTF-16", wide(text)},
	} {
		if spelled.text != text {
			all = append(all, spelled)
		}
	}
	return append(all, pieces(secret)...)
}

// base64Forms: how bytes look in base64 depends on how many stand before them;
// the groups that they share with their neighbours are left out.
func base64Forms(secret []byte) []form {
	var all []form
	for shift := range 3 {
		inside := secret[(3-shift)%3:]
		inside = inside[:len(inside)/3*3]
		all = append(all, form{fmt.Sprintf("base64 after %d", shift), base64.RawStdEncoding.EncodeToString(inside)},
			form{fmt.Sprintf("base64url after %d", shift), base64.RawURLEncoding.EncodeToString(inside)})
	}
	return all
}

// pieces are the parts of a secret, forwards and backwards.
func pieces(secret []byte) []form {
	size := max(shortest, min(pieceSize, len(secret)/2))
	var all []form
	for piece := range slices.Chunk(secret, size) {
		if len(piece) < size {
			break
		}
		backwards := slices.Clone(piece)
		slices.Reverse(backwards)
		all = append(all, form{"a piece", string(piece)}, form{"a piece, backwards", string(backwards)})
	}
	return all
}

func each(secret []byte, verb, between string) string {
	words := make([]string, len(secret))
	for i, b := range secret {
		words[i] = fmt.Sprintf(verb, b)
	}
	return strings.Join(words, between)
}

func wide(text string) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8)) //nolint:gosec // the two halves of it
	}
	return string(out)
}
