package journey

import "github.com/kontent/kontent-connect/build/e2e/webdriver"

// The projects: the one that the demonstration begins with, and the admin's.
const (
	firstProject = "Café da Esquina"
	newProject   = "Ateliê da Praça"
	renamed      = "Ateliê da Praça 2"
)

func projects() []Step {
	switcher := func(name string) webdriver.Locator { return webdriver.Role("button", "Projeto: "+name) }
	item := func(name string) webdriver.Locator { return webdriver.Role("menuitem", name) }
	return []Step{
		{"add a project", inOrder(
			pick(switcher(firstProject), item("Novo projeto")), fill("Nome do projeto", newProject),
			dismiss("Criar projeto"), see(switcher(newProject)), read("main", "Nenhuma conta conectada ainda", "no Perfil pessoal"),
		)},
		{"rename it", inOrder(
			pick(switcher(newProject), item("Renomear projeto")), fill("Nome do projeto", renamed),
			dismiss("Salvar"), see(switcher(renamed)),
		)},
		{"switch back", inOrder(
			pick(switcher(renamed), webdriver.Role("menuitemradio", firstProject)), see(switcher(firstProject)),
			read("main", "Perfil pessoal", companyPage),
		)},
		{"look at what happened", inOrder(
			click(webdriver.Role("link", "Histórico")), see(heading("Histórico")),
			read("main", "foi retirado", "foi desconectada", "foi conectada", otherPage),
		)},
		{"look at the provider apps", inOrder(
			click(webdriver.RolePart("link", "Aplicativos dos provedores")), see(heading("Aplicativos dos provedores")),
			read("main", "Guardado no chaveiro"),
		)},
		{"choose another language and the dark theme", inOrder(
			click(webdriver.Role("link", "Aparência e idioma")), see(heading("Aparência e idioma")),
			click(webdriver.RolePart("radio", "Escuro")), click(webdriver.RolePart("radio", "English")),
			see(heading("Appearance and language")), click(webdriver.RolePart("link", "Integrations")), see(heading("Integrations")),
			read("main", "Personal profile", "no Perfil pessoal"),
		)},
	}
}
