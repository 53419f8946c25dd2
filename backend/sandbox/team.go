package sandbox

import (
	"fmt"
	"strconv"
)

// mostTeam keeps a slip of the finger from filling the memory.
const mostTeam = 500

// Each of a team has this many Pages, and an Instagram account at every second.
const teamPages, teamInstagram = 34, 17

// team is that many people of one agency, always the same ones, each with a
// portfolio of her own.
func team(members int) []Person {
	var people []Person
	for m := range members {
		p := Person{
			Key: "equipe-" + strconv.Itoa(m+1), First: "Equipe", Last: fmt.Sprintf("%03d", m+1),
			MetaID: above2to53(5_000_000 + m), LinkedInID: fmt.Sprintf("eQ-%04d", m), Vanity: fmt.Sprintf("equipe-%03d", m+1),
			Headline:   "Gestão de redes sociais",
			Businesses: []Business{{ID: above2to53(6_000_000 + m), Name: fmt.Sprintf("Cliente %d", m+1)}},
		}
		for i := range teamPages {
			n := m*teamPages + i
			page := giantPage(10_000 + n)
			page.Name = fmt.Sprintf("Cliente %d, loja %d", m+1, i+1)
			if page.Business = p.Businesses[0].ID; i%2 == 0 {
				giantAccount(&page, 20_000+n)
			}
			p.Pages = append(p.Pages, page)
		}
		people = append(people, p)
	}
	return people
}
