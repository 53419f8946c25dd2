package social

import (
	"fmt"
	"log/slog"
)

// redacted is what every way of printing a Secret shows.
const redacted = "[secret]"

// Secret holds a token, an authorization code or an app secret. It cannot be
// printed: fmt, log/slog, encoding/json and encoding.TextMarshaler all show
// "[secret]". Reveal is the one way out.
//
// The value stands behind a pointer because fmt cannot call the methods of a
// field that is not exported: of a Secret in such a field it prints an address.
type Secret struct{ value *string }

// NewSecret wraps value.
func NewSecret(value string) Secret { return Secret{value: &value} }

// Reveal returns the secret itself. Only the keychain and the HTTP adapters
// may call it, and the one place of the agent where an admin's script is given
// an access; see arrows.Unwrap.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Empty reports whether there is no secret.
func (s Secret) Empty() bool { return s.Reveal() == "" }

// Equal reports whether both hold the same value.
func (s Secret) Equal(other Secret) bool { return s.Reveal() == other.Reveal() }

// String returns "[secret]".
func (Secret) String() string { return redacted }

// GoString returns "[secret]", so that %#v shows nothing either.
func (Secret) GoString() string { return redacted }

// Format writes "[secret]" for every verb, %x and %d included.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// MarshalJSON returns the JSON string "[secret]". It never fails, because a
// value that cannot be marshalled ends a Wails process.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// MarshalText returns "[secret]".
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue returns "[secret]".
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }
