package meta

import (
	"errors"
	"strings"

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

func (e graphError) fault() provider.Fault { return e.rule().fault }

// rule finds the line of the table. A few meanings are told by words alone,
// under codes that also mean other things.
func (e graphError) rule() rule {
	switch {
	case e.says("appsecret_proof"):
		return rule{fault: secretWrong()}
	case e.says("unknown path components"):
		// So answers a version that does not exist (meta.md 1.1).
		return rule{fault: provider.Fault{Cause: social.CauseVersionRetired, Code: problem.VersionRetired}}
	case e.says("log in to www.facebook.com"):
		return rule{fault: provider.Fault{Cause: social.CauseCheckpoint, Refused: true, Explicit: true, Code: problem.AccessEnded}}
	case e.says("log in to www.instagram.com"), e.says("session key is malformed"):
		// Instagram's own checkpoint (meta.md 5): one account waits for its
		// person, and the login behind it lives on.
		return rule{fault: checkpointElsewhere()}
	}
	for _, r := range rules() {
		if r.fits(e.Code.N, e.Subcode.N) {
			return r
		}
	}
	// What nobody has heard of is never the end of an access.
	return rule{fault: provider.Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderTrouble}}
}

// codeError keeps Meta's numbers for whoever has to look closer.
type codeError struct {
	code, subcode int64
	*provider.ReplyError
}

// Unwrap lets errors.As find the reply.
func (e *codeError) Unwrap() error { return e.ReplyError }

// asTrouble finds the trouble in err's chain.
func asTrouble(err error) (*social.Trouble, bool) {
	var trouble *social.Trouble
	return trouble, errors.As(err, &trouble)
}

// asCode finds Meta's numbers in err's chain; ok is false where Meta said none.
func asCode(err error) (of *codeError, ok bool) { return of, errors.As(err, &of) }

// wrongParameter reports whether Meta did not understand what it was asked,
// such as a field that a version does not have.
func wrongParameter(err error) bool {
	of, spoken := asCode(err)
	trouble, ok := asTrouble(err)
	return spoken && ok && trouble.Cause == social.CauseProviderTrouble && (of.code == 100 || of.code == 2500)
}

func (e graphError) trouble(r provider.Reply, fault provider.Fault) *social.Trouble {
	t := fault.Trouble(&codeError{e.Code.N, e.Subcode.N, r.Errorf("code %d/%d", e.Code.N, e.Subcode.N)})
	t.TraceID = traceID(e.TraceID)
	if fault.Cause == social.CauseRateLimited {
		t.RetryAfter = max(regain(r.Header), e.rule().wait)
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
// secret. A refusal there is about the app and says nothing about a login.
func explainApp(r provider.Reply) *social.Trouble {
	e, ok := readError(r)
	if !ok {
		return nil
	}
	fault, named := e.appFault()
	if !named {
		fault = e.fault()
	}
	if !named && (fault.Refused || fault.Code == problem.ProviderReply) {
		fault = provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppSetup}
	}
	return e.trouble(r, fault)
}

// appFault is what an error says about the app's id, secret or type; named is
// false where it says nothing of them.
func (e graphError) appFault() (fault provider.Fault, named bool) {
	switch {
	case e.says("client secret"), e.says("appsecret_proof"), e.Code.N == 104:
		return secretWrong(), true
	case e.Code.N == 101:
		return provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppUnknown}, true
	case e.Code.N == 2500 && e.says("active access token"):
		// An app of type Native has its token ignored, "as though no token was
		// provided" (meta.md 1.4).
		return provider.Fault{Cause: social.CauseAppSetup, Code: problem.AppTypeWrong}, true
	default:
		return provider.Fault{}, false
	}
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
