// Package logging sets up the program's log: one line for each event, in a
// file of the data folder that only its user can read, with secrets taken out
// in the sink rather than at each place that writes.
package logging

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"

	"github.com/DeRuina/timberjack"
)

const (
	maxMegabytes = 5
	keptFiles    = 3
)

// Open returns a logger that writes to kontent.log in dir, which it creates
// with mode 0700. Close the closer when the program ends.
func Open(dir string, level slog.Level) (*slog.Logger, io.Closer, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	path := filepath.Join(dir, "kontent.log")
	// The mode below counts for a new file only.
	if err := os.Chmod(path, 0o600); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, nil, err
	}
	file := &timberjack.Logger{
		Filename: path, MaxSize: maxMegabytes, MaxBackups: keptFiles, FileMode: 0o600,
	}
	return New(file, level), file, nil
}

// New returns a logger that writes to w, redacted.
func New(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(redactor{slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}), newPatterns()})
}

// redactor takes secrets and control characters out of everything that is
// logged (security.md S4).
type redactor struct {
	next slog.Handler
	patterns
}

// Enabled implements slog.Handler.
func (r redactor) Enabled(ctx context.Context, level slog.Level) bool {
	return r.next.Enabled(ctx, level)
}

// Handle implements slog.Handler.
func (r redactor) Handle(ctx context.Context, record slog.Record) error {
	clean := slog.NewRecord(record.Time, record.Level, r.redact(record.Message), record.PC)
	record.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(r.cleanAttr(a))
		return true
	})
	return r.next.Handle(ctx, clean)
}

// WithAttrs implements slog.Handler.
func (r redactor) WithAttrs(attrs []slog.Attr) slog.Handler {
	clean := make([]slog.Attr, 0, len(attrs))
	for _, a := range attrs {
		clean = append(clean, r.cleanAttr(a))
	}
	return redactor{r.next.WithAttrs(clean), r.patterns}
}

// WithGroup implements slog.Handler.
func (r redactor) WithGroup(name string) slog.Handler {
	return redactor{r.next.WithGroup(r.redact(name)), r.patterns}
}

func (p patterns) cleanAttr(a slog.Attr) slog.Attr {
	key := p.redact(a.Key)
	if secretName(key) {
		return slog.String(key, "[secret]")
	}
	value := a.Value.Resolve()
	switch value.Kind() {
	case slog.KindString:
		return slog.String(key, p.redact(value.String()))
	case slog.KindAny:
		return slog.String(key, p.redact(printed(value.Any())))
	case slog.KindGroup:
		group := make([]slog.Attr, 0, len(value.Group()))
		for _, member := range value.Group() {
			group = append(group, p.cleanAttr(member))
		}
		return slog.Attr{Key: key, Value: slog.GroupValue(group...)}
	default:
		return slog.Attr{Key: key, Value: value}
	}
}

// printed renders any value as text, so that what is in it can be redacted: an
// address or a struct holds secrets as well as an error does. fmt survives an
// error whose Error method panics.
func printed(value any) string {
	if err, ok := value.(error); ok {
		return fmt.Sprint(err)
	}
	if v := reflect.ValueOf(value); v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
		return string(v.Bytes())
	}
	return fmt.Sprintf("%+v", value)
}

func secretName(key string) bool {
	key = strings.ToLower(key)
	for _, word := range []string{"token", "secret", "authorization", "password", "verifier", "cookie"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	return key == "code_value" || key == "state_value"
}

// patterns are what secrets look like in a text, which may have been quoted, or
// escaped for an address, on its way there.
type patterns struct {
	parameter *regexp.Regexp // name=value, as in a query
	member    *regexp.Regexp // "name":"value", as in a reply
	bearer    *regexp.Regexp // as in a header
	shapes    *regexp.Regexp // what tokens, codes and app secrets of the networks begin with
}

func newPatterns() patterns {
	const (
		begins = `(?i)((?:\b|%[0-9a-f]{2})`
		quote  = `(?:\\*"|%22)`
		blanks = `(?:\s|\+|%20)*`
		value  = `(?:[^&\s"%\\]|%[^2]|%2[^26])+`
	)
	return patterns{
		parameter: regexp.MustCompile(begins + `(?:[a-z_]*token|client_secret|code|state|code_verifier|appsecret_proof|password)(?:=|%3D))` + value),
		member: regexp.MustCompile(`(?i)(` + quote + `[a-z_]*(?:token|secret|password|verifier|proof)` + quote + blanks + `(?::|%3A)` + blanks + quote +
			`)(?:[^"%\\]|%[^2]|%2[^2])*`),
		bearer: regexp.MustCompile(`(?i)((?:\b|%[0-9a-f]{2})(?:bearer|oauth)(?:\s|\+|%20)+)[A-Za-z0-9._~+/=|-]{8,}`),
		shapes: regexp.MustCompile(`EAA[A-Za-z0-9]{20,}|AQ[A-Za-z0-9_-]{20,}|WPL_AP[0-9]*\.[A-Za-z0-9._=+/%-]+`),
	}
}

// Redact takes out of one line what looks like a secret, as the log does.
func Redact(line string) string { return newPatterns().redact(line) }

// redact takes out what looks like a secret, and everything that could forge a
// line.
func (p patterns) redact(s string) string {
	for _, named := range []*regexp.Regexp{p.parameter, p.member, p.bearer} {
		s = named.ReplaceAllString(s, "${1}[secret]")
	}
	s = p.shapes.ReplaceAllString(s, "[secret]")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}
