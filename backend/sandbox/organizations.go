package sandbox

// Organization is a LinkedIn Page on which the person holds a role.
type Organization struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Vanity   string `json:"vanity_name"`
	Website  string `json:"website,omitempty"`
	Industry string `json:"industry,omitempty"`
	// Brand marks a showcase page, whose URN is spelt organizationBrand.
	Brand bool   `json:"brand,omitempty"`
	Role  string `json:"role"`
	State string `json:"state"`
}

// URN is what the access-control list calls the organization.
func (o Organization) URN() string {
	if o.Brand {
		return "urn:li:organizationBrand:" + o.ID
	}
	return "urn:li:organization:" + o.ID
}

func joaoOrganizations() []Organization {
	clinica := Organization{ID: "18872163", Name: "Clínica Vida Plena", Vanity: "clinica-vida-plena", State: "APPROVED"}
	content, leads := clinica, clinica
	content.Role = "CONTENT_ADMINISTRATOR"
	leads.Role = "LEAD_GEN_FORMS_MANAGER" // a second role on one page: clients must not show it twice
	return []Organization{
		{
			ID: "2414183", Name: "Prado Comunicação", Vanity: "prado-comunicacao", Website: "https://prado.example",
			Role: "ADMINISTRATOR", State: "APPROVED",
		},
		content,
		{ID: "5515715", Name: "Construtora Alicerce", Vanity: "construtora-alicerce", Role: "ANALYST", State: "APPROVED"},
		{ // asked for, never approved: must not count
			ID: "71920388", Name: "Hotel Fazenda Serra Azul", Vanity: "hotel-serra-azul", Role: "ADMINISTRATOR", State: "REQUESTED",
		},
		leads,
		{
			ID: "28451002", Name: "Prado Eventos", Vanity: "prado-eventos", Brand: true,
			Role: "ADMINISTRATOR", State: "APPROVED",
		},
	}
}

func mariaOrganizations() []Organization {
	return []Organization{{
		ID: "90417726", Name: "Ateliê Maria Lima", Vanity: "atelie-maria-lima", Website: "https://atelie.example",
		Role: "ADMINISTRATOR", State: "APPROVED",
	}}
}

// approvedOrganizations counts each organization once, however many roles.
func approvedOrganizations(all []Organization) int {
	seen := map[string]bool{}
	for _, o := range all {
		if o.State == "APPROVED" {
			seen[o.ID] = true
		}
	}
	return len(seen)
}
