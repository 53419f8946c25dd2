package tray

// Shape is what the icon looks like. The shapes are told apart without colour;
// the window marks its accounts with the same ones.
type Shape string

// The shapes. An unknown one is drawn as ShapeUnknown.
const (
	ShapeOK      Shape = "ok"      // a disc with a check
	ShapeSoon    Shape = "soon"    // a clock
	ShapeBroken  Shape = "broken"  // a triangle with an exclamation mark
	ShapeUnknown Shape = "unknown" // a dashed ring
)

// Menu is everything that the tray shows, in the admin's language and already
// cleaned. What is empty is left out, not greyed.
type Menu struct {
	Shape     Shape
	Attention bool   // hosts that know a "needs attention" are told
	Tooltip   string // the worst state in words

	Status     string  // the first line; a click opens the window
	Accounts   []Entry // up to eight, broken ones first; a click opens the account
	More       string  // "+4 saudáveis"; a click opens the window
	NextExpiry string  // only to be read

	CheckNow string
	Checking bool    // CheckNow is shown greyed while a check runs
	Pause    string  // opens PauseFor; left out when that is empty
	PauseFor []Entry // up to four; the ID is what Actions.Pause is told
	Resume   string  // of Pause and Resume exactly one is there
	Open     string  // stands in the place of the accounts while there are none
	Quit     string
}

// Entry is one line of several.
type Entry struct{ ID, Label string }

// The menu has a fixed number of slots: the library can hide lines and name
// them anew, but a line that is removed while it is clicked would crash it.
const (
	accountSlots = 8
	pauseSlots   = 4
)

// The slots, in the order of the menu. A separator stands before the first
// account, before slotNextExpiry and before slotOpen. Those from slotPauseFor
// on are below slotPause.
const (
	slotStatus     = 0
	slotAccount    = 1
	slotMore       = slotAccount + accountSlots
	slotNextExpiry = slotMore + 1
	slotCheckNow   = slotNextExpiry + 1
	slotPause      = slotCheckNow + 1
	slotResume     = slotPause + 1
	slotOpen       = slotResume + 1
	slotQuit       = slotOpen + 1
	slotPauseFor   = slotQuit + 1
	slots          = slotPauseFor + pauseSlots
)

// row is one slot's line. Without a label it is hidden.
type row struct {
	label string
	off   bool // greyed
	click order
}

// face is what is seen without opening the menu.
type face struct {
	shape     Shape
	attention bool
	tooltip   string
}

// look is a Menu as it goes to the screen, made to be compared.
type look struct {
	face face
	rows [slots]row
}

func lookOf(m Menu) look {
	l := look{face: face{knownShape(m.Shape), m.Attention, plain(m.Tooltip)}}
	put := func(slot int, label string, click order) {
		if label = plain(label); label != "" { // a hidden row is an empty one, to be equal to others
			l.rows[slot] = row{label: label, click: click}
		}
	}

	put(slotStatus, m.Status, order{verb: open})
	for i, account := range m.Accounts[:min(len(m.Accounts), accountSlots)] {
		put(slotAccount+i, account.Label, order{openAccount, account.ID})
	}
	put(slotMore, m.More, order{verb: open})
	put(slotNextExpiry, m.NextExpiry, order{})
	put(slotCheckNow, m.CheckNow, order{verb: checkNow})
	put(slotResume, m.Resume, order{verb: resume})
	if len(m.Accounts) == 0 && m.More == "" {
		// Separators cannot be hidden: an empty group would leave two of them.
		put(slotAccount, m.Open, order{verb: open})
	} else {
		put(slotOpen, m.Open, order{verb: open})
	}
	put(slotQuit, m.Quit, order{verb: quit})
	if len(m.PauseFor) > 0 {
		put(slotPause, m.Pause, order{})
		for i, span := range m.PauseFor[:min(len(m.PauseFor), pauseSlots)] {
			put(slotPauseFor+i, span.Label, order{pause, span.ID})
		}
	}
	l.rows[slotNextExpiry].off = m.NextExpiry != ""
	l.rows[slotCheckNow].off = m.Checking && m.CheckNow != ""
	return l
}

func knownShape(s Shape) Shape {
	switch s {
	case ShapeOK, ShapeSoon, ShapeBroken:
		return s
	default:
		return ShapeUnknown
	}
}
