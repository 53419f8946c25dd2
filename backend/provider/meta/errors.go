package meta

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// graphError is the body of an error. Its texts are localised and may quote
// what was sent; they are looked at and never passed on.
type graphError struct {
	Code    provider.Number `json:"code"`
	Subcode provider.Number `json:"error_subcode"`
	Message string          `json:"message"`
	TraceID string          `json:"fbtrace_id"`
}

// says reports whether the message holds words.
func (e graphError) says(words string) bool {
	return strings.Contains(strings.ToLower(e.Message), words)
}

func (e graphError) fault() provider.Fault {
	switch {
	case e.says("appsecret_proof"):
		return provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}
	case e.says("unknown path components"):
		// So answers a version that does not exist (meta.md 1.1).
		return provider.Fault{Cause: social.CauseVersionRetired, Code: problem.VersionRetired}
	case e.says("log in to www.instagram.com"), e.says("log in to www.facebook.com"):
		return provider.Fault{Cause: social.CauseCheckpoint, Refused: true, Explicit: true, Code: problem.AccessEnded}
	}
	for _, r := range rules() {
		if r.fits(e.Code.N, e.Subcode.N) {
			return r.fault
		}
	}
	return provider.Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderTrouble}
}

// codeError keeps Meta's numbers for whoever has to look closer.
type codeError struct {
	code, subcode int64
	*provider.ReplyError
}

// Unwrap lets errors.As find the reply.
func (e *codeError) Unwrap() error { return e.ReplyError }

// wrongParameter reports whether Meta did not understand what it was asked,
// such as a field that a version does not have.
func wrongParameter(err error) bool {
	var of *codeError
	var trouble *social.Trouble
	return errors.As(err, &of) && errors.As(err, &trouble) && trouble.Cause == social.CauseProviderTrouble &&
		(of.code == 100 || of.code == 2500)
}

func (e graphError) trouble(r provider.Reply, fault provider.Fault) *social.Trouble {
	t := fault.Trouble(&codeError{e.Code.N, e.Subcode.N, r.Errorf("code %d/%d", e.Code.N, e.Subcode.N)})
	t.TraceID = traceID(e.TraceID)
	if fault.Cause == social.CauseRateLimited {
		t.RetryAfter = regain(r.Header)
	}
	return t
}

func readError(r provider.Reply) (graphError, bool) {
	var body struct {
		Error *graphError `json:"error"`
	}
	if r.Decode(&body) != nil || body.Error == nil {
		return graphError{}, false
	}
	return *body.Error, true
}

// explain reads an error about a person's or a Page's token.
func explain(r provider.Reply) *social.Trouble {
	e, ok := readError(r)
	if !ok {
		return nil
	}
	return e.trouble(r, e.fault())
}

// explainApp reads an error of a call that the app made with its own token or
// secret. A refusal there is about the app and says nothing about a login: an
// app of type Native has its token ignored (meta.md 1.4).
func explainApp(r provider.Reply) *social.Trouble {
	e, ok := readError(r)
	if !ok {
		return nil
	}
	fault := e.fault()
	if fault.Refused || e.says("client secret") || fault.Code == problem.ProviderReply {
		fault = provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}
	}
	return e.trouble(r, fault)
}

// traceID keeps Meta's id of a call if it looks like one, since it comes from
// the body.
func traceID(id string) string {
	if len(id) > 64 {
		return ""
	}
	for _, c := range id {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return ""
		}
	}
	return id
}

// regain reads how many minutes a business use case is closed for (meta.md 5);
// 0 when Meta does not say.
func regain(h http.Header) time.Duration {
	var usage map[string][]struct {
		Minutes int64 `json:"estimated_time_to_regain_access"`
	}
	if json.Unmarshal([]byte(h.Get("X-Business-Use-Case-Usage")), &usage) != nil {
		return 0
	}
	var longest int64
	for _, cases := range usage {
		for _, c := range cases {
			longest = max(longest, min(c.Minutes, 24*60))
		}
	}
	if longest == 0 {
		return 0
	}
	return provider.BoundWait(time.Duration(longest) * time.Minute)
}
