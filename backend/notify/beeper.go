package notify

import (
	"context"
	"strings"

	"github.com/gen2brain/beeep"
)

// beeper shows messages through beeep, one after the other: its calls cannot be
// cancelled and its settings are of the whole process.
type beeper struct {
	appName string
	icon    []byte
	turn    turn
	beep    func(title, body string) error
}

func newBeeper(o Options) *beeper {
	b := &beeper{appName: o.AppName, icon: o.Icon, turn: newTurn()}
	b.beep = b.throughBeeep
	return b
}

func (b *beeper) show(ctx context.Context, m Message) error {
	return b.turn.run(ctx, func() error { return b.beep(harmless(m.Title), harmless(m.Body)) })
}

// throughBeeep does not use beeep.Alert for what is urgent: on Linux that fails
// after the message was shown where there is no speaker to beep with.
func (b *beeper) throughBeeep(title, body string) error {
	beeep.AppName = b.appName
	if b.icon == nil {
		return beeep.Notify(title, body, "")
	}
	return beeep.Notify(title, body, b.icon)
}

func (b *beeper) close() error { return b.turn.end() }

// harmless takes the meaning from what the programs behind beeep would
// interpret: it hands texts over as arguments of programs, where a title may
// not look like an option, and unescaped to services that read markup.
func harmless(text string) string {
	text = strings.NewReplacer("<", "‹", ">", "›", "&", "+").Replace(text)
	return strings.TrimLeft(text, "-")
}
