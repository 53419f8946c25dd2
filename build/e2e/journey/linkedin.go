package journey

import "github.com/kontent/kontent-connect/build/e2e/webdriver"

func connectLinkedIn() []Step {
	return []Step{
		{"read what LinkedIn takes", inOrder(
			click(button(connectLinkedin)), see(button(openBrowser)), read("dialog", "Antes de começar", "página de empresa"),
		)},
		{"let it open LinkedIn", inOrder(click(button(openBrowser)), seeInBrowser(linkedInSignIn))},
		{"sign in at LinkedIn", answer(continueAs, linkedInConsent)},
		{"allow the access", answer(allow, back)},
		{"tick one Company Page and the profile", inOrder(
			see(heading(choose)), read("dialog", "Construtora Alicerce", "não permite publicar"),
			tick(webdriver.RolePart("checkbox", companyPage+" Página de empresa")),
			tick(webdriver.RolePart("checkbox", person+" Perfil pessoal")),
			see(button("Confirmar: conectar 2")),
		)},
		{"connect both", inOrder(click(button("Confirmar: conectar 2")), see(headingPart("Pronto: 2 contas conectadas")))},
		{"see all five", inOrder(dismiss(ready), seeThree(), read("main", "2 contas", "Perfil pessoal", "Página de empresa"))},
	}
}
