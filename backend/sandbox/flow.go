package sandbox

import (
	"crypto/rand"
	"slices"
	"sync"
	"time"
)

// flowLife is how long a dialog may lie open in a forgotten tab.
const flowLife = time.Hour

// The steps of a dialog.
const (
	stepSignIn      = "signin"
	stepReconnect   = "reconnect"
	stepPages       = "pages"
	stepInstagram   = "instagram"
	stepPermissions = "permissions"
	stepConsent     = "consent"
	// stepAgree asks for all permissions together (Facebook Login for Business).
	stepAgree = "agree"
)

// flow is one dialog that a person is walking through. Its id is unguessable
// and lives in no cookie: only the pages we served know where to post.
type flow struct {
	id       string
	provider string
	app      App
	redirect string
	state    string
	scopes   []string
	opened   time.Time

	// Meta
	rerequest    bool
	returnScopes bool
	config       Configuration // the zero value: a classic login
	// LinkedIn
	challenge string

	person string
	steps  []string // what lies ahead, the present step first
	total  int
	// What has been chosen so far.
	asked     []string // permissions on the permissions page
	granted   []string
	pages     []string
	instagram []string
	shown     []string // steps that this dialog asks; the former grant answers for the others
}

func (f flow) step() string {
	if len(f.steps) == 0 {
		return ""
	}
	return f.steps[0]
}

// plan sets what is left to ask.
func (f *flow) plan(steps, asked []string) {
	f.steps, f.shown, f.total, f.asked = steps, steps, len(steps), asked
}

// lastStep is where the permissions are given, one by one or all together.
func (f flow) lastStep() string {
	if f.config.ID != "" {
		return stepAgree
	}
	return stepPermissions
}

func (f flow) asks(step string) bool { return slices.Contains(f.shown, step) }

type flows struct {
	mu    sync.Mutex
	known map[string]flow
}

// open starts a dialog and returns where it goes on.
func (fs *flows) open(f flow, now time.Time) string {
	f.id, f.opened = rand.Text(), now
	f.steps = []string{stepSignIn}
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for id, old := range fs.known {
		if now.Sub(old.opened) > flowLife {
			delete(fs.known, id)
		}
	}
	fs.known[f.id] = f
	return flowPath(f.id)
}

func flowPath(id string) string { return "/sandbox/flow/" + id }

func (fs *flows) get(id string, now time.Time) (flow, bool) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	f, ok := fs.known[id]
	return f, ok && now.Sub(f.opened) <= flowLife
}

// put stores the next position; it loses against a close that came before.
func (fs *flows) put(f flow) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if _, ok := fs.known[f.id]; ok {
		fs.known[f.id] = f
	}
}

// end takes the dialog away. Only one caller gets true: a double click makes
// one code, not two.
func (fs *flows) end(id string) bool {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	_, ok := fs.known[id]
	delete(fs.known, id)
	return ok
}

func (fs *flows) forget() {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.known = map[string]flow{}
}
