package control

import (
	"context"
	"fmt"
	"net/http"

	"github.com/kontent/kontent-connect/backend/view"
)

// Scripts is what the command line alone asks for. It is no part of Service,
// so that nothing of it is ever bound to the window's page.
type Scripts interface {
	// Token returns what acts for an account now: asked about first, renewed
	// where it can be, and noted in the timeline. problem.TokenNotAllowed
	// unless the admin allowed it, problem.AccessEnded when it is over.
	Token(ctx context.Context, id view.AccountID) (Token, error)
	// Configuration returns the installation without its secrets.
	Configuration(ctx context.Context) (view.Configuration, error)
	// Import reads the text of such a file and adds what is not here. It
	// changes everything or nothing: problem.FileForeign, FileNewer and
	// FileDamaged say why nothing.
	Import(ctx context.Context, file string) (view.ImportResult, error)
}

// Token is an access on its way to a script, the only secret that leaves the
// agent (design.md 3). However it is printed it shows "[secret]".
type Token struct{ value *string }

// NewToken wraps value.
func NewToken(value string) Token { return Token{&value} }

// Reveal returns the access itself. Only what hands it to the script may call
// it.
func (t Token) Reveal() string {
	if t.value == nil {
		return ""
	}
	return *t.value
}

// Format writes "[secret]" for every verb.
func (Token) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[secret]")) }

// MarshalJSON returns the JSON string "[secret]".
func (Token) MarshalJSON() ([]byte, error) { return []byte(`"[secret]"`), nil }

// tokenReply is the one body that carries a secret out.
type tokenReply struct {
	Access string `json:"access"`
}

// registerScripts names what the command line alone may ask for. A service
// that has none of it answers as an agent of another version does.
func (s *Server) registerScripts(mux *http.ServeMux) {
	v, ok := s.service.(Scripts)
	if !ok {
		return
	}
	handle(s, mux, "token", func(ctx context.Context, in accountInput) (tokenReply, error) {
		token, err := v.Token(ctx, in.ID)
		return tokenReply{token.Reveal()}, err
	})
	handle(s, mux, "configuration", func(ctx context.Context, _ none) (view.Configuration, error) { return v.Configuration(ctx) })
	handle(s, mux, "import", func(ctx context.Context, in fileInput) (view.ImportResult, error) {
		return v.Import(ctx, in.Text)
	})
}

// fileInput is the text of a file.
type fileInput struct {
	Text string `json:"text"`
}

// maxFile bounds what is imported: tens of thousands of accounts.
const maxFile = 64 << 20

// maxBodyOf is the most that a request may hold.
func maxBodyOf(r *http.Request) int64 {
	if r.URL.Path == "/v1/import" {
		return maxFile
	}
	return maxBody
}

var _ Scripts = (*Client)(nil)

// Token implements Scripts.
func (c *Client) Token(ctx context.Context, id view.AccountID) (Token, error) {
	reply, err := call[tokenReply](ctx, c, "token", accountInput{ID: id})
	return NewToken(reply.Access), err
}

// Configuration implements Scripts.
func (c *Client) Configuration(ctx context.Context) (view.Configuration, error) {
	return call[view.Configuration](ctx, c, "configuration", none{})
}

// Import implements Scripts.
func (c *Client) Import(ctx context.Context, file string) (view.ImportResult, error) {
	return call[view.ImportResult](ctx, c, "import", fileInput{Text: file})
}
