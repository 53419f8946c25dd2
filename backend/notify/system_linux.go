package notify

import (
	"context"
	"errors"
	"sync"

	"github.com/godbus/dbus/v5"
)

// service shows messages through the desktop's notification service. The
// connection is made when it is needed and again after the bus was gone.
type service struct {
	o             Options
	address       func() string
	wouldStartBus func() bool
	reader        string // of GNOME's settings
	beeper        *beeper
	picture       func() (picture, bool)
	listeners     sync.WaitGroup

	// turn guards what follows. It is held while a message is handed over, so
	// that a click cannot be looked up before its message was remembered.
	turn   turn
	closed bool
	conn   *dbus.Conn
	daemon *daemon // the run that was last spoken to
	shown  memory
}

func newSystem(o Options) system {
	return &service{
		o: o, address: busAddress, wouldStartBus: wouldStartBus, reader: settingsReader, beeper: newBeeper(o), turn: newTurn(),
		picture: sync.OnceValues(func() (picture, bool) {
			p := pictureOf(o.Icon, o.Log)
			if p == nil {
				return picture{}, false
			}
			return *p, true
		}),
	}
}

// attend has nothing to do: an id of a message means something only to those
// who saw it given, so that no service's answer reaches another run of ours.
func (s *service) attend(context.Context) error { return nil }

func (s *service) show(ctx context.Context, m Message) error {
	m = m.bounded()
	err := s.inTurn(ctx, func() error {
		err := s.handOver(ctx, m)
		if vanished(err) && ctx.Err() == nil {
			err = s.handOver(ctx, m)
		}
		return err
	})
	if errors.Is(err, ErrNoService) && ctx.Err() == nil && !s.wouldStartBus() && s.beeper.show(ctx, m) == nil {
		return nil
	}
	return err
}

// handOver gives the message to the service that runs now, starting one if the
// bus can.
func (s *service) handOver(ctx context.Context, m Message) error {
	d, err := s.present(ctx)
	if err != nil {
		return err
	}
	if d.isGNOME() && s.gnome().denies(ctx) {
		return ErrDenied
	}
	earlier, _ := s.shown.current(d.owner, m.Key)
	n := s.noteOf(m, d)
	var id uint32
	err = d.call(ctx, daemonName+".Notify", s.o.AppName, earlier.id, "", m.Title, n.body, n.actions, n.hints, n.expires).Store(&id)
	if err != nil {
		return lost(err)
	}
	s.shown.add(shown{key: m.Key, owner: d.owner, id: id, buttons: m.Buttons})
	return nil
}

func (s *service) withdraw(ctx context.Context, key string) error {
	return s.inTurn(ctx, func() error {
		if s.daemon == nil {
			return nil
		}
		earlier, there := s.shown.current(s.daemon.owner, key)
		if !there {
			return nil
		}
		err := s.daemon.call(ctx, daemonName+".CloseNotification", earlier.id).Err
		if answer := (dbus.Error{}); errors.As(err, &answer) || vanished(err) {
			err = nil // it was no longer there, or the service was not
		}
		if err == nil {
			s.shown.forget(earlier.owner, earlier.id)
		}
		return err
	})
}

func (s *service) there(ctx context.Context, key string) (there bool) {
	_ = s.inTurn(ctx, func() error {
		if s.daemon != nil {
			_, there = s.shown.current(s.daemon.owner, key)
		}
		return nil
	})
	return there
}

func (s *service) status(ctx context.Context) Status {
	status := Status{State: Unknown}
	_ = s.inTurn(ctx, func() error { // no turn in time is unknown too
		status = s.ask(ctx)
		return nil
	})
	return status
}

func (s *service) ask(ctx context.Context) Status {
	d, err := s.found(ctx)
	if errors.Is(err, ErrNoService) && s.conn != nil && startable(ctx, s.conn) {
		return Status{State: Available} // the first message starts it
	}
	if err == nil {
		d, err = s.known(ctx, d)
	}
	if err != nil {
		return Status{State: unless(ctx, err)}
	}
	status := Status{State: Available, Buttons: d.can("actions")}
	switch {
	case d.isGNOME():
		status.State = s.gnome().state(ctx)
	case d.silenced(ctx):
		status.State = Silenced
	}
	return status
}

func (s *service) gnome() gnome { return gnome{s.reader, s.address(), s.o.DesktopEntry} }

// unless is NoService for a service that is not there; a service that did not
// answer, or not in time, is unknown.
func unless(ctx context.Context, err error) State {
	if ctx.Err() == nil && errors.Is(err, ErrNoService) {
		return NoService
	}
	return Unknown
}

func (s *service) inTurn(ctx context.Context, call func() error) error {
	if err := s.turn.take(ctx); err != nil {
		return err
	}
	defer s.turn.pass()
	if s.closed {
		return ErrClosed
	}
	return call()
}

// close waits for the listeners; the calls under way were ended before.
func (s *service) close() error {
	s.hold(func() {
		s.closed = true
		if s.conn != nil {
			_ = s.conn.Close() // fails only when it was closed already
		}
	})
	s.listeners.Wait()
	return s.beeper.close()
}
