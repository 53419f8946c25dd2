package sandbox

import "slices"

// Person is somebody to sign in as. No password is ever asked.
type Person struct {
	Key      string `json:"key"`
	First    string `json:"first_name"`
	Last     string `json:"last_name"`
	MetaID   string `json:"meta_id"`
	Headline string `json:"headline"`
	Vanity   string `json:"vanity_name"`
	// LinkedInID is the id under the default app; another app sees another
	// id of the same person (linkedin.md 3.1).
	LinkedInID    string         `json:"linkedin_id"`
	Pages         []Page         `json:"pages"`
	Businesses    []Business     `json:"businesses"`
	Organizations []Organization `json:"organizations"`
	// System is no person: it never signs in, and tokens are minted for it.
	System bool `json:"system,omitempty"`
}

// Name is the person's full name, as pages and APIs show it.
func (p Person) Name() string { return p.First + " " + p.Last }

// People returns everybody who can sign in: João with many Pages and organizations, Maria
// with two Pages and one organization, Ana with nothing but a profile.
func People() []Person {
	return []Person{joao(), maria(), ana()}
}

func joao() Person {
	return Person{
		Key: "joao", First: "João", Last: "Prado", MetaID: "10220011223344556",
		LinkedInID: "yrZCpj2Z12", Vanity: "joao-prado", Headline: "Diretor na Prado Comunicação",
		Pages: joaoPages(), Businesses: []Business{serraAzul()}, Organizations: joaoOrganizations(),
	}
}

func maria() Person {
	return Person{
		Key: "maria", First: "Maria", Last: "Lima", MetaID: "10167788990011223",
		LinkedInID: "q3Xt-90LmA", Vanity: "maria-lima", Headline: "Fundadora do Ateliê Maria Lima",
		Pages: mariaPages(), Organizations: mariaOrganizations(),
	}
}

func ana() Person {
	return Person{
		Key: "ana", First: "Ana", Last: "Souza", MetaID: "10155443322110099",
		LinkedInID: "B7h_wVn4kQ", Vanity: "ana-souza", Headline: "Analista de marketing",
	}
}

func findPerson(people []Person, key string) (Person, bool) {
	i := slices.IndexFunc(people, func(p Person) bool {
		return key != "" && (p.Key == key || p.Name() == key || p.MetaID == key || p.LinkedInID == key)
	})
	if i < 0 {
		return Person{}, false
	}
	return people[i], true
}
