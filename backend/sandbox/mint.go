package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// Mint is a wish for the token of a system user, as the portfolio's admin makes
// one by hand (meta.md 1.2).
type Mint struct {
	// App is the client id; the first app's when empty.
	App string `json:"app,omitempty"`
	// Permissions are all that the dialog knows when nil.
	Permissions []string `json:"permissions,omitempty"`
	// Days is how long it lives; 0 for ever.
	Days int `json:"days,omitempty"`
}

// systemDataAccess is when a system user's data access ends: never, that is.
func systemDataAccess() time.Time { return time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC) }

// Mint returns a token of the system user.
func (s *Server) Mint(m Mint) (string, error) {
	if m.App == "" && len(s.opts.MetaApps) > 0 {
		m.App = s.opts.MetaApps[0].ID
	}
	app, ok := s.metaApp(m.App)
	if !ok {
		return "", fmt.Errorf("mint: no app %q", m.App)
	}
	if m.Permissions == nil {
		m.Permissions = MetaPermissions()
	}
	if unknown := unknownPermissions(m.Permissions); len(unknown) > 0 {
		return "", fmt.Errorf("mint: no permissions %q", unknown)
	}
	epoch, err := s.grantSystemUser(app, m.Permissions)
	if err != nil {
		return "", fmt.Errorf("mint: %w", err)
	}
	return s.sealSystemToken(app, epoch, m.Days)
}

// grantSystemUser writes down what the portfolio lets its system user do.
func (s *Server) grantSystemUser(app App, permissions []string) (epoch uint64, err error) {
	now := s.now().UTC()
	key := systemUser().Key
	err = s.ledger.update(func(st *state) {
		at := grantKey(Meta, app.ID, key)
		g, known := st.Grants[at]
		g = begin(g, known && !g.Revoked, flow{provider: Meta, app: app, person: key}, now)
		g.Granted = append(slices.Clone(permissions), "public_profile")
		g.Declined, g.AllPages, g.AllInstagram, g.DataAccessUntil = nil, true, true, systemDataAccess()
		st.Grants[at] = g
		epoch = g.Epoch
	})
	return epoch, err
}

func (s *Server) sealSystemToken(app App, epoch uint64, days int) (string, error) {
	now := s.now()
	cl := claims{
		Provider: Meta, Client: app.ID, Person: systemUser().Key, Kind: kindSystem, Issued: now.Unix(), Epoch: epoch,
	}
	if days > 0 {
		cl.Expires = now.Add(time.Duration(days) * 24 * time.Hour).Unix()
	}
	var err error
	if cl.Serial, err = s.ledger.nextSerial(Meta, app.ID, cl.Person); err != nil {
		return "", err
	}
	return cl.seal(), nil
}

// controlMint answers a token: the one control that does. It stands in the
// answer only, not in the log.
func (c *call) controlMint() {
	var m Mint
	decoder := json.NewDecoder(c.r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil && err != io.EOF {
		c.json(http.StatusBadRequest, map[string]string{"error": "the body is not one wish for a token"})
		return
	}
	token, err := c.Mint(m)
	if err != nil {
		c.json(http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	c.entry.Provider, c.entry.Person = Meta, systemUser().Key
	c.event("token_minted")
	c.json(http.StatusOK, map[string]string{"access_token": token})
}
