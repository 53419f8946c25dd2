package notify

import "slices"

// longestMemory is how many messages are remembered, the oldest given up first.
const longestMemory = 100

// shown is a message that a service took over.
type shown struct {
	key     string
	owner   string // the run of the service that showed it
	id      uint32 // unique in that run
	buttons []Button
	there   bool // not known to have gone
}

// memory is what was shown. Messages that have gone stay in it, because some
// services report the end of a message before the click that ended it, and
// some let people click in a list of what has gone.
type memory []shown

// current returns the message with the key that is still there in this run of
// the service.
func (m memory) current(owner, key string) (shown, bool) {
	for _, s := range m {
		if s.owner == owner && s.key == key && s.there {
			return s, true
		}
	}
	return shown{}, false
}

// add remembers a message instead of whatever it replaces.
func (m *memory) add(s shown) {
	*m = slices.DeleteFunc(*m, func(old shown) bool {
		return old.owner == s.owner && old.id == s.id || old.key == s.key && old.there
	})
	if s.there = true; len(*m) == longestMemory {
		*m = slices.Delete(*m, 0, 1)
	}
	*m = append(*m, s)
}

// gone notes that a message is no longer there.
func (m memory) gone(owner string, id uint32) {
	for i := range m {
		if m[i].owner == owner && m[i].id == id {
			m[i].there = false
		}
	}
}

// forget drops a message: it was taken back, and what is done about it now
// comes too late.
func (m *memory) forget(owner string, id uint32) {
	*m = slices.DeleteFunc(*m, func(s shown) bool { return s.owner == owner && s.id == id })
}

// answer translates an action of the service. Ids of others' messages and
// buttons that the message did not have are not answers.
func (m memory) answer(owner string, id uint32, action string) (Response, bool) {
	for _, s := range m {
		if s.owner != owner || s.id != id {
			continue
		}
		if action == clicked {
			return Response{Key: s.key}, true
		}
		known := slices.ContainsFunc(s.buttons, func(b Button) bool { return b.ID == action })
		return Response{s.key, action}, known
	}
	return Response{}, false
}
