package connection

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// checksAtOnce bounds how many logins are asked about at the same time.
const checksAtOnce = 4

// CheckResult is what a check found.
type CheckResult struct {
	Grants   int
	Accounts int
	// Unverified counts logins that nobody could ask about.
	Unverified int
	// Problems are why, one for each.
	Problems []error
	// pictures are what the providers said of them.
	pictures []pictured
}

// Check asks the providers about the given accounts or logins; none means all.
// One inspection serves all the accounts of a login. A login that could not be
// asked about keeps its last good verdict and is counted as unverified; that
// is no error. problem.NotFound is, for an unknown id.
func (m *Manager) Check(ctx context.Context, ids []string) (CheckResult, error) {
	done, err := m.begin()
	if err != nil {
		return CheckResult{}, err
	}
	defer done()
	grants, err := m.chosenGrants(ctx, ids)
	if err != nil {
		return CheckResult{}, err
	}
	ended := m.progress.begin(len(grants))
	result, err := m.askAll(ctx, grants)
	ended()
	m.over(result)
	return result, err
}

// over is what comes of a check once it is: the faces are told, and pictures
// are looked at, which must not be in the check's way.
func (m *Manager) over(r CheckResult) {
	m.noteOffline(r)
	m.Changed("")
	for _, p := range r.pictures {
		m.Pictures.Found(p.grant, p.told)
	}
}

// askAll asks about several logins, some of them at once. One of which nothing
// can be stored keeps no other from being asked about.
func (m *Manager) askAll(ctx context.Context, grants []social.Grant) (CheckResult, error) {
	results, failures := make([]CheckResult, len(grants)), make([]error, len(grants))
	var group errgroup.Group
	group.SetLimit(checksAtOnce)
	for i, g := range grants {
		group.Go(func() error {
			results[i], failures[i] = m.checkGrant(ctx, g.ID)
			m.progressed()
			return nil
		})
	}
	_ = group.Wait() // what failed is in failures
	return sum(results), errors.Join(failures...)
}

func sum(results []CheckResult) CheckResult {
	var total CheckResult
	for _, r := range results {
		total.Grants += r.Grants
		total.Accounts += r.Accounts
		total.Unverified += r.Unverified
		total.Problems = append(total.Problems, r.Problems...)
		total.pictures = append(total.pictures, r.pictures...)
	}
	return total
}

// chosenGrants turns ids of accounts and logins into the logins that serve
// them, each once.
func (m *Manager) chosenGrants(ctx context.Context, ids []string) ([]social.Grant, error) {
	grants, err := m.Store.Grants(ctx)
	if err != nil || len(ids) == 0 {
		return grants, err
	}
	wanted, err := m.grantIDs(ctx, grants, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(grants, func(g social.Grant) bool { return !wanted[g.ID] }), nil
}

func (m *Manager) grantIDs(ctx context.Context, grants []social.Grant, ids []string) (map[social.GrantID]bool, error) {
	owner := map[string]social.GrantID{}
	for _, g := range grants {
		owner[string(g.ID)] = g.ID
	}
	accounts, err := m.Store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		owner[string(a.ID)] = a.GrantID
	}
	wanted := map[social.GrantID]bool{}
	for _, id := range ids {
		grant, ok := owner[id]
		if !ok {
			return nil, problem.New(problem.NotFound, nil)
		}
		wanted[grant] = true
	}
	return wanted, nil
}

// checkGrant asks about one login and stores what was learned.
func (m *Manager) checkGrant(ctx context.Context, id social.GrantID) (CheckResult, error) {
	defer m.locks.lock(string(id))()
	g, err := m.Store.Grant(ctx, id)
	if err != nil {
		return CheckResult{}, ignoreNotFound(err)
	}
	if g.State == social.GrantRevoking {
		return m.checkWithdrawal(ctx, g)
	}
	accounts, err := m.Store.AccountsOf(ctx, id)
	if err != nil {
		return CheckResult{}, err
	}
	result := CheckResult{Grants: 1, Accounts: len(accounts)}
	g, found, err := m.inspect(ctx, g, accounts)
	if ctx.Err() != nil {
		return CheckResult{}, ctx.Err()
	}
	now := m.Now().UTC()
	after := g
	if err != nil {
		trouble := troubleOf(err)
		after.Verdict = g.Verdict.After(trouble, now)
		if !trouble.Refused {
			result.Unverified, result.Problems = 1, []error{err}
		}
		m.Log.Info("checked", "grant", string(id), "provider", string(g.Provider), "cause", string(trouble.Cause), "err", err)
		accounts = nil // nothing was learned about them
	} else {
		after.Verdict = g.Verdict.Good(now)
		after.Subject.Name, after.Granted, after.Declined, after.Clocks = found.Subject.Name, found.Granted, found.Declined, found.Clocks
		result.pictures = []pictured{picturesOf(id, accounts, found)}
		accounts = changed(accounts, found)
	}
	after.DueAt = m.Schedule.Next(after)
	return result, m.Store.SaveCheck(ctx, after, accounts, verdictEvents(g, after, now))
}

