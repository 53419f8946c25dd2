package social_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

// spelled lists every way in which fmt could spell the secret's bytes.
func spelled(value string) []string {
	return []string{
		value, fmt.Sprintf("%x", value), fmt.Sprintf("%X", value), fmt.Sprintf("% x", value),
		fmt.Sprintf("%d", []byte(value)), strings.Trim(fmt.Sprintf("%d", []byte(value)), "[]"), strconv.Quote(value),
	}
}

// holders are the shapes in which a secret gets printed by mistake. The field
// that is not exported is the one whose methods fmt cannot call.
func holders(s social.Secret) map[string]any {
	type open struct{ Token social.Secret }
	type closed struct{ token social.Secret }
	type nested struct{ inner *closed }
	return map[string]any{
		"itself": s, "a pointer": &s, "a field": open{s}, "a field that is not exported": closed{s},
		"a pointer to such a struct": &closed{s}, "a nested struct": nested{&closed{s}}, "a slice": []social.Secret{s},
		"a slice of structs": []closed{{s}}, "a map value": map[string]social.Secret{"token": s},
		"a map of structs": map[string]closed{"a": {s}}, "any": []any{s},
		"a token set": social.TokenSet{Access: s, Refresh: s, Pages: map[string]social.Secret{"1": s}},
		"a login":     &social.Login{Tokens: social.TokenSet{Access: s}}, "a callback": social.Callback{Code: s, Verifier: s},
	}
}

// Covers S1.
func TestSecretIsNeverPrinted(t *testing.T) {
	t.Parallel()
	const value = "EAAG-hunter2-top-secret"
	printers := map[string]func(any) string{
		"json": func(v any) string { b, _ := json.Marshal(v); return string(b) },
		"xml":  func(v any) string { b, _ := xml.Marshal(v); return string(b) },
		"slog text": func(v any) string {
			var out bytes.Buffer
			slog.New(slog.NewTextHandler(&out, nil)).Info("x", "v", v)
			return out.String()
		},
		"slog json": func(v any) string {
			var out bytes.Buffer
			slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "v", v)
			return out.String()
		},
		"println": func(v any) string { return fmt.Sprintln(v) },
		"errorf":  func(v any) string { return fmt.Errorf("read %v: %w", v, errors.New("x")).Error() },
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%t", "%p", "%T", "%10.3s", "%w"} {
		printers[verb] = func(v any) string { return fmt.Sprintf(verb, v) }
	}
	for holder, v := range holders(social.NewSecret(value)) {
		for printer, print := range printers {
			got := print(v)
			for _, leak := range spelled(value) {
				if strings.Contains(got, leak) {
					t.Errorf("%s of %s shows the secret: %s", printer, holder, got)
				}
			}
		}
	}
}

func TestSecret(t *testing.T) {
	t.Parallel()
	s := social.NewSecret("hunter2")
	t.Run("shows a placeholder wherever it is asked", func(t *testing.T) {
		t.Parallel()
		text, err := s.MarshalText()
		if err != nil || string(text) != "[secret]" {
			t.Errorf("text %q, %v", text, err)
		}
		body, err := json.Marshal(map[string]social.Secret{"token": s})
		if err != nil || string(body) != `{"token":"[secret]"}` {
			t.Errorf("json %s, %v", body, err)
		}
		for _, got := range []string{s.String(), s.GoString(), fmt.Sprint(s), fmt.Sprint(&s), s.LogValue().String()} {
			if got != "[secret]" {
				t.Errorf("shown as %q", got)
			}
		}
	})
	t.Run("reveals its value to whoever asks by name", func(t *testing.T) {
		t.Parallel()
		if s.Reveal() != "hunter2" || s.Empty() {
			t.Error("the value is lost")
		}
	})
	t.Run("compares by value", func(t *testing.T) {
		t.Parallel()
		if !s.Equal(social.NewSecret("hunter2")) || s.Equal(social.NewSecret("hunter3")) || s.Equal(social.Secret{}) {
			t.Error("comparison is not by value")
		}
	})
	t.Run("is empty as zero value and of an empty text alike", func(t *testing.T) {
		t.Parallel()
		if zero := (social.Secret{}); !zero.Empty() || zero.Reveal() != "" || !zero.Equal(social.NewSecret("")) || !social.NewSecret("").Empty() {
			t.Error("the zero secret is not the empty one")
		}
	})
}
