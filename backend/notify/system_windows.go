package notify

import (
	"context"
	"sync"
)

// waitingAnswers is room for clicks while one is dealt with.
const waitingAnswers = 16

// toaster shows toasts. Its calls to Windows cannot be cancelled, and are made
// one after the other.
type toaster struct {
	o       Options
	turn    turn
	answers chan Response
	quit    chan struct{}
	prepare func() error
	work    sync.WaitGroup
	stop    func()

	mu sync.Mutex // protects what follows
	// shown are the keys of toasts that were not clicked or taken back. That one
	// was dismissed, Windows does not say.
	shown map[string]bool
}

func newSystem(o Options) system {
	t := &toaster{o: o, turn: newTurn(), answers: make(chan Response, waitingAnswers), quit: make(chan struct{}), stop: func() {}, shown: map[string]bool{}}
	t.prepare = sync.OnceValue(t.open)
	return t
}

// open makes the program known and listens for clicks.
func (t *toaster) open() error {
	if err := announce(t.o); err != nil {
		return err
	}
	stop, err := listen(t.o.AppID, t.activated)
	if err != nil {
		return err
	}
	t.stop = stop
	t.work.Go(t.answer)
	return nil
}

// activated is called by Windows, on a thread of its own that must not wait.
func (t *toaster) activated(program, arguments string) {
	response, ok := parseActivation(arguments)
	if program != t.o.AppID || !ok {
		return
	}
	t.note(response.Key, false)
	select {
	case t.answers <- response:
	default:
	}
}

func (t *toaster) note(key string, shown bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if delete(t.shown, key); shown {
		t.shown[key] = true
	}
}

func (t *toaster) there(_ context.Context, key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.shown[key]
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

// prepared makes one call once the program is known to Windows.
func (t *toaster) prepared(ctx context.Context, call func() error) error {
	return t.turn.run(ctx, func() error {
		if err := t.prepare(); err != nil {
			return err
		}
		return call()
	})
}

func (t *toaster) attend(ctx context.Context) error {
	return t.prepared(ctx, func() error { return nil })
}

func (t *toaster) show(ctx context.Context, m Message) error {
	text, err := toastOf(m.bounded())
	if err != nil {
		return err
	}
	return t.prepared(ctx, func() error {
		if lookAround(t.o.AppID).state() == Denied {
			return ErrDenied
		}
		t.note(m.Key, true) // a click may come at once
		return pushToast(t.o.AppID, tagOf(m.Key), text)
	})
}

func (t *toaster) withdraw(ctx context.Context, key string) error {
	t.note(key, false)
	return t.prepared(ctx, func() error { return removeToast(t.o.AppID, tagOf(key)) })
}

func (t *toaster) status(ctx context.Context) Status {
	found := make(chan State, 1) // a call that comes too late has somewhere to put its answer
	err := t.prepared(ctx, func() error {
		found <- lookAround(t.o.AppID).state()
		return nil
	})
	if err != nil {
		return Status{State: Unknown}
	}
	return Status{State: <-found, Buttons: true}
}

func (t *toaster) close() error {
	err := t.turn.end()
	if err == nil {
		t.stop()
	}
	close(t.quit)
	t.work.Wait()
	return err
}
