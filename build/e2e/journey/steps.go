// Package journey is what an admin does with Kontent Connect from the first
// window to the last, told in steps: the programs that are shipped, on a desktop
// of their own, with a real browser, keyring and screen reader's bus, against the
// demonstration's networks. The end-to-end test and "make run" without a screen
// both go through it.
package journey

import (
	"context"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/stage"
)

// stepTimeout is for one step of the journey on a busy machine; a person would
// have given up long before.
const stepTimeout = time.Minute

// Step is one thing that the admin does and sees done.
type Step struct {
	Name string
	do   func(context.Context, *stage.Stage) error
}

// Do takes the step.
func (s Step) Do(ctx context.Context, on *stage.Stage) error {
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	return s.do(ctx, on)
}

// Part is a chapter of the journey.
type Part struct {
	Title string
	Steps []Step
}

// Parts is the journey, in order. Each step begins where the one before ended.
func Parts() []Part {
	return []Part{
		{"Connect Instagram and Facebook", connectMeta()},
		{"Restart: everything is still there", restart()},
		{"Connect LinkedIn", connectLinkedIn()},
		{"Disconnect", disconnect()},
		{"Projects and settings", projects()},
	}
}

// The accounts that the admin connects, by what the window calls them.
const (
	page        = "Prado Comunicação"
	instagram   = "@pradocomunicacao"
	otherPage   = "Padaria São Bento"
	companyPage = "Prado Comunicação" // on LinkedIn
	person      = "João Prado"        // who signs in, and whose profile it is
)

// Words on the window's buttons and headings.
const (
	integrations    = "Integrações"
	connectToMeta   = "Conectar conta: Instagram/Facebook"
	connectLinkedin = "Conectar conta: LinkedIn"
	openBrowser     = "Abrir o navegador"
	ready           = "Pronto"
	choose          = "Escolha o que conectar"
)
