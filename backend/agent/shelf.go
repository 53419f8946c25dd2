package agent

// shelf is a list of what faces show, with the revision at which each thing
// last changed. Things are told apart by their key.
type shelf[K comparable, T any] struct {
	key  func(T) K
	same func(a, b T) bool

	list  []T     // in its order, never written to once it is here
	since []int64 // of each, the revision at which it became what it is
	place map[K]int
	// gone holds the revision at which a key went.
	gone map[K]int64
}

// put makes list what the shelf holds, and reports whether that is another one.
// What differs has changed at revision.
func (s *shelf[K, T]) put(list []T, revision int64) (changed bool) {
	since, place := make([]int64, len(list)), make(map[K]int, len(list))
	for i, one := range list {
		key := s.key(one)
		place[key] = i
		if was, ok := s.place[key]; ok && s.same(s.list[was], one) {
			since[i] = s.since[was]
			continue
		}
		since[i], changed = revision, true
		delete(s.gone, key)
	}
	for key := range s.place {
		if _, ok := place[key]; !ok {
			if s.gone == nil {
				s.gone = map[K]int64{}
			}
			s.gone[key], changed = revision, true
		}
	}
	s.list, s.since, s.place = list, since, place
	return changed
}

// after returns what has changed or gone later than at a revision. Neither
// list is nil.
func (s *shelf[K, T]) after(revision int64) (changed []T, gone []K) {
	changed, gone = []T{}, []K{}
	for i, at := range s.since {
		if at > revision {
			changed = append(changed, s.list[i])
		}
	}
	for key, at := range s.gone {
		if at > revision {
			gone = append(gone, key)
		}
	}
	return changed, gone
}

// empty forgets everything, what has gone included.
func (s *shelf[K, T]) empty() { *s = shelf[K, T]{key: s.key, same: s.same} }
