package provider_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
	"golang.org/x/time/rate"
)

// canary stands for a token, a code and a secret. It must never be seen again.
const canary = "CANARY0123456789"

// world is a server and a client that may reach it.
type world struct {
	*httptest.Server
	client *provider.Client
	hits   atomic.Int64
}

func newWorld(t *testing.T, answer http.HandlerFunc) *world {
	t.Helper()
	w := &world{}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.hits.Add(1)
		answer(rw, r)
	}))
	client, err := provider.NewClient(provider.Options{Origins: []string{w.URL}})
	if err != nil {
		t.Fatal(err)
	}
	w.client = client
	t.Cleanup(func() { client.Close(); w.Close() })
	return w
}

func (w *world) request() provider.Request {
	return provider.Request{
		Act: "list pages", Method: http.MethodPost, URL: w.URL + "/x",
		Query: url.Values{"input_token": {canary}}, Form: url.Values{"code": {canary}}, Bearer: social.NewSecret(canary),
	}
}

// Covers GR03, NW01, NW04, TK04, TK20.
func TestCallJudgesReplies(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		answer http.HandlerFunc
		cause  social.Cause
		code   problem.Code
		wait   time.Duration
	}{
		"server error":         {status(500, canary), social.CauseProviderTrouble, problem.ProviderTrouble, 0},
		"HTML with 200":        {status(200, "<html>"+canary), social.CauseProviderTrouble, problem.ProviderReply, 0},
		"other JSON":           {status(200, `{"n":"`+canary+`"}`), social.CauseProviderTrouble, problem.ProviderReply, 0},
		"trailing JSON":        {status(200, `{"n":1}{}`), social.CauseProviderTrouble, problem.ProviderReply, 0},
		"HTML with 400":        {status(400, canary), social.CauseProviderTrouble, problem.ProviderReply, 0},
		"limited, no word":     {status(429, canary), social.CauseRateLimited, problem.RateLimited, 0},
		"limited, seconds":     {retry("90"), social.CauseRateLimited, problem.RateLimited, 90 * time.Second},
		"limited, too long":    {retry("1000000000"), social.CauseRateLimited, problem.RateLimited, 24 * time.Hour},
		"limited, negative":    {retry("-5"), social.CauseRateLimited, problem.RateLimited, time.Second},
		"limited, garbage":     {retry(canary), social.CauseRateLimited, problem.RateLimited, 0},
		"redirect":             {redirect(307, "https://evil.example/"), social.CauseProviderTrouble, problem.ProviderTrouble, 0},
		"redirect to own host": {redirect(308, "/y"), social.CauseProviderTrouble, problem.ProviderTrouble, 0},
		"connection lost":      {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, social.CauseProviderTrouble, problem.ProviderTrouble, 0},
		"bad status line":      {hijacked(canary + "\r\n\r\n"), social.CauseProviderTrouble, problem.ProviderTrouble, 0},
		"body cut off":         {hijacked("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{" + canary), social.CauseProviderTrouble, problem.ProviderTrouble, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, tc.answer)
			var into struct {
				N int `json:"n"`
			}
			err := w.client.Call(t.Context(), w.request(), nil, &into)
			trouble := asTrouble(t, err)
			if trouble.Cause != tc.cause || problem.CodeOf(err) != tc.code || trouble.Refused || trouble.RetryAfter != tc.wait {
				t.Errorf("got %s, %s, refused %v, wait %v", trouble.Cause, problem.CodeOf(err), trouble.Refused, trouble.RetryAfter)
			}
			if strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), "127.0.0.1") {
				t.Errorf("error tells too much: %v", err)
			}
			if w.hits.Load() != 1 || w.client.Requests() != 1 {
				t.Errorf("%d requests arrived, %d counted; want 1", w.hits.Load(), w.client.Requests())
			}
		})
	}
}

// Covers TK20.
func TestRetryAfterDateIsComparedWithTheReplysOwnDate(t *testing.T) {
	t.Parallel()
	h := http.Header{"Date": {"Sun, 22 Nov 1998 12:00:00 GMT"}, "Retry-After": {"Sun, 22 Nov 1998 12:05:00 GMT"}}
	if got := provider.RetryAfter(h); got != 5*time.Minute {
		t.Errorf("got %v", got)
	}
}