// changed returns the accounts as an inspection found them, those alone that
// are not as they were: a daily check of thousands writes next to nothing.
func changed(accounts []social.Account, found social.Inspection) []social.Account {
	var different []social.Account
	for _, a := range accounts {
		if now := refreshed(a, found); !reflect.DeepEqual(a, now) {
			different = append(different, now)
		}
	}
	return different
}

// checkWithdrawal tells the provider what it could not be told before.
func (m *Manager) checkWithdrawal(ctx context.Context, g social.Grant) (CheckResult, error) {
	trouble, err := m.retryWithdrawal(ctx, g)
	if trouble == nil || err != nil {
		return CheckResult{Grants: 1}, err
	}
	return CheckResult{Grants: 1, Unverified: 1, Problems: []error{trouble}}, nil
}

// inspect renews a stored login where that is due and possible, and asks the
// provider about it. It returns the login as it is afterwards.
func (m *Manager) inspect(ctx context.Context, g social.Grant, accounts []social.Account) (social.Grant, social.Inspection, error) {
	c, err := m.credentialsOf(ctx, g)
	if err != nil {
		return g, social.Inspection{}, err
	}
	g = m.renew(ctx, g, &c, accounts)
	login := social.Login{Tokens: c.tokens, Granted: g.Granted, Clocks: g.Clocks}
	found, err := c.adapter.Inspect(ctx, c.app, c.secret, login, func(int, int) {})
	if err == nil && found.Subject.ID != g.Subject.ID {
		err = wrongPerson()
	}
	return g, found.Against(g.Provider, g.Requested), err
}

// troubleOf puts any error of a check into the words of the domain. What does
// not say that the access is over never counts as if it did.
func troubleOf(err error) *social.Trouble {
	var trouble *social.Trouble
	if errors.As(err, &trouble) {
		return trouble
	}
	switch problem.CodeOf(err) {
	case problem.TokenMissing:
		return &social.Trouble{Cause: social.CauseTokenMissing, Refused: true, Explicit: true, Err: err}
	case problem.KeychainDamaged:
		return &social.Trouble{Cause: social.CauseTokenDamaged, Refused: true, Explicit: true, Err: err}
	case problem.KeychainLocked, problem.KeychainDismissed, problem.KeychainTimeout:
		return &social.Trouble{Cause: social.CauseKeychainLocked, Err: err}
	case problem.KeychainAbsent:
		return &social.Trouble{Cause: social.CauseKeychainAbsent, Err: err}
	case problem.AppMissing, problem.AppSecretMissing, problem.AppSetup:
		return &social.Trouble{Cause: social.CauseAppSetup, Err: err}
	case problem.VersionRetired:
		return &social.Trouble{Cause: social.CauseVersionRetired, Err: err}
	case problem.Offline:
		return &social.Trouble{Cause: social.CauseOffline, Err: err}
	case problem.RateLimited:
		return &social.Trouble{Cause: social.CauseRateLimited, Err: err}
	default:
		return &social.Trouble{Cause: social.CauseProviderTrouble, Err: err}
	}
}

// verdictEvents is the line of the timeline for a login whose standing with
// the provider changed.
func verdictEvents(before, after social.Grant, now time.Time) []social.Event {
	was, is := before.Verdict.Outcome == social.OutcomeRefused, after.Verdict.Outcome == social.OutcomeRefused
	if was == is {
		return nil
	}
	return []social.Event{{
		At: now, Kind: social.EventHealthChanged, Provider: after.Provider, GrantID: after.ID,
		Subject: after.Subject.Name, Cause: after.Verdict.Cause,
	}}
}

func ignoreNotFound(err error) error {
	if errors.Is(err, problem.New(problem.NotFound, nil)) {
		return nil
	}
	return err
}
