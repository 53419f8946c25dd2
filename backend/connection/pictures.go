package connection

import (
	"context"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// mostFaces bounds what an attempt keeps of its candidates' pictures; those
// beyond are fetched again.
const mostFaces = 300

// pictured is what a provider said of the pictures of one login's accounts.
type pictured struct {
	grant social.GrantID
	told  map[social.AccountID]social.Picture
}

// picturesOf finds what an inspection tells of each account's picture. The same
// Page in two projects is two accounts.
func picturesOf(id social.GrantID, accounts []social.Account, found social.Inspection) pictured {
	type remote struct {
		kind social.AccountKind
		id   string
	}
	told := map[remote]social.Picture{}
	for _, c := range found.Candidates {
		if c.Picture.Told {
			told[remote{c.Kind, c.RemoteID}] = c.Picture
		}
	}
	of := pictured{id, map[social.AccountID]social.Picture{}}
	for _, a := range accounts {
		if p, ok := told[remote{a.Kind, a.RemoteID}]; ok && a.State == social.AccountActive {
			of.told[a.ID] = p
		}
	}
	return of
}

// CandidatePicture returns the picture of a candidate on offer, by its
// social.Picture.Ref: fetched when it is first asked for, and kept in memory
// until the attempt is over. It is problem.NotFound where it cannot be had.
func (m *Manager) CandidatePicture(ctx context.Context, id, ref string) (social.PictureImage, error) {
	a, err := m.find(id)
	if err != nil {
		return social.PictureImage{}, err
	}
	link, face := a.face(ref)
	if face.Type != "" {
		return face, nil
	}
	if link.Empty() {
		return social.PictureImage{}, problem.New(problem.NotFound, nil)
	}
	if face, err = m.Pictures.Look(ctx, link); err != nil {
		return social.PictureImage{}, problem.New(problem.NotFound, err)
	}
	a.keepFace(ref, face)
	return face, nil
}

// face returns where the picture of a candidate on offer is, and the picture
// if it was looked at before.
func (a *attempt) face(ref string) (link social.Secret, face social.PictureImage) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, c := range a.public.Candidates {
		if ref != "" && c.Picture.Ref() == ref {
			return c.Picture.Link, a.faces[ref]
		}
	}
	return social.Secret{}, social.PictureImage{}
}

// keepFace keeps a picture for as long as candidates are on offer.
func (a *attempt) keepFace(ref string, face social.PictureImage) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.public.Candidates) == 0 || len(a.faces) >= mostFaces {
		return
	}
	if a.faces == nil {
		a.faces = map[string]social.PictureImage{}
	}
	a.faces[ref] = face
}
