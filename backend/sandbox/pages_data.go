package sandbox

// The Pages are chosen for the trouble they make: each comment names it.

func serraAzul() Business { return Business{ID: "278340915566120", Name: "Grupo Serra Azul"} }

func joaoPages() []Page {
	return append(joaoClassicPages(), joaoOddPages()...)
}

func joaoClassicPages() []Page {
	return []Page{
		{
			ID: "104728391056214", Name: "Prado Comunicação", Username: "pradocomunicacao", Category: "Agência de publicidade",
			Followers: 8412, Tasks: allTasks(), Link: LinkBoth, // the same account under both fields
			Instagram: &Instagram{ID: "17841401234500011", Username: "pradocomunicacao", Name: "Prado Comunicação", Followers: 12840},
		},
		{
			ID: "112093847562018", Name: "Padaria São Bento", Username: "padariasaobento", Category: "Padaria",
			Followers: 3482, Tasks: allTasks(), Link: LinkBusiness,
			Instagram: &Instagram{ID: "17841401234500022", Username: "padariasaobento", Name: "Padaria São Bento", Followers: 9120},
		},
		cafeAvenida(),
		{
			ID: "119283746501928", Name: "Clínica Vida Plena", Username: "clinicavidaplena", Category: "Clínica médica",
			Followers: 5210, Tasks: allTasks(), Link: LinkBusiness,
			Instagram: &Instagram{ID: "17841401234500044", Username: "clinicavidaplena", Name: "Clínica Vida Plena", Followers: 7321},
		},
		{ // no Instagram at all
			ID: "107364518290347", Name: "Academia Corpo em Movimento", Category: "Academia de ginástica",
			Followers: 940, Tasks: allTasks(),
		},
		{ // an emoji in the name
			ID: "101928374655463", Name: "Restaurante Sabor da Bahia 🌶️", Username: "sabordabahia", Category: "Restaurante baiano",
			Followers: 15230, Tasks: allTasks(), Link: LinkBusiness,
			Instagram: &Instagram{ID: "17841401234500055", Username: "sabor.da.bahia", Name: "Sabor da Bahia 🌶️", Followers: 31077},
		},
		{ // an id above 2^53: a float64 would change its last digit
			ID: "90071992547409931", Name: "Doceria Dona Benta", Username: "doceriadonabenta", Category: "Confeitaria",
			Followers: 2207, Tasks: allTasks(), Link: LinkBusiness,
			Instagram: &Instagram{ID: "17841401234500067", Username: "doceriadonabenta", Name: "Doceria Dona Benta", Followers: 4410},
		},
	}
}

// cafeAvenida is João's client and Maria's shop: one Page, two people, two tokens.
func cafeAvenida() Page {
	return Page{
		ID: "115506172839401", Name: "Café Avenida", Username: "cafeavenida", Category: "Cafeteria",
		Followers: 6133, Tasks: allTasks(), Link: LinkBoth,
		Instagram: &Instagram{ID: "17841401234500033", Username: "cafe.avenida", Name: "Café Avenida", Followers: 10054},
	}
}

func mariaPages() []Page {
	return []Page{
		{
			ID: "120394857610293", Name: "Ateliê Maria Lima", Username: "ateliemarialima", Category: "Loja de artesanato",
			Followers: 1874, Tasks: allTasks(), Link: LinkBusiness,
			Instagram: &Instagram{ID: "17841409876500011", Username: "atelie.marialima", Name: "Ateliê Maria Lima", Followers: 5230},
		},
		cafeAvenida(),
	}
}
