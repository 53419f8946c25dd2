package journey

import "github.com/kontent/kontent-connect/build/e2e/webdriver"

func disconnect() []Step {
	ask := func(name string) act {
		return pick(webdriver.Role("button", "Mais ações: "+name), webdriver.Role("menuitem", "Desconectar…"))
	}
	return []Step{
		{"ask to disconnect one account", inOrder(
			ask(otherPage), see(heading("Desconectar "+otherPage+"?")),
			read("dialog", "Deixa de funcionar", "Publicar nesta página", "Continua como está", "Tudo o que já foi publicado",
				"Só esta conta", "O login inteiro de "+person),
		)},
		{"disconnect it", inOrder(
			click(button("Desconectar "+otherPage)), see(heading(otherPage+" foi desconectada")),
			read("dialog", "O aplicativo ainda aparece na rede", "ainda lista o aplicativo", "Nada do que já foi publicado foi alterado."),
		)},
		{"see the others stay", inOrder(dismiss(ready), read("main", page, instagram, "no "+otherPage))},
		{"ask to disconnect the whole login", inOrder(
			ask(instagram), click(webdriver.RolePart("radio", "O login inteiro de "+person)), see(button("Desconectar 2 contas")),
		)},
		{"disconnect the login", inOrder(
			click(webdriver.RolePart("checkbox", "Sei que as 2 contas")),
			click(button("Desconectar 2 contas")), see(heading("2 contas foram desconectadas")),
			read("dialog", "Acesso retirado", "confirmou que o acesso de "+person+" foi retirado"),
		)},
		{"see that only LinkedIn is left", inOrder(
			dismiss(ready), read("main", "Nenhuma conta conectada ainda", "Perfil pessoal", "no "+instagram),
		)},
	}
}
