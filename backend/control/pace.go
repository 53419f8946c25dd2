package control

import (
	"context"
	"net"
	"time"

	"golang.org/x/time/rate"
)

// What one connection may ask for. A page that runs wild, or one that somebody
// has got into, must not keep the agent, a network or the desktop busy
// (security.md W5). Nothing that a person does comes near it: the most that a
// window asks for in a second are the pictures of the rows that rush by.
const (
	callsPerSecond = 500
	callsAtOnce    = 1000
	// dearCall is how many calls one is worth that asks a network, opens
	// something on the desktop or tries everything out: ten in a second, twenty
	// at once.
	dearCall = 50
	// connsAtOnce bounds the connections of a face.
	connsAtOnce = 32
)

type paceKey struct{}

// paced gives a connection a pace of its own.
func paced(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, paceKey{}, rate.NewLimiter(callsPerSecond, callsAtOnce))
}

// tooMany reports whether a call of method comes too soon after the others of
// its connection.
func tooMany(ctx context.Context, method string) bool {
	pace, ok := ctx.Value(paceKey{}).(*rate.Limiter)
	return ok && !pace.AllowN(time.Now(), costOf(method))
}

func costOf(method string) int {
	switch method {
	case "connect", "open_browser", "open_page", "check", "test_app", "test_notice", "diagnose":
		return dearCall
	default:
		return 1
	}
}
