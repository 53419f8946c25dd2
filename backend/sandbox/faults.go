package sandbox

import (
	"strings"
	"sync"
	"time"
)

// fault makes the next calls fail.
type fault struct {
	provider string // empty: both
	target   string // part of the path; empty: any
	status   int    // 0: drop the connection
	code     int
	subcode  int
	message  string
	left     int // negative: until the next reset
}

func (f fault) hits(provider, path string) bool {
	return f.left != 0 && (f.provider == "" || f.provider == provider) && strings.Contains(path, f.target)
}

// faults are the switches that no grant knows about. They live in memory.
type faults struct {
	mu            sync.Mutex
	queue         []fault
	slow          map[string]time.Duration
	flakes        int                  // how many calls fail for each new LinkedIn token
	flaking       map[string]int       // by token serial
	pageSize      int                  // upper bound of Meta's lists; 0: the provider's
	moreOrgs      int                  // made-up organizations of everyone who has one
	organizations map[string]crowdSize // made-up organizations instead of the own ones, by person
	partial       int                  // every so-many-th of a batch fails
	partialStatus int
	locale        string
	quirks        quirks
	revoke        RevokeMode
	requireProof  bool
	assignedOnly  bool
	paging        string
	usage         map[string]usage // by whose allowance
	pictures      string           // what is wrong with pictures
	edition       int              // how often pictures have changed
}

// usage is what Meta's headers tell of one allowance.
type usage struct {
	percent int
	regain  time.Duration
}

// Whose allowance it is, and the ways in which a list leads astray.
const (
	usageApp      = "app"
	usagePage     = "page"
	usageBusiness = "business"

	pagingLoop      = "loop"
	pagingElsewhere = "elsewhere"
	pagingEndless   = "endless"

	localeObject = "object"
	localeString = "string"
)

func newFaults(m RevokeMode) *faults {
	f := &faults{}
	f.reset(m)
	return f
}

func (f *faults) reset(m RevokeMode) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.queue, f.flakes, f.pageSize, f.moreOrgs, f.requireProof = nil, 0, 0, 0, false
	f.organizations, f.partial, f.locale, f.quirks = map[string]crowdSize{}, 0, localeObject, quirks{}
	f.assignedOnly, f.paging, f.usage = false, "", map[string]usage{}
	f.pictures, f.edition = "", 0
	f.slow, f.flaking, f.revoke = map[string]time.Duration{}, map[string]int{}, m
}

func (f *faults) change(do func(*faults)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do(f)
}

// take uses up one failure of the first fault that hits.
func (f *faults) take(provider, path string) (fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.queue {
		if f.queue[i].hits(provider, path) {
			if f.queue[i].left > 0 {
				f.queue[i].left--
			}
			return f.queue[i], true
		}
	}
	return fault{}, false
}

func (f *faults) slowness(provider string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return max(f.slow[provider], f.slow[""])
}

// issued starts the flakiness of a new token (linkedin.md 4: 65601 for a
// brand-new, valid token).
func (f *faults) issued(token string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.flakes > 0 {
		f.flaking[token] = f.flakes
	}
}

func (f *faults) flaky(token string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.flaking[token] == 0 {
		return false
	}
	f.flaking[token]--
	return true
}

func (f *faults) revokeMode() RevokeMode {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.revoke
}

func (f *faults) proofRequired() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.requireProof
}

// atMost bounds the size of a list's page.
func (f *faults) atMost(n int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.pageSize > 0 {
		return min(n, f.pageSize)
	}
	return n
}

func (f *faults) onlyAssigned() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.assignedOnly
}

func (f *faults) astray() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.paging
}

func (f *faults) used(whose string) (usage, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	u, ok := f.usage[whose]
	return u, ok
}

func (f *faults) moreOrganizations() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.moreOrgs
}
