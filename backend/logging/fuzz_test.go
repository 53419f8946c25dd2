package logging_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/logging"
)

// FuzzRedact puts tokens of both networks, and one that only its name gives
// away, between any two texts, in the ways in which texts are written into one
// another. None of them comes out, and a line stays a line.
//
// Covers S4.
func FuzzRedact(f *testing.F) {
	for _, around := range [][2]string{
		{"", ""}, {"GET /me?fields=id&access_token=", "&x=1"}, {"access_token%3D", "%26x"}, {`{"access_token":"`, `"}`}, {"Bearer ", " "},
		{"got ", "\nlevel=ERROR"}, {"xEAA", "é"}, {"\xff\x00", "\x1b[31m"}, {`\"client_secret\":\"`, `\"`}, {"state=", "%"}, {"a=b;c", "EAA"},
	} {
		f.Add(around[0], around[1])
	}
	log := newScribe()
	f.Fuzz(func(t *testing.T, before, after string) {
		for _, token := range []string{secret, "AQXkontentCanario7Amarelo7-aB_9zzzzzzzz", "WPL_AP1.Canario7.Amarelo7abc=="} {
			for name, line := range log.written(before + token + after) {
				// Escaping can make of what stood before a part of the token's own
				// words, but must not make the token come out.
				if strings.Contains(line, token) {
					t.Errorf("%s: %q came out of %q and %q", name, line, before, after)
				}
				if strings.ContainsAny(strings.TrimSuffix(line, "\n"), "\n\r\x1b\x00") {
					t.Errorf("%s: more than a line: %q", name, line)
				}
			}
		}
		for _, named := range []string{"access_token=" + plain, `{"refresh_token":"` + plain + `"}`, "Bearer " + plain} {
			for name, line := range log.written(before + " " + named + " " + after) {
				if strings.Contains(line, plain) && !strings.Contains(before+after, plain) {
					t.Errorf("%s: %q came out of %q, %q and %q", name, line, before, named, after)
				}
			}
		}
	})
}

// scribe writes with one log, whose patterns take longer to make than to use.
type scribe struct {
	out *bytes.Buffer
	log *slog.Logger
}

func newScribe() scribe {
	var out bytes.Buffer
	return scribe{&out, logging.New(&out, slog.LevelInfo)}
}

// written is a text as it comes out of the log, having gone in in several ways.
func (s scribe) written(text string) map[string]string {
	lines := map[string]string{}
	for name, write := range map[string]func(){
		"a message":       func() { s.log.Info(text) }, //nolint:sloglint // that is the case
		"a value":         func() { s.log.Info("x", "v", text) },
		"a wrapped error": func() { s.log.Info("x", "err", fmt.Errorf("do: %w", errors.New(text))) },
		"bytes":           func() { s.log.Info("x", "v", []byte(text)) },
		"a list":          func() { s.log.Info("x", "v", []string{text}) },
		"quoted":          func() { s.log.Info("x", "v", strconv.Quote(text)) },
		"in an address":   func() { s.log.Info("x", "v", "https://h/?q="+url.QueryEscape(text)) },
		"a key":           func() { s.log.Info("x", text, 1) },
	} {
		s.out.Reset()
		write()
		lines[name] = s.out.String()
	}
	return lines
}
