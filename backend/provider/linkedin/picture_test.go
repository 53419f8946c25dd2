package linkedin_test

import (
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

func TestPictureComesWithTheName(t *testing.T) {
	t.Parallel()
	for picture, want := range map[string]string{
		`"https://media.licdn.com/1?e=1&t=s"`: "https://media.licdn.com/1?e=1&t=s",
		`null`:                                "", `{"a":1}`: "", `7`: "", `"` + strings.Repeat("x", 5000) + `"`: "",
	} {
		inspect, _ := play(t, script{
			"/oauth/v2/introspectToken": text(`{"active":true,"scope":"openid,profile,w_member_social"}`),
			"/v2/userinfo":              text(`{"sub":"sub","name":"Ana Souza","picture":` + picture + `}`),
		})
		found, err := inspect()
		if err != nil {
			t.Fatal(err)
		}
		if p := find(t, found, "urn:li:person:sub").Picture; p.Link.Reveal() != want || want == "" && p != (social.Picture{}) {
			t.Errorf("%.40s became %.40q", picture, p.Link.Reveal())
		}
	}
}