// Covers NW01, TK06.
func TestOfflineBeforeAnythingWasSaid(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(nil)
	gone.Close()
	plain := httptest.NewTLSServer(status(200, "{}")) // nobody trusts its certificate
	plain.Config.ErrorLog = nil
	t.Cleanup(plain.Close)
	for name, origin := range map[string]string{
		"connection refused":    gone.URL,
		"name not found":        "https://nobody.invalid",
		"untrusted certificate": plain.URL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, err := provider.NewClient(provider.Options{Origins: []string{origin}, Timeout: time.Second})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(client.Close)
			_, err = client.Do(t.Context(), provider.Request{Act: "look", Method: http.MethodGet, URL: origin, Query: url.Values{"t": {canary}}})
			if trouble := asTrouble(t, err); trouble.Cause != social.CauseOffline || problem.CodeOf(err) != problem.Offline {
				t.Errorf("got %v", err)
			}
			if strings.Contains(err.Error(), canary) {
				t.Errorf("error tells too much: %v", err)
			}
		})
	}
}

type silence struct{}

func (silence) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// slow answers its head at once and its body never.
type slow struct{}

func (slow) RoundTrip(r *http.Request) (*http.Response, error) {
	body, feed := io.Pipe()
	context.AfterFunc(r.Context(), func() { _ = feed.CloseWithError(r.Context().Err()) })
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: body, Request: r}, nil
}

// trickle answers its head at once and one byte of its body a second.
type trickle struct{}

func (trickle) RoundTrip(r *http.Request) (*http.Response, error) {
	body, feed := io.Pipe()
	context.AfterFunc(r.Context(), func() { _ = feed.CloseWithError(r.Context().Err()) })
	go func() {
		for {
			select {
			case <-time.After(time.Second):
				_, _ = feed.Write([]byte("{"))
			case <-r.Context().Done():
				return
			}
		}
	}()
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: body, Request: r}, nil
}

