// Package agent is the owner: the one process that holds the lock, the
// keychain, the database and the providers, and serves the faces.
//
// It puts the rooms together and decides in which order they open and close;
// it holds no rule of the domain. Only this package knows all the others.
package agent

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/connection"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/keychain"
	"github.com/kontent/kontent-connect/backend/monitor"
	"github.com/kontent/kontent-connect/backend/oauth"
	"github.com/kontent/kontent-connect/backend/picture"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/provider/linkedin"
	"github.com/kontent/kontent-connect/backend/provider/meta"
	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite"
	"github.com/kontent/kontent-connect/backend/update"
)

// Agent is the owner, open over one data folder.
type Agent struct {
	settings config.Config
	log      *slog.Logger
	now      func() time.Time

	hub     *hub
	mirror  *mirror
	lock    *lock
	db      *sqlite.DB
	rescued sqlite.Rescue // the last one, if there ever was one
	vault   *keychain.Store
	demo    *sandbox.Server
	flow    *oauth.Flow
	clients []*provider.Client
	album   *picture.Keeper
	news    *update.Keeper // nil where this build hears of none
	manager *connection.Manager
	monitor *monitor.Monitor
	teller  *monitor.Teller // nil without a desktop
	voice   *voice          // nil without a desktop
	face    *face           // nil without a tray
	server  *control.Server

	desktop Desktop
	around  surroundings
	texts   texts

	// checkPatience is how long one check of the diagnosis may take.
	checkPatience time.Duration
	// feedTransport is nil but for tests.
	feedTransport http.RoundTripper
	// given is a vault that somebody else owns.
	given *keychain.Store
	// pace is how many requests a second one provider gets.
	pace            rate.Limit
	keychainTrouble troubleBox
	background      sync.WaitGroup
	// living ends when the agent closes.
	living context.Context
	// actions orders clicks before the end that waits for what they began.
	actions  sync.Mutex
	clicks   sync.WaitGroup
	stop     context.CancelFunc
	closing  sync.Once
	closeErr error
}

// Option changes how an Agent is opened.
type Option func(*Agent)

// WithVault keeps secrets in v instead of the system's keychain. The caller
// closes it.
func WithVault(v *keychain.Store) Option { return func(a *Agent) { a.given = v } }

// Open takes the lock of the data folder and opens everything in it. It fails
// with problem.AgentBusy while another process holds the lock, and closes what
// it had opened when it fails. ctx bounds the opening only.
func Open(ctx context.Context, settings config.Config, log *slog.Logger, options ...Option) (*Agent, error) {
	a := &Agent{settings: settings, log: log, hub: newHub(time.Now()), checkPatience: checkPatience, pace: callsPerSecond}
	a.now = newZone(log, a.refresh).now
	a.mirror = newMirror(a)
	a.living, a.stop = context.WithCancel(context.Background())
	a.hub.unseen = a.showAgain
	for _, option := range options {
		option(a)
	}
	for _, step := range []func(context.Context) error{
		a.openFolder, a.openLock, a.openDatabase, a.openVault, a.openDemo, a.openManager, a.openMonitor, a.openNews, a.recover, a.setUp,
		a.openDemoApps,
	} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, a.Close()) //nolint:contextcheck // closing must not end with the caller's context
		}
	}
	a.start() //nolint:contextcheck // what goes on in the background outlives the opening
	return a, nil
}

// Serve opens the local socket to the faces. leave is called when one of them
// asks the agent to go; faces is told how many there are. From now on news of
// the program are asked for: one command alone never does.
func (a *Agent) Serve(ctx context.Context, leave func(), faces func(int)) error {
	if a.news != nil {
		a.news.Start(a.living) //nolint:contextcheck // it ends with the agent
	}
	a.server = control.NewServer(a, control.ServerOptions{Log: a.log, Leave: leave, Faces: faces})
	return a.server.Start(ctx, a.settings.Paths.Socket)
}

// Close stops in the order of security.md P6: no new requests, sign-ins
// cancelled and saves awaited, then the database, and the lock last. It may be
// called twice.
func (a *Agent) Close() error {
	a.closing.Do(func() {
		a.actions.Lock()
		a.stop()
		a.actions.Unlock()
		var errs []error
		if a.server != nil {
			errs = append(errs, a.server.Close())
		}
		if a.monitor != nil {
			a.monitor.Stop()
		}
		if a.news != nil {
			a.news.Stop()
		}
		if a.manager != nil {
			a.manager.Close()
		}
		a.clicks.Wait()
		a.background.Wait()
		if a.album != nil {
			a.album.Close()
		}
		for _, client := range a.clients {
			client.Close()
		}
		if a.vault != nil && a.given == nil {
			a.vault.Close()
		}
		if a.demo != nil {
			errs = append(errs, a.demo.Close())
		}
		if a.db != nil {
			a.keepLastCopy()
			errs = append(errs, a.db.Close())
		}
		if a.lock != nil {
			errs = append(errs, a.lock.release())
		}
		a.closeErr = errors.Join(errs...)
	})
	return a.closeErr
}

