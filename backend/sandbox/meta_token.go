package sandbox

import (
	"net/http"
	"time"
)

// How long Meta's user tokens live (meta.md 1.4).
const (
	shortTokenLife = 90 * time.Minute
	longTokenLife  = 5183944 * time.Second
)

// tokenEndpoint trades a code, or a short token for a long one.
func (g *graphCall) tokenEndpoint() {
	if !g.allow(http.MethodGet, http.MethodPost) {
		g.graphRefuse(&graphError{Code: 100, Message: "Unsupported request method."})
		return
	}
	app, err := g.client()
	if err != nil {
		g.graphRefuse(err)
		return
	}
	switch grantType := g.r.FormValue("grant_type"); grantType {
	case "", "authorization_code":
		err = g.exchangeCode(app)
	case "fb_exchange_token":
		err = g.extend(app)
	default:
		err = parameterError("Invalid grant_type: %s", safePath(grantType))
	}
	if err != nil {
		g.graphRefuse(err)
	}
}

// client checks id and secret. The app's own token is not spoken of in our
// facts for this endpoint, so it is not accepted.
func (g *graphCall) client() (App, *graphError) {
	id, secret := g.r.FormValue("client_id"), g.r.FormValue("client_secret")
	if id == "" {
		return App{}, &graphError{Code: 101, Message: "Missing client_id parameter."}
	}
	app, ok := g.metaApp(id)
	if !ok {
		return App{}, &graphError{Code: 101, Message: "Error validating application. Invalid application ID."}
	}
	if !sameSecret(app.Secret, secret) {
		return App{}, &graphError{Code: 1, Message: "Error validating client secret."}
	}
	return app, nil
}

func (g *graphCall) exchangeCode(app App) *graphError {
	value, redirect := g.r.FormValue("code"), g.r.FormValue("redirect_uri")
	if redirect == "" {
		return &graphError{Code: 191, Message: "Missing redirect_uri parameter."}
	}
	if value == "" {
		return &graphError{Code: 1, Message: "Missing authorization code"}
	}
	var refused *graphError
	cd, ok := g.codes.take(Meta, value, func(cd code) bool {
		refused = g.judgeCode(cd, app, redirect)
		return refused == nil
	})
	if !ok {
		return &graphError{Code: 100, Message: "Invalid verification code format."}
	}
	if refused != nil {
		return refused
	}
	return g.issueUserToken(cd.person, app, cd.epoch, kindUser)
}

func (g *graphCall) judgeCode(cd code, app App, redirect string) *graphError {
	switch {
	case cd.used:
		return &graphError{Code: 100, Subcode: 36009, Message: "This authorization code has been used."}
	case !g.now().Before(cd.expires):
		return &graphError{Code: 100, Subcode: 36007, Message: "This authorization code has expired."}
	case cd.client != app.ID || cd.redirect != redirect:
		return &graphError{Code: 100, Subcode: 36008, Message: "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request"}
	}
	return nil
}

// extend makes the 60-day token. One that has expired cannot be extended, and
// a Page's token is not a person's (meta.md 1.4).
func (g *graphCall) extend(app App) *graphError {
	token := g.r.FormValue("fb_exchange_token")
	if token == "" {
		return parameterError("The parameter fb_exchange_token is required")
	}
	b, err := g.identify(token)
	if err != nil {
		return err
	}
	if b.isApp || b.app.ID != app.ID || b.isPage() {
		return &graphError{Code: 190, Message: "The access token does not belong to application " + app.ID}
	}
	if b.claims.Kind == kindSystem {
		return parameterError("This token cannot be exchanged")
	}
	if err := g.alive(b); err != nil {
		return err
	}
	g.event("token_extended")
	return g.issueUserToken(b.person.Key, app, b.claims.Epoch, kindLong)
}

func (g *graphCall) issueUserToken(person string, app App, epoch uint64, kind string) *graphError {
	life := shortTokenLife
	if kind == kindLong {
		life = longTokenLife
	}
	now := g.now()
	cl := claims{
		Provider: Meta, Client: app.ID, Person: person, Kind: kind,
		Issued: now.Unix(), Expires: now.Add(life).Unix(), Epoch: epoch,
	}
	g.entry.Person = person
	if gr, ok := g.ledger.live(Meta, app.ID, person); !ok || gr.Epoch != epoch {
		return endedToken(gr.Ended[epoch], app.ID)
	}
	answer := map[string]any{"token_type": "bearer", "expires_in": int64(life.Seconds())}
	if person == systemUser().Key {
		cl.Kind, cl.Expires = kindSystem, 0
		delete(answer, "expires_in")
	}
	var err error
	if cl.Serial, err = g.ledger.nextSerial(Meta, app.ID, person); err != nil {
		return &graphError{Status: http.StatusInternalServerError, Code: 2, Transient: true, Message: "Service temporarily unavailable"}
	}
	g.event("token_issued")
	answer["access_token"] = cl.seal()
	g.json(http.StatusOK, answer)
	return nil
}
