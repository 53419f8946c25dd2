package notify

import "github.com/godbus/dbus/v5"

// listen takes what the service says until the connection is closed.
func (s *service) listen(signals <-chan *dbus.Signal) {
	for signal := range signals {
		switch signal.Name {
		case daemonName + ".ActionInvoked":
			if response, ok := s.answered(signal); ok {
				s.o.Respond(response)
			}
		case daemonName + ".NotificationClosed":
			s.ended(signal)
		}
	}
}

// answered reads an action. Its sender is compared although the bus was asked
// for the service's signals only: anybody may address one to us directly.
func (s *service) answered(signal *dbus.Signal) (response Response, ok bool) {
	id, action, fits := body[string](signal)
	if !fits {
		return Response{}, false
	}
	s.hold(func() { response, ok = s.shown.answer(signal.Sender, id, action) })
	return response, ok
}

// ended notes the end of a message. Whether it was dismissed, ran out or was
// taken back is no answer to it.
func (s *service) ended(signal *dbus.Signal) {
	id, _, fits := body[uint32](signal)
	if !fits {
		return
	}
	s.hold(func() { s.shown.gone(signal.Sender, id) })
}

// hold has the turn however long it takes: those who have it have deadlines.
func (s *service) hold(look func()) {
	s.turn <- struct{}{}
	defer s.turn.pass()
	look()
}

// body reads the id of a message and what is said about it. Signals are of any
// form that their sender likes.
func body[T any](signal *dbus.Signal) (id uint32, said T, ok bool) {
	if len(signal.Body) != 2 {
		return 0, said, false
	}
	id, isID := signal.Body[0].(uint32)
	said, ok = signal.Body[1].(T)
	return id, said, ok && isID
}