func (a *Agent) openFolder(context.Context) error {
	dir := a.settings.Paths.Data
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		// A folder that was there before may be open to others.
		err = os.Chmod(dir, 0o700) //nolint:gosec // a folder needs its x bit
	}
	if err != nil {
		return problem.New(problem.DataFolder, err).With("path", dir)
	}
	return nil
}

func (a *Agent) openLock(context.Context) (err error) {
	a.lock, err = takeLock(a.settings.Paths.Lock)
	return err
}

func (a *Agent) openDatabase(ctx context.Context) (err error) {
	a.db, err = sqlite.OpenOrRescue(ctx, a.settings.Paths.Database, a.now())
	if err != nil {
		return err
	}
	a.rescued, err = a.db.LastRescue(ctx)
	return err
}

// openManager wires the use cases to the adapters.
func (a *Agent) openManager(context.Context) error {
	bases := a.settings.Bases
	metaHTTP, err := a.client(bases.MetaGraph)
	if err != nil {
		return err
	}
	linkedinHTTP, err := a.client(bases.LinkedInWeb, bases.LinkedInAPI)
	if err != nil {
		return err
	}
	a.flow = &oauth.Flow{Logger: a.log, Sandbox: loopbacks(bases)}
	a.album = picture.New(picture.Options{
		Store: a.db, Fetcher: picture.NewFetcher(loopbacks(bases)), Now: a.now, Log: a.log,
		// Pictures change nothing that is watched.
		Changed: func() { a.hub.publish("") },
	})
	clients := map[social.Provider]*provider.Client{social.Meta: metaHTTP, social.LinkedIn: linkedinHTTP}
	a.manager = connection.New(connection.Deps{
		Store: a.db, Vault: a.keeping(), Receivers: receivers{a.flow},
		Providers: []connection.Provider{
			meta.New(meta.Config{WebURL: bases.MetaWeb, GraphURL: bases.MetaGraph, HTTP: metaHTTP, Now: a.now}),
			linkedin.New(linkedin.Config{WebURL: bases.LinkedInWeb, APIURL: bases.LinkedInAPI, HTTP: linkedinHTTP, Now: a.now}),
		},
		Pictures: a.album, Schedule: social.DefaultSchedule(), Now: a.now, Log: a.log, Changed: a.changed,
		Requests: func(p social.Provider) int64 { return clients[p].Requests() },
	})
	return nil
}

// Requests to one provider are spaced out: a login of many Pages needs a few
// dozen in a row, and nobody is served by more at once.
const (
	callsPerSecond = 20
	callsAtOnce    = 40
)

func (a *Agent) client(origins ...string) (*provider.Client, error) {
	client, err := provider.NewClient(provider.Options{
		Origins: origins, Limiter: rate.NewLimiter(a.pace, callsAtOnce),
	})
	if err != nil {
		return nil, err
	}
	a.clients = append(a.clients, client)
	return client, nil
}

// loopbacks lists the bases that are a sandbox on this computer.
func loopbacks(b config.Bases) []string {
	var origins []string
	for _, base := range []string{b.MetaWeb, b.MetaGraph, b.LinkedInWeb, b.LinkedInAPI} {
		if config.IsLoopback(base) {
			origins = append(origins, base)
		}
	}
	return origins
}

// recover undoes what an earlier run left half done, before this run begins
// anything.
func (a *Agent) recover(ctx context.Context) error { return a.manager.Recover(ctx) }

// start begins what goes on in the background: a look whether there is a
// keychain, the rest of the recovery, which may have to wait for it, and the
// watcher.
func (a *Agent) start() {
	ctx := a.living
	if a.desktop.Tray != nil {
		a.face = newFace() // before anything that has news for it
	}
	a.background.Go(func() {
		a.probeKeychain(ctx)
		a.manager.Sweep(ctx)
		a.lookAround(ctx)
	})
	a.background.Go(func() { a.keepCopies(ctx) })
	a.monitor.Start(ctx)
	a.background.Go(func() { a.mirror.keep(ctx) })
	if a.face == nil {
		return
	}
	a.background.Go(func() { a.keepFace(ctx) })
	a.background.Go(func() {
		a.desktop.Tray.Watch(ctx, func(bool) { a.lookAround(ctx) })
	})
}

// receivers lets the use cases open the sign-in's receiving end.
type receivers struct{ flow *oauth.Flow }

// Listen implements connection.Receivers.
func (r receivers) Listen(ctx context.Context, p social.Provider, app social.ProviderApp) (connection.Receiver, error) {
	receiver, err := r.flow.Listen(ctx, p, app)
	if err != nil {
		return nil, err
	}
	return receiver, nil
}
