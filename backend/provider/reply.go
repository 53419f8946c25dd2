package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Reply is what came back, whatever its status. Its body is the provider's
// text and must not be put into errors or logs.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
	act    string
}

// Format writes the status only, for every verb.
func (r Reply) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "reply %d", r.Status) }

// Good reports whether the status is one of success.
func (r Reply) Good() bool { return r.Status >= 200 && r.Status < 300 }

// Decode reads the body as exactly one JSON value.
func (r Reply) Decode(into any) error {
	if Unmarshal(r.Body, into) != nil {
		// Its own error quotes the reply.
		return unreadable(fmt.Errorf("%s: reply is not the JSON that was expected", r.act))
	}
	return nil
}

// Sparing is what can be read though a part of it makes no sense.
type Sparing interface {
	// Spare reads the parts that do. It replaces whatever was read before.
	Spare(data []byte) error
}

// Unmarshal reads data in one go, and part by part only where that fails and
// into knows how.
func Unmarshal(data []byte, into any) error {
	err := json.Unmarshal(data, into)
	if sparing, ok := into.(Sparing); ok && err != nil {
		return sparing.Spare(data)
	}
	return err
}

// Explain puts a provider's own error body into trouble. It returns nil when
// the body is not one of its error bodies.
type Explain func(Reply) *social.Trouble

// Call sends r and decodes a good reply into into, unless that is nil. An
// error reply is explained, or else judged by its status.
func (c *Client) Call(ctx context.Context, r Request, explain Explain, into any) error {
	reply, err := c.Do(ctx, r)
	if err != nil {
		return err
	}
	if err := reply.trouble(explain); err != nil {
		return err
	}
	if into == nil {
		return nil
	}
	return reply.Decode(into)
}

// trouble returns nil for a good reply. A 200 with an error in it is not good
// (security.md TK03).
func (r Reply) trouble(explain Explain) error {
	if r.Good() && !bytes.HasPrefix(bytes.TrimSpace(r.Body), []byte(`{"error"`)) {
		return nil
	}
	var t *social.Trouble
	if explain != nil && (r.Good() || r.Status >= 400) {
		t = explain(r)
	}
	if t == nil {
		if r.Good() {
			return nil
		}
		t = r.byStatus()
	}
	if t.RetryAfter == 0 && t.Cause == social.CauseRateLimited {
		t.RetryAfter = RetryAfter(r.Header)
	}
	return t
}

func (r Reply) byStatus() *social.Trouble {
	fault := Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderTrouble}
	switch {
	case r.Status == http.StatusTooManyRequests:
		fault = Fault{Cause: social.CauseRateLimited, Code: problem.RateLimited}
	case r.Status >= 300 && r.Status < 400:
		return fault.Trouble(fmt.Errorf("%s: HTTP %d, redirects are not followed", r.act, r.Status))
	case r.Status >= 400 && r.Status < 500:
		fault.Code = problem.ProviderReply
	}
	return fault.Trouble(r.Errorf(""))
}

// ReplyError is an error reply in our own words. It is in the chain of every
// trouble that came with a reply, for whoever has to know its status.
type ReplyError struct {
	Status int
	text   string
}

// Error returns the act, the status and the detail.
func (e *ReplyError) Error() string { return e.text }

// Errorf returns an error that names the act, the status and a detail of our
// own words.
func (r Reply) Errorf(detail string, args ...any) *ReplyError {
	text := fmt.Sprintf("%s: HTTP %d", r.act, r.Status)
	if detail != "" {
		text += ", " + fmt.Sprintf(detail, args...)
	}
	return &ReplyError{Status: r.Status, text: text}
}

// The bounds of how long a provider may ask to be left alone.
const (
	shortestWait = time.Second
	longestWait  = 24 * time.Hour
)

// BoundWait keeps a wait between a second and a day (security.md TK20).
func BoundWait(d time.Duration) time.Duration { return min(max(d, shortestWait), longestWait) }

// RetryAfter reads the header of that name, in seconds or as a date; 0 when
// there is none that makes sense. A date is compared with the reply's own
// Date, so that this computer's clock does not matter.
func RetryAfter(h http.Header) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return BoundWait(time.Duration(min(max(seconds, 0), 1<<31)) * time.Second)
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	sent, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		sent = time.Now()
	}
	return BoundWait(at.Sub(sent))
}
