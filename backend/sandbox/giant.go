package sandbox

import (
	"fmt"
	"strconv"
	"sync"
)

// Size says how big a made-up portfolio is. The zero value is none.
type Size struct {
	Pages      int `json:"pages"`
	Businesses int `json:"businesses"`
	Instagram  int `json:"instagram"`
}

// The bounds keep a slip of the finger from filling the memory.
const (
	mostGiantPages      = 5000
	mostGiantBusinesses = 500
)

func (s Size) valid() bool {
	return s.Pages > 0 && s.Pages <= mostGiantPages && s.Businesses >= 0 && s.Businesses <= mostGiantBusinesses &&
		s.Instagram >= 0 && s.Instagram <= s.Pages
}

// parseSize reads "500/7/300": Pages, businesses, Instagram accounts.
func parseSize(text string) (Size, error) {
	var s Size
	if n, err := fmt.Sscanf(text, "%d/%d/%d", &s.Pages, &s.Businesses, &s.Instagram); err != nil || n != 3 || !s.valid() {
		return Size{}, fmt.Errorf("%q is no size such as 500/7/300", text)
	}
	return s, nil
}

// giant is somebody with a great many Pages, always the same ones for a size.
// All ids are odd numbers above 2^53: whoever keeps them in a float64 sees two
// neighbours become one. Every fiftieth Page has a name to stumble over
// (security.md GR08).
func giant(s Size) Person {
	p := Person{
		Key: "gigante", First: "Rede", Last: "Gigante", MetaID: "10299887766554433",
		LinkedInID: "rGg-500xQ1", Vanity: "rede-gigante", Headline: "Franqueadora com lojas no país inteiro",
	}
	for b := range s.Businesses {
		p.Businesses = append(p.Businesses, Business{ID: above2to53(1_000_000 + b), Name: fmt.Sprintf("Grupo Gigante %d", b+1)})
	}
	accounts := 0
	for i := range s.Pages {
		page := giantPage(i)
		if b := i % (s.Businesses + 1); b < s.Businesses {
			page.Business, page.Client = p.Businesses[b].ID, i%3 == 0
		}
		if (i+1)*s.Instagram/s.Pages > accounts {
			accounts++
			giantAccount(&page, i)
		}
		p.Pages = append(p.Pages, page)
	}
	return p
}

func above2to53(n int) string { return strconv.FormatInt(1<<53+1+2*int64(n), 10) }

func giantPage(i int) Page {
	name := fmt.Sprintf("Loja %04d – Rede Gigante", i+1)
	if hostile := hostileNames(); i%50 == 49 {
		name = hostile[(i/50)%len(hostile)]
	}
	return Page{ID: above2to53(i), Name: name, Category: "Loja", Followers: 100 + i, Tasks: allTasks()}
}

func giantAccount(page *Page, i int) {
	page.Link = []InstagramLink{LinkBusiness, LinkBoth, LinkBusiness, LinkConnected}[i%4]
	page.Instagram = &Instagram{
		ID: strconv.Itoa(17841490000000001 + i), Username: fmt.Sprintf("loja%04d.gigante", i+1),
		Name: page.Name, Followers: 500 + i,
	}
}

// hostileNames are names that somebody could really give a Page.
func hostileNames() []string {
	return []string{
		"<script>alert(1)</script>", "Loja \u202egnp.exe", "]]>$(calc)`id`", "%s%n%x", "'; DROP TABLE grants; --",
		"Loja\u200b\u200d invisível", "Loja\r\nSet-Cookie: a=b", "👩🏽‍🚀 Loja 🧉", "\u200b\u2060", "{{.Secret}} ${HOME}",
	}
}

// systemUser belongs to a portfolio and to no person: its tokens have no end,
// and it never signs in (meta.md 1.2).
func systemUser() Person {
	return Person{
		Key: "sistema", First: "Kontent", Last: "Integração", MetaID: "122093847560000123", System: true,
		Headline: "Usuário do sistema do Grupo Serra Azul", Vanity: "kontent-integracao",
		Pages: joaoPortfolioPages(), Businesses: []Business{serraAzul()},
	}
}

// crowd is everybody, made once for each size.
type crowd struct {
	mu     sync.Mutex
	team   int
	size   Size
	people []Person
}

func (c *crowd) all(s Size) []Person {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.people == nil || c.size != s {
		c.size, c.people = s, append(append(People(), systemUser()), team(c.team)...)
		if s != (Size{}) {
			c.people = append(c.people, giant(s))
		}
	}
	return c.people
}

// Everyone are all people, made-up portfolios included. Callers must not change
// them.
func (s *Server) Everyone() []Person {
	size := s.opts.Giant
	s.ledger.read(func(st state) {
		if st.Giant != (Size{}) {
			size = st.Giant
		}
	})
	return s.crowd.all(size)
}

// grow adds the person with the great portfolio, or changes its size.
func (s *Server) grow(a Action) error {
	size, err := parseSize(a.Target)
	if err != nil {
		return err
	}
	return s.ledger.update(func(st *state) { st.Giant = size })
}
