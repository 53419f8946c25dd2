package tray

// Actions are what the menu does. They are called one after the other, must
// return soon and must not wait for Run; a nil one does nothing.
type Actions struct {
	Open        func()
	OpenAccount func(id string)
	CheckNow    func()
	Pause       func(id string) // one of Menu.PauseFor
	Resume      func()
	Quit        func()
}

// order is one of the actions, with what it is told.
type order struct {
	verb verb
	id   string
}

type verb int

const (
	nothing verb = iota
	open
	openAccount
	checkNow
	pause
	resume
	quit
)

func (a Actions) do(o order) {
	call := func(f func()) {
		if f != nil {
			f()
		}
	}
	tell := func(f func(string)) {
		if f != nil {
			f(o.id)
		}
	}
	switch o.verb {
	case nothing:
	case open:
		call(a.Open)
	case openAccount:
		tell(a.OpenAccount)
	case checkNow:
		call(a.CheckNow)
	case pause:
		tell(a.Pause)
	case resume:
		call(a.Resume)
	case quit:
		call(a.Quit)
	}
}
