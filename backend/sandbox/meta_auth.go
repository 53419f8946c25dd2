package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// proofLife is how long the timed form of appsecret_proof holds (meta.md 7).
const proofLife = 5 * time.Minute

// bearer is who speaks: a person (user or Page token) or the app itself.
type bearer struct {
	app    App
	isApp  bool
	claims claims
	grant  grant
	person Person
	// secret is the token as presented: Meta repeats it in paging.next.
	secret string
}

func (b bearer) isPage() bool { return b.claims.Kind == kindPage }
func (b bearer) isUser() bool { return !b.isApp && !b.isPage() }

// presented is the token of the call: header or parameter (meta.md 7).
func (g *graphCall) presented() string {
	scheme, token, _ := strings.Cut(g.r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "OAuth") {
		return strings.TrimSpace(token)
	}
	return g.r.FormValue("access_token")
}

func (g *graphCall) authenticate(token string) (bearer, *graphError) {
	if token == "" {
		return bearer{}, noToken()
	}
	b, err := g.identify(token)
	if err != nil {
		return b, err
	}
	if err := g.checkProof(b.app, token); err != nil {
		return b, err
	}
	if b.isApp {
		return b, nil
	}
	return b, g.alive(b)
}

// identify reads the token without asking whether it still holds.
func (g *graphCall) identify(token string) (bearer, *graphError) {
	if id, secret, ok := strings.Cut(token, "|"); ok {
		app, known := g.metaApp(id)
		if known && app.Native {
			// Its app tokens are ignored, "as though no token was provided"
			// (meta.md 1.4).
			return bearer{}, noToken()
		}
		if !known || !sameSecret(app.Secret, secret) {
			return bearer{}, &graphError{Code: 190, Message: "Invalid OAuth access token signature."}
		}
		return bearer{app: app, isApp: true, secret: token}, nil
	}
	cl, ok := unseal(Meta, token)
	app, known := g.metaApp(cl.Client)
	person, exists := findPerson(g.Everyone(), cl.Person)
	if !ok || !known || !exists {
		return bearer{}, malformedToken()
	}
	grant, _ := g.ledger.grant(Meta, cl.Client, cl.Person)
	return bearer{app: app, claims: cl, grant: grant, person: person, secret: token}, nil
}

// alive asks the grant what has happened since the token was issued.
func (g *graphCall) alive(b bearer) *graphError {
	if b.grant.Epoch != b.claims.Epoch {
		return endedToken(b.grant.Ended[b.claims.Epoch], b.app.ID)
	}
	if end := b.grant.expiry(b.claims); end != 0 && g.now().Unix() >= end {
		return expiredToken(time.Unix(end, 0), g.now())
	}
	if b.grant.Checkpoint != 0 {
		return checkpointToken(b.grant.Checkpoint)
	}
	if !b.isPage() {
		return nil
	}
	if g.ledger.lostRole(b.person.Key, b.claims.Page) {
		return tokenError(492, "The user must be an administrator, editor, or moderator of the page in order to impersonate it.")
	}
	if !b.grant.ticked(b.claims.Page) {
		return &graphError{Code: 10, Message: "(#10) The user has not granted the application access to this Page."}
	}
	return nil
}

// checkProof verifies appsecret_proof when it is there, plain or timed. Wrong
// proofs are code 100, as seen; the error table calls them 104 (meta.md 5, 7).
func (g *graphCall) checkProof(app App, token string) *graphError {
	proof := g.r.FormValue("appsecret_proof")
	if proof == "" {
		if g.faults.proofRequired() {
			return &graphError{Code: 100, Type: graphMethod, Message: "API calls from the server require an appsecret_proof argument"}
		}
		return nil
	}
	message := token
	if stamp := g.r.FormValue("appsecret_time"); stamp != "" {
		at, err := strconv.ParseInt(stamp, 10, 64)
		if err != nil || g.now().Sub(time.Unix(at, 0)).Abs() > proofLife {
			return &graphError{Code: 100, Type: graphMethod, Message: "Invalid appsecret_time provided in the API argument"}
		}
		message += "|" + stamp
	}
	h := hmac.New(sha256.New, []byte(app.Secret))
	h.Write([]byte(message))
	if !hmac.Equal([]byte(hex.EncodeToString(h.Sum(nil))), []byte(proof)) {
		return &graphError{Code: 100, Type: graphMethod, Message: "Invalid appsecret_proof provided in the API argument"}
	}
	return nil
}

func sameSecret(want, got string) bool {
	return want != "" && hmac.Equal([]byte(want), []byte(got))
}
