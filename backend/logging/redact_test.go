package logging_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/logging"
	"github.com/kontent/kontent-connect/backend/social"
)

// secret is what no line may show. It has the form of a Meta token, so that
// the table below can also use it bare.
const secret = "EAAGm0PX4ZCpsBAKZCxyz1234567890"

// plain is a secret that nothing but its surroundings give away.
const plain = "hunter2hunter2"

type holder struct{ Address *url.URL }

// nilError is an error whose Error method panics on nil, as *url.Error's does.
type nilError struct{ text string }

func (e *nilError) Error() string { return e.text }

// TestLeaks is a table of the ways in which a secret gets into a log by
// mistake (security.md S4).
//
// Covers S4.
func TestLeaks(t *testing.T) {
	t.Parallel()
	address := &url.URL{Scheme: "https", Host: "graph.facebook.com", Path: "/me", RawQuery: "fields=id&access_token=" + plain}
	for name, write := range map[string]func(*slog.Logger){
		"a bare token in the message":     func(l *slog.Logger) { l.Info("got " + secret) },
		"a token in a query":              func(l *slog.Logger) { l.Info("GET /me?fields=id&access_token=" + plain) },
		"a token first in a query":        func(l *slog.Logger) { l.Info("GET /x?input_token=" + plain + "&a=b") },
		"a code and a state":              func(l *slog.Logger) { l.Info("GET /callback?code=" + plain + "&state=" + plain) },
		"a proof and a verifier":          func(l *slog.Logger) { l.Info("appsecret_proof=" + plain + "&code_verifier=" + plain) },
		"a client secret in a form":       func(l *slog.Logger) { l.Info("body", "form", "client_id=1&client_secret="+plain) },
		"a name in capitals":              func(l *slog.Logger) { l.Info("ACCESS_TOKEN=" + plain) },
		"a bearer header":                 func(l *slog.Logger) { l.Info("x", "header", "Bearer "+plain) },
		"a header in lower case":          func(l *slog.Logger) { l.Info("authorization: bearer " + plain) },
		"an OAuth header":                 func(l *slog.Logger) { l.Info("Authorization: OAuth " + plain) },
		"a reply":                         func(l *slog.Logger) { l.Info("x", "body", `{"access_token": "`+plain+`","expires_in":1}`) },
		"a reply in an error that quotes": func(l *slog.Logger) { l.Info("x", "err", fmt.Errorf("read %q", `{"client_secret":"`+plain+`"}`)) },
		"a key named token":               func(l *slog.Logger) { l.Info("x", "token", plain) },
		"a key named page_token":          func(l *slog.Logger) { l.Info("x", "page_token", plain) },
		"a key named clientSecret":        func(l *slog.Logger) { l.Info("x", "clientSecret", plain) }, //nolint:sloglint // that is the case
		"a key named password":            func(l *slog.Logger) { l.Info("x", "password", []string{plain}) },
		"a key named Cookie":              func(l *slog.Logger) { l.Info("x", "Cookie", plain) }, //nolint:sloglint // that is the case
		"an error":                        func(l *slog.Logger) { l.Error("x", "err", errors.New("GET /me?access_token="+plain)) },
		"a wrapped error":                 func(l *slog.Logger) { l.Error("x", "err", fmt.Errorf("read: %w", errors.New("got "+secret))) },
		"joined errors":                   func(l *slog.Logger) { l.Error("x", "err", errors.Join(errors.New("a"), errors.New("got "+secret))) },
		"an error of net/http": func(l *slog.Logger) {
			l.Error("x", "err", &url.Error{Op: "Get", URL: address.String(), Err: errors.New("eof")})
		},
		"an address":                       func(l *slog.Logger) { l.Info("x", "address", address) },
		"a struct that holds an address":   func(l *slog.Logger) { l.Info("x", "v", holder{address}) },
		"a list of texts":                  func(l *slog.Logger) { l.Info("x", "args", []string{"--header", "Bearer " + plain}) },
		"bytes":                            func(l *slog.Logger) { l.Info("x", "body", []byte("access_token="+plain)) },
		"raw JSON":                         func(l *slog.Logger) { l.Info("x", "body", json.RawMessage(`{"refresh_token":"`+plain+`"}`)) },
		"a map":                            func(l *slog.Logger) { l.Info("x", "v", map[string]string{"a": "Bearer " + plain}) },
		"a group":                          func(l *slog.Logger) { l.Info("x", slog.Group("request", "token", plain, "url", address.String())) },
		"a group in a group":               func(l *slog.Logger) { l.Info("x", slog.Group("a", slog.Group("b", "err", errors.New(secret)))) },
		"a group whose name says it":       func(l *slog.Logger) { l.Info("x", slog.Group("tokens", "page", plain)) },
		"attributes set beforehand":        func(l *slog.Logger) { l.With("token", plain, "url", address.String()).Info("x") },
		"attributes in a group beforehand": func(l *slog.Logger) { l.WithGroup("g").With("secret", plain).Info("x", "a", secret) },
		"a value that resolves late":       func(l *slog.Logger) { l.Info("x", "v", late{}) },
		"a login's tokens": func(l *slog.Logger) {
			l.Info("x", "login", social.Login{Tokens: social.TokenSet{Access: social.NewSecret(plain)}})
		},
		"a secret of the domain by any key": func(l *slog.Logger) { l.Info("x", "v", social.NewSecret(plain)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			write(logging.New(&out, slog.LevelDebug))
			if out.Len() == 0 {
				t.Fatal("nothing was logged")
			}
			if strings.Contains(out.String(), secret) || strings.Contains(out.String(), plain) {
				t.Errorf("leaked: %s", out.String())
			}
			if !strings.Contains(out.String(), "[secret]") {
				t.Errorf("does not say that something was taken out: %s", out.String())
			}
		})
	}
}

