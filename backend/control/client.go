package control

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// Client is a Service that an agent on the other end of a socket provides.
type Client struct{ http *http.Client }

var _ Service = (*Client)(nil)

// NewClient returns a client of the socket at path. It connects with the first
// call; a call that finds no agent fails with problem.AgentUnreachable.
func NewClient(path string) *Client {
	return &Client{http: &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dial(ctx, path)
		},
		MaxIdleConns: 2, MaxConnsPerHost: connsAtOnce,
	}}}
}

// dial connects to the socket at path, if an agent of this user serves it: a
// request may carry an app secret.
func dial(ctx context.Context, path string) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", path)
	if err != nil {
		return nil, err
	}
	if unixConn, ok := conn.(*net.UnixConn); !ok || !sameUser(unixConn) {
		return nil, errors.Join(errors.New("another user serves the agent's socket"), conn.Close())
	}
	return conn, nil
}

// Close ends idle connections. The client can still be used.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Hello returns nil where an agent of this version serves. It asks for nothing,
// which with thousands of accounts takes the agent less than anything else.
func (c *Client) Hello(ctx context.Context) error {
	response, err := c.send(ctx, http.MethodGet, "/v1/hello", nil)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusNoContent {
		return problemIn(response.Body)
	}
	return nil
}

// Leave asks the agent, of whatever version, to finish what it does and end.
func (c *Client) Leave(ctx context.Context) error {
	response, err := c.send(ctx, http.MethodPost, "/leave", nil)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

func (c *Client) send(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, "http://"+host+path, body)
	if err != nil {
		return nil, fmt.Errorf("ask the agent: %w", err)
	}
	request.Header.Set(protocolHeader, Protocol)
	response, err := c.http.Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, problem.New(problem.AgentUnreachable, err)
	}
	return response, nil
}

// NotSent reports whether err means that a request never reached an agent, so
// that it may be sent again.
func NotSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// call posts in to a method and returns its result.
func call[Out any](ctx context.Context, c *Client, method string, in any) (Out, error) {
	var out Out
	body, err := json.Marshal(in)
	if err != nil {
		return out, fmt.Errorf("write the request %s: %w", method, err)
	}
	response, err := c.send(ctx, http.MethodPost, "/v1/"+method, bytes.NewReader(body))
	if err != nil {
		return out, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return out, problemIn(response.Body)
	}
	if err := json.NewDecoder(response.Body).Decode(&out); err != nil {
		return out, fmt.Errorf("read the reply to %s: %w", method, err)
	}
	return out, nil
}

// problemIn reads what an agent answers when it refuses. What cannot be read is
// the answer of another version, or none.
func problemIn(body io.Reader) error {
	var f failure
	switch err := json.NewDecoder(body).Decode(&f); {
	case errors.Is(err, io.EOF):
		return problem.New(problem.AgentStart, err)
	case err != nil || f.Problem == nil:
		return problem.New(problem.AgentVersion, err)
	}
	return f.Problem.Error()
}

// Events implements Service.
func (c *Client) Events(ctx context.Context, face view.Face, each func(view.Event) error) error {
	response, err := c.send(ctx, http.MethodGet, "/v1/events?face="+url.QueryEscape(string(face)), nil)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return problemIn(response.Body)
	}
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		var e view.Event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return fmt.Errorf("read an event: %w", err)
		}
		if err := each(e); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return problem.New(problem.AgentUnreachable, lines.Err())
}

// Snapshot implements Service.
func (c *Client) Snapshot(ctx context.Context) (view.Snapshot, error) {
	return call[view.Snapshot](ctx, c, "snapshot", none{})
}

// Opening implements Service.
func (c *Client) Opening(ctx context.Context) (view.Snapshot, error) {
	return call[view.Snapshot](ctx, c, "opening", none{})
}

// CopySnapshot writes the snapshot to out as the agent sends it, in JSON, for
// whoever only passes it on. What was written when it fails is of no use.
func (c *Client) CopySnapshot(ctx context.Context, out io.Writer) error {
	return c.copy(ctx, "snapshot", out)
}

// CopyOpening is CopySnapshot for what a window opens with.
func (c *Client) CopyOpening(ctx context.Context, out io.Writer) error {
	return c.copy(ctx, "opening", out)
}

// copy writes what a method without arguments answers to out.
func (c *Client) copy(ctx context.Context, method string, out io.Writer) error {
	response, err := c.send(ctx, http.MethodPost, "/v1/"+method, strings.NewReader("{}"))
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return problemIn(response.Body)
	}
	if _, err := io.Copy(out, response.Body); err != nil {
		return fmt.Errorf("pass the %s on: %w", method, err)
	}
	return nil
}

// Changes implements Service.
func (c *Client) Changes(ctx context.Context, since int64) (view.Changes, error) {
	return call[view.Changes](ctx, c, "changes", sinceInput{Since: since})
}

// Former implements Service.
func (c *Client) Former(ctx context.Context) (view.Former, error) {
	return call[view.Former](ctx, c, "former", none{})
}

// SetPreferences implements Service.
func (c *Client) SetPreferences(ctx context.Context, p view.Preferences) error {
	_, err := call[none](ctx, c, "set_preferences", p)
	return err
}

