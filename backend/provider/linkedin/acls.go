package linkedin

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

const (
	aclSize = 100 // ten are returned where no count is asked for
	// mostACLs ends a listing that never ends by itself.
	mostACLs = 50 * aclSize
)

// organization is a Company Page or showcase page on which the person has at
// least one approved role.
type organization struct {
	urn, id string
	// roles are canonical and best first.
	roles        []string
	name, vanity string
	unread       bool
}

// found is what a listing brought.
type found struct {
	list     []*organization
	complete bool
}

// acl is one role of the person on one organization.
type acl struct {
	Role         string `json:"role"`
	State        string `json:"state"`
	Organization string `json:"organization"`
	// Target is the spelling that some clients see (linkedin.md 3.2).
	Target string `json:"organizationTarget"`
}

type aclPage struct {
	Elements []json.RawMessage `json:"elements"`
	Paging   struct {
		Count provider.Number `json:"count"`
		Total provider.Number `json:"total"`
	} `json:"paging"`
}

// last reports whether nothing comes after this page, which starts at start.
// The end is where fewer come than were asked for (linkedin.md 3.2); but total
// may be absent, count may be less than what was asked for, and the highest
// count is documented nowhere. So a round number of elements is not taken for
// the end, unless an earlier page had more: asking once more costs one call, a
// Page that vanishes costs trust.
func (a aclPage) last(start, longest int) bool {
	got := len(a.Elements)
	switch size := a.Paging.Count.N; {
	case got == 0:
		return true
	case a.Paging.Total.N > 0:
		return int64(start+got) >= a.Paging.Total.N
	case size > 0 && size < aclSize:
		return int64(got) < size
	case got < longest:
		return true
	default:
		return got < aclSize && got%10 != 0 && got%25 != 0
	}
}

// organizations lists where the person has a role, with names. Where the
// scopes open no such list, to have none is the whole of it. It asks without
// a role filter, because content admins may post too, and to the end, because
// Pages beyond the tenth vanish otherwise (linkedin.md 3.2).
func (p *Provider) organizations(ctx context.Context, app social.ProviderApp, login social.Login, of age, progress social.Progress) (found, error) {
	if !managesPages(app, login) {
		return found{complete: true}, nil
	}
	l := look{p, app, login.Tokens.Access, of}
	roles := newRoles()
	complete, err := l.readACLs(ctx, roles)
	if err != nil {
		return found{}, err
	}
	list := roles.sorted()
	if err := l.details(ctx, list, progress); err != nil {
		return found{}, err
	}
	return found{list: list, complete: complete}, nil
}

func (l look) readACLs(ctx context.Context, roles *roleList) (complete bool, err error) {
	start, longest, sound := 0, 0, true
	for start < mostACLs {
		var page aclPage
		if err := l.call(ctx, l.aclRequest(start), &page); err != nil {
			// The profile can be connected where Pages cannot be read; and
			// what was read before a failure is worth showing.
			return false, tolerate(err, start > 0 || forbidden(err))
		}
		fresh, whole := roles.addAll(page.Elements)
		sound = sound && whole
		if page.last(start, longest) {
			return sound, nil
		}
		if !fresh {
			// It does not move on.
			return false, nil
		}
		start += len(page.Elements)
		longest = max(longest, len(page.Elements))
	}
	return false, nil
}

func (l look) aclRequest(start int) provider.Request {
	r := l.request("list organizations", "organizationAcls")
	r.Query.Set("q", "roleAssignee")
	r.Query.Set("start", strconv.Itoa(start))
	r.Query.Set("count", strconv.Itoa(aclSize))
	return r
}

// tolerate drops an error that says nothing about the access, if it may.
func tolerate(err error, may bool) error {
	var trouble *social.Trouble
	if may && errors.As(err, &trouble) && !trouble.Refused {
		return nil
	}
	return err
}
