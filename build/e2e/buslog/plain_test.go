package buslog

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestWhatCrossedTheBusCanBeSearched(t *testing.T) {
	t.Parallel()
	const secret = "EAAB-throw-away"
	for name, value := range map[string]any{
		"as text":            secret,
		"as bytes":           []byte(secret),
		"among other bytes":  []byte("\x00\xff" + secret + "\x00\xfe"),
		"in a variant":       dbus.MakeVariant(dbus.MakeVariant(secret)),
		"as a hint's value":  map[string]dbus.Variant{"hint": dbus.MakeVariant(secret)},
		"as a hint's name":   map[string]dbus.Variant{secret: dbus.MakeVariant(1)},
		"in a structure":     []any{int32(1), []string{"a", secret}},
		"in an icon's bytes": []any{[]any{int32(1), int32(1), []byte("\x00" + secret)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			line, err := json.Marshal(plain(value))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(line), secret) {
				t.Errorf("%s does not have it", line)
			}
		})
	}
}

func TestPictureIsRecordedAsItsSizeAndHash(t *testing.T) {
	t.Parallel()
	line, err := json.Marshal(plain(make([]byte, 4096)))
	if err != nil {
		t.Fatal(err)
	}
	if len(line) > 120 || !strings.Contains(string(line), `"bytes":4096`) {
		t.Errorf("4096 bytes are recorded as %s", line)
	}
}
