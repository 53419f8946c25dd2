package sandbox

import "slices"

// Page is a Facebook Page as one person sees it: Tasks are that person's.
type Page struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Username  string   `json:"username,omitempty"`
	Category  string   `json:"category"`
	Followers int      `json:"followers"`
	Tasks     []string `json:"tasks"`
	// Business is the id of the portfolio that the Page came through, if any;
	// Client tells that the portfolio manages it for somebody else.
	Business  string        `json:"business,omitempty"`
	Client    bool          `json:"client,omitempty"`
	Instagram *Instagram    `json:"instagram,omitempty"`
	Link      InstagramLink `json:"instagram_link,omitempty"`
}

// Instagram is an account linked to a Page.
type Instagram struct {
	ID        string `json:"id"`
	Username  string `json:"username"`
	Name      string `json:"name"`
	Followers int    `json:"followers"`
	// Personal accounts are never reachable through the API (meta.md 3.3).
	Personal bool `json:"personal,omitempty"`
}

// InstagramLink is the Page field under which the account shows (meta.md 3.3).
type InstagramLink string

// The fields: one of the two, or both.
const (
	LinkBusiness  InstagramLink = "instagram_business_account"
	LinkConnected InstagramLink = "connected_instagram_account"
	LinkBoth      InstagramLink = "both"
)

// Business is a portfolio that owns Pages or manages them for clients.
type Business struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// The tasks in the classic form and in that of the New Pages (meta.md 2).
func allTasks() []string {
	return []string{"ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"}
}

func newPageTasks() []string {
	return []string{
		"PROFILE_PLUS_ADVERTISE", "PROFILE_PLUS_ANALYZE", "PROFILE_PLUS_CREATE_CONTENT",
		"PROFILE_PLUS_FACEBOOK_ACCESS", "PROFILE_PLUS_MESSAGING", "PROFILE_PLUS_MODERATE",
	}
}

// reachesInstagram tells whether the person's tasks suffice to see the linked
// account; otherwise the field is simply absent (meta.md 3.3).
func (p Page) reachesInstagram() bool {
	enough := []string{
		"MANAGE", "CREATE_CONTENT", "MODERATE",
		"PROFILE_PLUS_FULL_CONTROL", "PROFILE_PLUS_CREATE_CONTENT", "PROFILE_PLUS_MODERATE",
	}
	return slices.ContainsFunc(p.Tasks, func(t string) bool { return slices.Contains(enough, t) })
}

// offersInstagram tells whether the sign-in lists the account for ticking.
func (p Page) offersInstagram() bool {
	return p.Instagram != nil && !p.Instagram.Personal
}

func (p Person) page(id string) (Page, bool) {
	i := slices.IndexFunc(p.Pages, func(page Page) bool { return page.ID == id })
	if i < 0 {
		return Page{}, false
	}
	return p.Pages[i], true
}

// instagram finds an account and the Page through which the person reaches it.
func (p Person) instagram(id string) (Page, bool) {
	i := slices.IndexFunc(p.Pages, func(page Page) bool {
		return page.Instagram != nil && page.Instagram.ID == id
	})
	if i < 0 {
		return Page{}, false
	}
	return p.Pages[i], true
}

func (p Person) business(id string) (Business, bool) {
	i := slices.IndexFunc(p.Businesses, func(b Business) bool { return b.ID == id })
	if i < 0 {
		return Business{}, false
	}
	return p.Businesses[i], true
}
