package atspi

// State is a bit of the protocol's set of states. Only those that the tests
// speak of are named.
type State uint

// The numbers are the protocol's (atspi-constants.h).
const (
	Checked  State = 4
	Enabled  State = 8
	Focused  State = 12
	Showing  State = 25
	Visible  State = 30
	Required State = 33
)

// States is a set of states.
type States uint64

// newStates joins the two halves that the bus sends.
func newStates(words []uint32) States {
	var states States
	for i, word := range words {
		states |= States(word) << (32 * i)
	}
	return states
}

// Has reports whether a state is in the set.
func (s States) Has(state State) bool { return s>>state&1 == 1 }