// late hides its text until a handler resolves it.
type late struct{}

func (late) LogValue() slog.Value { return slog.StringValue("Bearer " + plain) }

// TestKept holds that redaction leaves what a log is read for.
func TestKept(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		write func(*slog.Logger)
		want  string
	}{
		"a plain line":            {func(l *slog.Logger) { l.Info("agent started", "version", "0.1.0", "demo", true) }, `msg="agent started" version=0.1.0 demo=true`},
		"an error's own words":    {func(l *slog.Logger) { l.Error("x", "err", errors.New("disk full")) }, `err="disk full"`},
		"a nil error":             {func(l *slog.Logger) { l.Info("agent ended", "err", error(nil)) }, `err=<nil>`},
		"an error that is nil":    {func(l *slog.Logger) { l.Info("x", "err", error((*nilError)(nil))) }, `err=<nil>`},
		"a problem's code":        {func(l *slog.Logger) { l.Info("refused", "code", "not_found") }, `code=not_found`},
		"the rest of an address":  {func(l *slog.Logger) { l.Info("GET /me?access_token=" + plain + "&fields=id") }, `access_token=[secret]&fields=id`},
		"a line break as a blank": {func(l *slog.Logger) { l.Info("a\r\nb", "name", "c\x1bd") }, `msg="a  b" name="c d"`},
		"numbers in groups":       {func(l *slog.Logger) { l.WithGroup("g").Info("x", slog.Group("h", "n", 7)) }, `g.h.n=7`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			tc.write(logging.New(&out, slog.LevelInfo))
			if !strings.Contains(out.String(), tc.want) {
				t.Errorf("logged %s, want %s in it", out.String(), tc.want)
			}
		})
	}
}

// TestOneLineEach: a name that holds a line break must not look like a line of
// its own.
//
// Covers S4.
func TestOneLineEach(t *testing.T) {
	t.Parallel()
	hostile := "Café\nlevel=ERROR msg=forged\r\x1b[31m\x00\u2028"
	var out bytes.Buffer
	log := logging.New(&out, slog.LevelInfo).With("name", hostile).WithGroup("g")
	log.Info(hostile, "name", hostile, "err", errors.New(hostile), slog.Group("g", "name", hostile), "v", []string{hostile}, hostile, "key") //nolint:sloglint // that is the case
	line := strings.TrimSuffix(out.String(), "\n")
	if strings.ContainsAny(line, "\n\r\x1b\x00\u2028") {
		t.Errorf("control characters in %q", line)
	}
}

func TestLevel(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := logging.New(&out, slog.LevelInfo)
	log.Debug("quiet")
	if out.Len() != 0 {
		t.Errorf("logged below its level: %s", out.String())
	}
}
