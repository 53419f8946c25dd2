package buslog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"regexp"
	"unicode/utf8"

	"github.com/godbus/dbus/v5"
)

// Binary is what the record keeps of bytes that are no text, such as an icon: how
// many and which, and the words among them, so that a secret does not hide there.
type Binary struct {
	Bytes int      `json:"bytes"`
	Hash  string   `json:"sha256"`
	Words []string `json:"words,omitempty"`
}

// plain makes of a value on the bus one that JSON can say and a person can read.
func plain(value any) any {
	switch value := value.(type) {
	case dbus.Variant:
		return plain(value.Value())
	case []byte:
		return plainBytes(value)
	case dbus.Signature:
		return value.String()
	}
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i).Interface())
		}
		return list
	case reflect.Map:
		table := make(map[string]any, v.Len())
		for key, inside := range v.Seq2() {
			table[fmt.Sprint(key.Interface())] = plain(inside.Interface())
		}
		return table
	default:
		return value
	}
}

// longWord is shorter than any secret and longer than what bytes of a picture
// spell by chance, more often than not.
var longWord = regexp.MustCompile(`[!-~]{8,}`)

func plainBytes(value []byte) any {
	if utf8.Valid(value) && !bytes.ContainsRune(value, 0) {
		return string(value)
	}
	sum := sha256.Sum256(value)
	kept := Binary{Bytes: len(value), Hash: hex.EncodeToString(sum[:])}
	for _, word := range longWord.FindAll(value, -1) {
		kept.Words = append(kept.Words, string(word))
	}
	return kept
}
