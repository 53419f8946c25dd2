package notify

import (
	"context"
	"fmt"
	"sync"

	"git.sr.ht/~jackmordaunt/go-toast/wintoast"
	"golang.org/x/sys/windows/registry"
)

const (
	// activatorID is the COM class that Windows calls when a toast is clicked.
	// It is ours alone: the library's own would be shared with every program
	// that uses the library.
	activatorID = "{6B0A2F3C-8C53-4C0B-9D3E-5E1D0A7C24F1}"

	programsKey = `SOFTWARE\Classes\AppUserModelId\`
	masterKey   = `SOFTWARE\Microsoft\Windows\CurrentVersion\PushNotifications`
	settingsKey = `SOFTWARE\Microsoft\Windows\CurrentVersion\Notifications\Settings\`

	// waitingAnswers is room for clicks while one is dealt with.
	waitingAnswers = 16
)

// toaster shows toasts. The library can neither replace nor take back a toast:
// its objects have no tags.
type toaster struct {
	o       Options
	turn    turn
	answers chan Response
	quit    chan struct{}
	prepare func() error
	work    sync.WaitGroup
}

func newSystem(o Options) system {
	t := &toaster{o: o, turn: newTurn(), answers: make(chan Response, waitingAnswers), quit: make(chan struct{})}
	t.prepare = sync.OnceValue(t.register)
	return t
}

// register makes the program known to Windows, and itself to the library, which
// holds one callback for the whole process.
func (t *toaster) register() error {
	if err := wintoast.SetAppData(wintoast.AppData{AppID: t.o.AppID, GUID: activatorID}); err != nil {
		return fmt.Errorf("register for notifications: %w", err)
	}
	key, _, err := registry.CreateKey(registry.CURRENT_USER, programsKey+t.o.AppID, registry.SET_VALUE)
	if err != nil {
		return fmt.Errorf("name the program: %w", err)
	}
	defer func() { _ = key.Close() }()
	if err := key.SetStringValue("DisplayName", t.o.AppName); err != nil { // the library writes the ID
		return fmt.Errorf("name the program: %w", err)
	}
	wintoast.SetActivationCallback(func(program, arguments string, _ []wintoast.UserData) {
		t.activated(program, arguments)
	})
	t.work.Go(t.answer)
	return nil
}

// activated is called by Windows, on a thread of its own that must not wait.
func (t *toaster) activated(program, arguments string) {
	response, ok := parseActivation(arguments)
	if program != t.o.AppID || !ok {
		return
	}
	select {
	case t.answers <- response:
	default:
	}
}

func (t *toaster) answer() {
	for {
		select {
		case response := <-t.answers:
			t.o.Respond(response)
		case <-t.quit:
			return
		}
	}
}

// show hands a toast to Windows. The library's other way, a PowerShell
// script without an execution policy, is not taken.
func (t *toaster) show(ctx context.Context, m Message) error {
	if t.status(ctx).State == Denied {
		return ErrDenied
	}
	text, err := toastOf(m.bounded())
	if err != nil {
		return err
	}
	return t.turn.run(ctx, func() error {
		if err := t.prepare(); err != nil {
			return err
		}
		return wintoast.Push(text)
	})
}

func (t *toaster) withdraw(context.Context, string) error { return nil }

// status reads the switches of Windows' settings. A switch that nobody touched
// has no value.
func (t *toaster) status(context.Context) Status {
	if off(masterKey, "ToastEnabled") || off(settingsKey+t.o.AppID, "Enabled") {
		return Status{State: Denied}
	}
	return Status{State: Available, Buttons: true}
}

func off(path, name string) bool {
	key, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE)
	if err != nil {
		return false
	}
	defer func() { _ = key.Close() }()
	value, _, err := key.GetIntegerValue(name)
	return err == nil && value == 0
}

func (t *toaster) close() error {
	err := t.turn.end()
	close(t.quit)
	t.work.Wait()
	return err
}