// AddProject implements Service.
func (c *Client) AddProject(ctx context.Context, name string) (view.Project, error) {
	return call[view.Project](ctx, c, "add_project", projectInput{Name: name})
}

// RenameProject implements Service.
func (c *Client) RenameProject(ctx context.Context, id view.ProjectID, name string) error {
	_, err := call[none](ctx, c, "rename_project", projectInput{ID: id, Name: name})
	return err
}

// RemoveProject implements Service.
func (c *Client) RemoveProject(ctx context.Context, id view.ProjectID) error {
	_, err := call[none](ctx, c, "remove_project", projectInput{ID: id})
	return err
}

// SetApp implements Service.
func (c *Client) SetApp(ctx context.Context, settings view.AppSettings) (view.ProviderApp, error) {
	return call[view.ProviderApp](ctx, c, "set_app", settings)
}

// RemoveApp implements Service.
func (c *Client) RemoveApp(ctx context.Context, p view.Provider) error {
	_, err := call[none](ctx, c, "remove_app", providerInput{Provider: p})
	return err
}

// TestApp implements Service.
func (c *Client) TestApp(ctx context.Context, p view.Provider) error {
	_, err := call[none](ctx, c, "test_app", providerInput{Provider: p})
	return err
}

// Connect implements Service.
func (c *Client) Connect(ctx context.Context, r view.ConnectRequest) (view.Attempt, error) {
	return call[view.Attempt](ctx, c, "connect", r)
}

// Attempt implements Service.
func (c *Client) Attempt(ctx context.Context, id string) (view.Attempt, error) {
	return call[view.Attempt](ctx, c, "attempt", attemptInput{ID: id})
}

// OpenBrowser implements Service.
func (c *Client) OpenBrowser(ctx context.Context, id string) error {
	_, err := call[none](ctx, c, "open_browser", attemptInput{ID: id})
	return err
}

// PasteAddress implements Service.
func (c *Client) PasteAddress(ctx context.Context, id, address string) error {
	_, err := call[none](ctx, c, "paste_address", attemptInput{ID: id, Address: address})
	return err
}

// Select implements Service.
func (c *Client) Select(ctx context.Context, id string, remoteIDs []string) (view.Attempt, error) {
	return call[view.Attempt](ctx, c, "select", attemptInput{ID: id, RemoteIDs: remoteIDs})
}

// Cancel implements Service.
func (c *Client) Cancel(ctx context.Context, id string) error {
	_, err := call[none](ctx, c, "cancel", attemptInput{ID: id})
	return err
}

// Check implements Service.
func (c *Client) Check(ctx context.Context, ids []string) (view.CheckResult, error) {
	return call[view.CheckResult](ctx, c, "check", checkInput{IDs: ids})
}

// Disconnect implements Service.
func (c *Client) Disconnect(ctx context.Context, id view.AccountID, wholeLogin bool) (view.DisconnectResult, error) {
	return call[view.DisconnectResult](ctx, c, "disconnect", disconnectInput{ID: id, WholeLogin: wholeLogin})
}

// History implements Service.
func (c *Client) History(ctx context.Context, q view.HistoryQuery) ([]view.HistoryEntry, error) {
	return call[[]view.HistoryEntry](ctx, c, "history", q)
}

// ExportHistory implements Service.
func (c *Client) ExportHistory(ctx context.Context, e view.HistoryExport) (view.Document, error) {
	return call[view.Document](ctx, c, "export_history", e)
}

// Diagnose implements Service.
func (c *Client) Diagnose(ctx context.Context, r view.DiagnosisRequest) (view.Diagnosis, error) {
	return call[view.Diagnosis](ctx, c, "diagnose", r)
}

// Picture implements Service.
func (c *Client) Picture(ctx context.Context, id view.AccountID) (view.Picture, error) {
	return call[view.Picture](ctx, c, "picture", accountInput{ID: id})
}

// CandidatePicture implements Service.
func (c *Client) CandidatePicture(ctx context.Context, attempt, ref string) (view.Picture, error) {
	return call[view.Picture](ctx, c, "candidate_picture", attemptInput{ID: attempt, Ref: ref})
}

// OpenPage implements Service.
func (c *Client) OpenPage(ctx context.Context, name string) error {
	_, err := call[none](ctx, c, "open_page", pageInput{Name: name})
	return err
}

// Snooze implements Service.
func (c *Client) Snooze(ctx context.Context, id view.GrantID) error {
	_, err := call[none](ctx, c, "snooze", grantInput{ID: id})
	return err
}

// PauseNotices implements Service.
func (c *Client) PauseNotices(ctx context.Context, minutes int) error {
	_, err := call[none](ctx, c, "pause_notices", pauseInput{Minutes: minutes})
	return err
}

// TestNotice implements Service.
func (c *Client) TestNotice(ctx context.Context) error {
	_, err := call[none](ctx, c, "test_notice", none{})
	return err
}

// SetStartAtLogin implements Service.
func (c *Client) SetStartAtLogin(ctx context.Context, on bool) error {
	_, err := call[none](ctx, c, "set_start_at_login", switchInput{On: on})
	return err
}
