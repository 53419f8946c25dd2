package agent

import (
	"log/slog"
	"sync"
	"time"
)

// zoneEvery is how often it is looked whether the computer is in another time
// zone by now.
const zoneEvery = 10 * time.Second

// zone is the present where this computer is. Go reads the time zone once: an
// agent that came along on a journey would keep the quiet hours, and count the
// days, of where it was started (security.md CK04). Setting time.Local is not
// the way, because others read it without a lock.
type zone struct {
	// mark tells one setting of the system from another; "" where it is not
	// followed.
	mark func() string
	read func() (*time.Location, error)
	// moved is called when the zone is another one; it must not block.
	moved func()
	log   *slog.Logger

	mu    sync.Mutex // protects what follows
	here  *time.Location
	seen  string
	asked time.Time
}

// now is the present, in the time zone that the system has.
func (z *zone) now() time.Time {
	now := time.Now()
	here, moved := z.at(now)
	if moved {
		z.moved()
	}
	return now.In(here)
}

func (z *zone) at(now time.Time) (here *time.Location, moved bool) {
	z.mu.Lock()
	defer z.mu.Unlock()
	first := z.here == nil
	if first {
		z.here = time.Local
	}
	if !first && now.Sub(z.asked) < zoneEvery {
		return z.here, false
	}
	z.asked = now
	mark := z.mark()
	if mark == z.seen || mark == "" {
		return z.here, false
	}
	z.seen = mark
	if first {
		return z.here, false
	}
	read, err := z.read()
	if err != nil {
		z.log.Warn("read the time zone", "err", err)
		return z.here, false // until it is set anew
	}
	z.log.Info("the time zone is another one", "offset", now.In(read).Format("-07:00"))
	z.here = read
	return z.here, true
}
