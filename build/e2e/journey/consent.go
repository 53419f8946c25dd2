package journey

import (
	"context"

	"github.com/kontent/kontent-connect/build/e2e/stage"
)

// flow is in the address of every page that asks a person for consent.
const flow = "/sandbox/flow/"

// Words on the networks' pages, as the demonstration shows them.
const (
	goOn       = "Continuar"
	finish     = "Concluir"
	allow      = "Permitir"
	continueAs = "Continuar como " + person

	metaSignIn      = "Entrar na demonstração do Facebook"
	metaPages       = "Escolha as Páginas"
	metaInstagram   = "Escolha as contas do Instagram"
	metaPermissions = "Revise as permissões"

	metaAgain = "Reconectar Kontent"

	linkedInSignIn  = "Entrar na demonstração do LinkedIn"
	linkedInConsent = "Permitir o acesso de"
)

// seeInBrowser waits for a page that the program has opened in the browser.
func seeInBrowser(title string) act {
	return func(ctx context.Context, s *stage.Stage) error {
		browser, err := s.Browser(ctx, flow)
		if err != nil {
			return err
		}
		_, err = browser.Find(ctx, headingPart(title))
		return err
	}
}

// answer clicks on the button of a consent page and waits for the next page.
func answer(name, next string) act {
	return func(ctx context.Context, s *stage.Stage) error {
		browser, err := s.Browser(ctx, flow)
		if err != nil {
			return err
		}
		if err := browser.Click(ctx, button(name)); err != nil {
			return err
		}
		_, err = browser.Find(ctx, headingPart(next))
		return err
	}
}

// back is what the browser says when it has handed the sign-in over.
const back = "Volte ao Kontent Connect"

// ConsentAtMeta goes through Meta's pages: who, which Pages, which Instagram
// accounts, which permissions. Everything stays as offered.
func ConsentAtMeta(ctx context.Context, s *stage.Stage) error {
	return inOrder(seeInBrowser(metaSignIn),
		answer(continueAs, metaPages), answer(goOn, metaInstagram), answer(goOn, metaPermissions), answer(finish, back),
	)(ctx, s)
}

// ConsentAgainAtMeta is ConsentAtMeta for somebody who has consented before:
// Meta only asks whether all stays as it is.
func ConsentAgainAtMeta(ctx context.Context, s *stage.Stage) error {
	return inOrder(seeInBrowser(metaSignIn), answer(continueAs, metaAgain), answer("Reconectar", back))(ctx, s)
}

// CancelAtMeta opens Meta's first page and goes away from there.
func CancelAtMeta(ctx context.Context, s *stage.Stage) error {
	return inOrder(seeInBrowser(metaSignIn), answer("Cancelar", "Nada foi conectado"))(ctx, s)
}
