package sandbox

func joaoOddPages() []Page {
	return append([]Page{
		{ // professional, but linked in the Page's settings: only the second field shows it
			ID: "103847561029384", Name: "Ótica Visão Clara", Username: "oticavisaoclara", Category: "Ótica",
			Followers: 1320, Tasks: allTasks(), Link: LinkConnected,
			Instagram: &Instagram{ID: "17841401234500078", Username: "oticavisaoclara", Name: "Ótica Visão Clara", Followers: 2890},
		},
		{ // a personal account: the field is there, the node refuses
			ID: "108273645510928", Name: "Livraria Página Virada", Username: "paginavirada", Category: "Livraria",
			Followers: 4402, Tasks: allTasks(), Link: LinkConnected,
			Instagram: &Instagram{ID: "17841401234500089", Username: "livreira.pv", Name: "Página Virada", Personal: true},
		},
		{ // a very long name
			ID:   "116273849501827",
			Name: "Associação dos Moradores e Amigos do Bairro Jardim das Acácias de Campinas", Category: "Organização comunitária",
			Followers: 511, Tasks: allTasks(),
		},
		{ // João answers messages and comments there, but may not publish
			ID: "110293847561827", Name: "Pet Shop Amigo Fiel", Username: "petamigofiel", Category: "Pet shop",
			Followers: 7719, Tasks: []string{"ANALYZE", "MESSAGING", "MODERATE"}, Link: LinkBusiness,
			Instagram: &Instagram{ID: "17841401234500091", Username: "petamigofiel", Name: "Pet Shop Amigo Fiel", Followers: 8800},
		},
		{ // linked, but João only reads figures: the Instagram field stays hidden
			ID: "105647382910564", Name: "Auto Peças Rota 21", Username: "rota21", Category: "Loja de autopeças",
			Followers: 2650, Tasks: []string{"ANALYZE"}, Link: LinkBusiness,
			Instagram: &Instagram{ID: "17841401234500102", Username: "rota21autopecas", Name: "Auto Peças Rota 21", Followers: 1200},
		},
		{ // a New Page: its tasks are spelt differently
			ID: "118374650192837", Name: "Festival de Inverno de Bonito", Username: "festivaldebonito", Category: "Festival",
			Followers: 22810, Tasks: newPageTasks(), Link: LinkBusiness,
			Instagram: &Instagram{ID: "17841401234500113", Username: "festivaldebonito", Name: "Festival de Inverno de Bonito", Followers: 40120},
		},
		{
			ID: "109182736450918", Name: "Construtora Alicerce", Username: "construtoraalicerce", Category: "Construtora",
			Followers: 3304, Tasks: []string{"PROFILE_PLUS_FULL_CONTROL"},
		},
	}, joaoPortfolioPages()...)
}

// joaoPortfolioPages are missing from /me/accounts unless business_management
// was granted (meta.md 3.2).
func joaoPortfolioPages() []Page {
	return []Page{
		{
			ID: "113647582910473", Name: "Hotel Fazenda Serra Azul", Username: "hotelserraazul", Category: "Hotel fazenda",
			Followers: 18044, Tasks: allTasks(), Business: serraAzul().ID, Link: LinkBusiness,
			Instagram: &Instagram{ID: "17841401234500124", Username: "hotelserraazul", Name: "Hotel Fazenda Serra Azul", Followers: 26540},
		},
		{
			ID: "117483920156473", Name: "Viação Serra Azul", Username: "viacaoserraazul", Category: "Empresa de ônibus",
			Followers: 9021, Tasks: allTasks(), Business: serraAzul().ID, Client: true,
		},
	}
}
