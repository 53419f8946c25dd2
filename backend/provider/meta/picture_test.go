package meta_test

import (
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestPicturesComeWithTheListing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	login := w.signIn(t, choice{person: "joao"})
	const page, instagram = "104728391056214", "17841401234500011"
	found := w.inspect(t, login)
	for _, id := range []string{page, instagram} {
		if link := find(t, found, id).Picture.Link.Reveal(); !strings.HasPrefix(link, w.url+"/sandbox/picture/"+id+".png") {
			t.Errorf("the picture of %s is at %q", id, link)
		}
	}
	w.do(t, sandbox.Action{Do: "picture", Target: "none"})
	if p := find(t, w.inspect(t, login), page).Picture; !p.Told || !p.Link.Empty() {
		t.Errorf("a silhouette is taken for a picture: told %v", p.Told)
	}
}

// TestPicturesCostNothing: whatever Meta says of pictures, the Pages are found.
func TestPicturesCostNothing(t *testing.T) {
	t.Parallel()
	for what, picture := range map[string]string{
		"null": `null`, "text": `"https://x.fbcdn.net/1"`, "a number": `7`, "a list": `[{"data":{}}]`, "nothing inside": `{}`,
		"a silhouette that is none": `{"data":{"url":"https://x.fbcdn.net/1","is_silhouette":"yes"}}`,
		"an address that is none":   `{"data":{"url":{"a":1}}}`, "an endless address": `{"data":{"url":"https://` + strings.Repeat("x", 5000) + `"}}`,
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			inspect, _ := play(t, script{"me/accounts": text(`{"data":[{"id":"1","name":"One","access_token":"T1","tasks":["MANAGE"],"picture":` + picture +
				`,"instagram_business_account":{"id":"9","username":"nine","profile_picture_url":[1]}}]}`)})
			found, err := inspect()
			if err != nil || !found.Complete || len(found.Candidates) != 2 {
				t.Fatalf("%d candidates, complete %v, %v", len(found.Candidates), found.Complete, err)
			}
			for _, c := range found.Candidates {
				if c.Picture != (social.Picture{}) {
					t.Errorf("%s has a picture", c.RemoteID)
				}
			}
		})
	}
}

// TestASpoiltPictureWhereverItStands: a Page of a portfolio, or one that is in
// no listing and read by its id, does not suffer for its picture either.
func TestASpoiltPictureWhereverItStands(t *testing.T) {
	t.Parallel()
	page := func(id string) string {
		return `{"id":"` + id + `","name":"P` + id + `","access_token":"T` + id + `","tasks":["MANAGE"],"picture":[1]}`
	}
	inspect, _ := play(t, script{
		"debug_token":   text(with(`,"business_management"`, `{"scope":"pages_show_list","target_ids":["7","8"]}`)),
		"me/accounts":   text(`{"data":[]}`),
		"me/businesses": text(`{"data":[{"id":"5","name":"Five","owned_pages":{"data":[` + page("8") + `]}}]}`),
		"":              text(`{"7":` + page("7") + `}`),
	})
	found, err := inspect()
	if err != nil || !found.Complete || len(found.Candidates) != 2 || len(found.Tokens.Pages) != 2 {
		t.Fatalf("%d candidates, %d tokens, complete %v, %v", len(found.Candidates), len(found.Tokens.Pages), found.Complete, err)
	}
	for _, c := range found.Candidates {
		if c.Name != "P"+c.RemoteID || c.Picture != (social.Picture{}) {
			t.Errorf("candidate %+v", c)
		}
	}
}
