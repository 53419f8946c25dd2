package notify

import (
	"context"
	"errors"
)

// present returns the service that runs now, having read what it can do.
func (s *service) present(ctx context.Context) (*daemon, error) {
	d, err := s.found(ctx)
	if errors.Is(err, ErrNoService) && s.conn != nil {
		d, err = start(ctx, s.conn)
	}
	if err != nil {
		return nil, err
	}
	return s.known(ctx, d)
}

// found returns the service that runs now. The end of a connection may show
// only when it is used.
func (s *service) found(ctx context.Context) (*daemon, error) {
	d, err := s.look(ctx)
	if s.conn != nil && disconnected(err) && ctx.Err() == nil {
		_ = s.conn.Close()
		s.conn = nil
		d, err = s.look(ctx)
	}
	return d, err
}

func (s *service) look(ctx context.Context) (*daemon, error) {
	if err := s.connected(ctx); err != nil {
		return nil, err
	}
	return running(ctx, s.conn)
}

// known returns d, or what was read of it earlier.
func (s *service) known(ctx context.Context, d *daemon) (*daemon, error) {
	if s.daemon != nil && s.daemon.owner == d.owner {
		return s.daemon, nil
	}
	if err := d.learn(ctx); err != nil {
		return nil, lost(err)
	}
	s.daemon = d
	return d, nil
}

// connected makes sure that there is a connection.
func (s *service) connected(ctx context.Context) error {
	if s.conn != nil && s.conn.Connected() {
		return nil
	}
	s.conn, s.daemon, s.shown = nil, nil, nil // another bus gives the same unique names again
	address := s.address()
	if address == "" {
		return ErrNoService
	}
	conn, signals, err := connect(ctx, address)
	if err != nil {
		return errors.Join(ErrNoService, err)
	}
	s.conn = conn
	s.listeners.Go(func() { s.listen(signals) })
	return nil
}
