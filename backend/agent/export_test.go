package agent

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/time/rate"

	"github.com/kontent/kontent-connect/backend/notify"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
	"github.com/kontent/kontent-connect/backend/view"
)

// What the desktop does to an agent, for tests that play the desktop.

func (a *Agent) Answered(r notify.Response)     { a.answered(r) }
func (a *Agent) OpenFromDesktop()               { a.openFromDesktop() }
func (a *Agent) OpenAccount(id string)          { a.openAccount(id) }
func (a *Agent) CheckFromDesktop()              { a.checkFromDesktop() }
func (a *Agent) PauseFromDesktop(id string)     { a.pauseFromDesktop(id) }
func (a *Agent) ResumeFromDesktop()             { a.resumeFromDesktop() }
func (a *Agent) DB() *sqlite.DB                 { return a.db }
func (a *Agent) Draw(ctx context.Context)       { a.draw(ctx) }
func (a *Agent) Publish()                       { a.hub.publish("") }
func (a *Agent) LookAround(ctx context.Context) { a.lookAround(ctx) }
func (a *Agent) Tell(ctx context.Context) error {
	_, err := a.teller.Tell(ctx, a.now(), func(context.Context) bool { return true })
	return err
}

// Told returns what a login's admin was told.
func (a *Agent) Told(ctx context.Context, id social.GrantID) (social.Incident, error) {
	all, err := a.db.Incidents(ctx)
	for _, i := range all {
		if i.GrantID == id {
			return i, err
		}
	}
	return social.Incident{}, err
}

// Unpaced asks providers as fast as they answer, to measure what our own work
// costs.
func Unpaced() Option { return func(a *Agent) { a.pace = rate.Inf } }

// Settle waits for what clicks have begun.
func (a *Agent) Settle() { a.clicks.Wait() }

// PauseMinutes is pauseMinutes.
func PauseMinutes(id string, now time.Time) int { return pauseMinutes(id, now) }

// WithCheckPatience is how long a check of the diagnosis may take.
func WithCheckPatience(d time.Duration) Option { return func(a *Agent) { a.checkPatience = d } }

// WithFeedTransport is how the update feed is reached.
func WithFeedTransport(t http.RoundTripper) Option { return func(a *Agent) { a.feedTransport = t } }

// Unseen is what the hub says of an order whose last window ended.
func (a *Agent) Unseen(e view.Event) { a.hub.unseen(e) }