// Covers TK07, NW05, T2.
func TestSilentServerEndsAfterFifteenSeconds(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		transport http.RoundTripper
		cause     social.Cause
	}{
		"no answer":       {silence{}, social.CauseOffline},
		"no body":         {slow{}, social.CauseProviderTrouble},
		"a byte a second": {trickle{}, social.CauseProviderTrouble},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, err := provider.NewClient(provider.Options{Origins: []string{"https://graph.facebook.com"}, Transport: tc.transport})
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				_, err = client.Do(t.Context(), provider.Request{Act: "look", Method: http.MethodGet, URL: "https://graph.facebook.com/me"})
				if took := time.Since(start); took != provider.Timeout {
					t.Errorf("took %v", took)
				}
				if trouble := asTrouble(t, err); trouble.Cause != tc.cause {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestCallersCancelIsNoTrouble(t *testing.T) {
	t.Parallel()
	client, err := provider.NewClient(provider.Options{Origins: []string{"https://graph.facebook.com"}, Transport: silence{}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = client.Do(ctx, provider.Request{Act: "look", Method: http.MethodGet, URL: "https://graph.facebook.com/me"})
	var trouble *social.Trouble
	if !errors.Is(err, context.Canceled) || errors.As(err, &trouble) {
		t.Errorf("got %v", err)
	}
}

// Covers GR10, T2.
func TestOnlyListedHostsAreReached(t *testing.T) {
	t.Parallel()
	client, err := provider.NewClient(provider.Options{Origins: []string{"https://graph.facebook.com"}, Transport: silence{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		"https://evil.example/me", "http://graph.facebook.com/me", "https://graph.facebook.com:8443/me",
		"https://graph.facebook.com.evil.example/", "https://graph.facebook.com@evil.example/", "http://127.0.0.1:1/", "file:///etc/passwd",
	} {
		_, err := client.Do(t.Context(), provider.Request{Act: "look", Method: http.MethodGet, URL: address, Bearer: social.NewSecret(canary)})
		if problem.CodeOf(err) != problem.Internal || !strings.Contains(err.Error(), "host is not on the list") {
			t.Errorf("%s: got %v", address, err)
		}
	}
}

// Covers T2.
func TestNewClientRefusesOrigins(t *testing.T) {
	t.Parallel()
	for _, origin := range []string{"http://graph.facebook.com", "ftp://127.0.0.1", "https://", "graph.facebook.com", "http://10.0.0.1", "https://a@b", "https://a?x=1"} {
		if _, err := provider.NewClient(provider.Options{Origins: []string{origin}}); problem.CodeOf(err) != problem.BadEnvironment {
			t.Errorf("%s: got %v", origin, err)
		}
	}
	if _, err := provider.NewClient(provider.Options{Origins: []string{"http://localhost:1", "http://[::1]:2", "https://Graph.Facebook.com/"}}); err != nil {
		t.Error(err)
	}
}

// Covers TK13, T2.
func TestLongReplyIsRefusedWithFlatMemory(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	zip := gzip.NewWriter(&bomb)
	_, _ = io.CopyN(zip, zeros{}, 8<<20)
	_ = zip.Close()
	w := newWorld(t, func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Encoding", "gzip")
		_, _ = rw.Write(bomb.Bytes())
	})
	r := w.request()
	r.Limit = provider.TokenLimit
	_, err := w.client.Do(t.Context(), r)
	if problem.CodeOf(err) != problem.ProviderReply {
		t.Errorf("got %v", err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// Covers NW04, TK03, TK04, TK06, TK10, T1.
func TestTokenIsAskedForOnceAndReadStrictly(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		answer http.HandlerFunc
		code   problem.Code
	}{
		"307":              {redirect(307, "https://evil.example/"), problem.ProviderTrouble},
		"500 that echoes":  {echo(500), problem.ProviderTrouble},
		"400 that echoes":  {echo(400), problem.ProviderReply},
		"200 with error":   {status(200, `{"error":"`+canary+`"}`), problem.ProviderReply},
		"late error":       {status(200, `{"x":1,"error":"`+canary+`"}`), problem.ProviderReply},
		"token with break": {status(200, `{"access_token":"`+canary+`\n"}`), problem.ProviderReply},
		"lost connection":  {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, problem.ProviderTrouble},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, tc.answer)
			_, err := w.client.Token(t.Context(), w.request(), func(provider.Reply) *social.Trouble { return nil })
			if problem.CodeOf(err) != tc.code || strings.Contains(err.Error(), canary) {
				t.Errorf("got %v", err)
			}
			if w.hits.Load() != 1 {
				t.Errorf("%d requests", w.hits.Load())
			}
		})
	}
}

func TestLimiterThatCannotWaitIsARateLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, status(200, "{}"))
	client, err := provider.NewClient(provider.Options{Origins: []string{w.URL}, Limiter: rate.NewLimiter(rate.Every(time.Hour), 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := client.Do(ctx, w.request()); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Do(ctx, w.request()); asTrouble(t, err).Cause != social.CauseRateLimited {
		t.Errorf("got %v", err)
	}
}

// Covers TK04.
func TestRequestsAndRepliesPrintNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, echo(200))
	reply, err := w.client.Do(t.Context(), w.request())
	if err != nil || !bytes.Contains(reply.Body, []byte(canary)) {
		t.Fatalf("no echo: %v", err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		if text := fmt.Sprintf(verb+verb, w.request(), reply); strings.Contains(text, canary) {
			t.Errorf("%s prints %s", verb, text)
		}
	}
}

func status(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

func retry(after string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", after)
		w.WriteHeader(http.StatusTooManyRequests)
	}
}

func redirect(code int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to+"?"+canary)
		w.WriteHeader(code)
	}
}

// echo answers everything that it was asked.
func echo(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		w.WriteHeader(code)
		_, _ = fmt.Fprintf(w, `{"x":%q}`, r.Form.Encode()+r.Header.Get("Authorization"))
	}
}

func hijacked(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer func(c net.Conn) { _ = c.Close() }(connection)
		_, _ = io.WriteString(connection, text)
	}
}
