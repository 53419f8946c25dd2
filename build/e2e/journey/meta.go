package journey

import (
	"context"

	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

func connectMeta() []Step {
	return []Step{
		{"open the window for the first time", inOrder(openWindow, read("main", "Nenhuma conta conectada ainda"))},
		{"read what connecting takes", inOrder(
			click(button(connectToMeta)), see(button(openBrowser)),
			read("dialog", "Antes de começar", "são profissionais", "vinculado à sua página", "O que será pedido", "Sua senha fica só com o Facebook"),
		)},
		{"let it open the browser", inOrder(
			click(button(openBrowser)), see(heading("Aguardando o navegador")),
			read("dialog", "Reabrir o navegador", "Copiar link", "Cancelar", "Tempo restante"),
			seeInBrowser(metaSignIn),
		)},
		{"sign in at Facebook", answer(continueAs, metaPages)},
		{"choose Pages there", answer(goOn, metaInstagram)},
		{"choose Instagram accounts there", answer(goOn, metaPermissions)},
		{"grant the permissions", answer(finish, back)},
		{"see what can be connected", inOrder(see(heading(choose)), read("dialog",
			"28 contas encontradas, lista completa", "Café Avenida", "@cafe.avenida", "Concluir: conectar 0"))},
		{"see what cannot, and why", inOrder(filter("livr"), read("dialog",
			"Livraria Página Virada", "não pode ser conectada",
			"Esta conta do Instagram é pessoal.", "mude para conta comercial ou de criador"))},
		{"tick three accounts", tickThree()},
		{"connect them", inOrder(
			click(button("Concluir: conectar 3")), see(headingPart("Pronto: 3 contas conectadas")),
			read("dialog", page, instagram, otherPage, "Conectada"),
		)},
		{"see them in the list", inOrder(dismiss(ready), seeThree())},
	}
}

// tickThree ticks a Page, its Instagram account and another Page, found with the
// filter, as one does among many.
func tickThree() act {
	return inOrder(
		filter("prado"), gone(webdriver.RolePart("checkbox", "Livraria")),
		tick(webdriver.RolePart("checkbox", page)), tick(webdriver.RolePart("checkbox", instagram)),
		filter("são bento"), tick(webdriver.RolePart("checkbox", otherPage)),
		see(button("Concluir: conectar 3")),
	)
}

// filter narrows the selection down.
func filter(text string) act {
	return func(ctx context.Context, s *stage.Stage) error {
		return s.Window.Fill(ctx, webdriver.Role("searchbox", "Filtrar contas"), text)
	}
}

// seeThree waits until the list shows the three accounts, sound, and no other.
func seeThree() act {
	return read("main", "Login de "+person, "3 contas", page, instagram, otherPage, "Conectada", "no Café Avenida")
}

func openWindow(ctx context.Context, s *stage.Stage) error {
	if err := s.OpenWindow(ctx); err != nil {
		return err
	}
	return see(heading(integrations))(ctx, s)
}
