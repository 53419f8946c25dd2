package meta

import (
	"encoding/json"
	"strings"

	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

// The fields that a Page is asked for, and the fewer and fewer ones that are
// asked for when Meta does not know one of them and refuses the whole call
// (meta.md 3.2). Pictures go first: they cost no capability.
const (
	fullFields = "id,name,username,tasks,access_token,picture.type(large){url,is_silhouette}," +
		"instagram_business_account{id,username,name,profile_picture_url},connected_instagram_account{id,username,name,profile_picture_url}"
	plainFields  = "id,name,username,tasks,access_token,instagram_business_account{id,username,name},connected_instagram_account{id,username,name}"
	narrowFields = "id,name,access_token,instagram_business_account{id,username}"
)

// fewerFields returns the next fewer fields; ok is false where there are none.
func fewerFields(fields string) (fewer string, ok bool) {
	switch fields {
	case fullFields:
		return plainFields, true
	case plainFields:
		return narrowFields, true
	default:
		return fields, false
	}
}

// pageNode is a Page as the API returns it.
type pageNode struct {
	ID        provider.ID    `json:"id"`
	Name      string         `json:"name"`
	Username  string         `json:"username"`
	Tasks     []string       `json:"tasks"`
	Token     string         `json:"access_token"`
	Picture   pictureNode    `json:"picture"`
	Business  *instagramNode `json:"instagram_business_account"`
	Connected *instagramNode `json:"connected_instagram_account"`
}

type instagramNode struct {
	ID       provider.ID      `json:"id"`
	Username string           `json:"username"`
	Name     string           `json:"name"`
	Picture  provider.Picture `json:"profile_picture_url"`
}

// pictureNode is where a Page's picture is.
type pictureNode struct {
	Data struct {
		URL        provider.Picture `json:"url"`
		Silhouette bool             `json:"is_silhouette"`
	} `json:"data"`
}

// picture takes a silhouette, which is what Meta shows of a Page that has no
// picture, for none.
func (n pictureNode) picture() social.Picture {
	if n.Data.Silhouette {
		return social.NoPicture()
	}
	return social.PictureAt(string(n.Data.URL))
}

// Spare reads a Page without its picture: one that cannot be read costs no
// Page.
func (n *pageNode) Spare(data []byte) error {
	type plain pageNode
	var node struct {
		plain

		Picture json.RawMessage `json:"picture"` // instead of the Page's own
	}
	err := json.Unmarshal(data, &node)
	*n = pageNode(node.plain)
	return err
}

// page is a Page that was found, from whichever listing.
type page struct {
	id, name, username string
	portfolio          string
	picture            social.Picture
	tasks              []string
	token              social.Secret
	business           *instagramNode
	connected          *instagramNode
	// unread is for a Page that was granted and could not be read: nothing
	// but its id is known.
	unread bool
}

// page reads a node; ok is false for one without an id that can be used in a
// path.
func (n pageNode) page(portfolio string) (found page, ok bool) {
	if !validID(string(n.ID)) {
		return page{}, false
	}
	found = page{
		id: string(n.ID), name: social.CleanName(n.Name), username: social.CleanName(n.Username),
		portfolio: portfolio, picture: n.Picture.picture(), tasks: n.Tasks, business: n.Business.valid(), connected: n.Connected.valid(),
	}
	// A token that is not one is none: one product stored "undefined" and
	// looked healthy (meta.md 3.2).
	if provider.ValidToken(n.Token) && n.Token != "undefined" && n.Token != "null" {
		found.token = social.NewSecret(n.Token)
	}
	return found, true
}

func (n pageNode) key() provider.ID { return n.ID }

func (n *instagramNode) valid() *instagramNode {
	if n == nil || !validID(string(n.ID)) {
		return nil
	}
	return n
}

// merge adds to p what another listing knows of the same Page.
func (p *page) merge(other page) {
	if p.token.Empty() {
		p.token = other.token
	}
	if p.portfolio == "" {
		p.portfolio = other.portfolio
	}
	if p.username == "" {
		p.username = other.username
	}
	if !p.picture.Told {
		p.picture = other.picture
	}
	if len(p.tasks) == 0 {
		p.tasks = other.tasks
	}
	if p.business == nil {
		p.business = other.business
	}
	if p.connected == nil {
		p.connected = other.connected
	}
}

// validID reports whether id is one of Meta's: digits, at most 32.
func validID(id string) bool {
	return id != "" && len(id) <= 32 && strings.Trim(id, "0123456789") == ""
}
