// Package sandbox is a strict local stand-in for Meta and LinkedIn: the pages
// a person sees while signing in and the API behind them, on one loopback
// listener and under the providers' own paths. The demonstration runs against
// it and so do the tests, therefore it refuses whatever the real ones are
// known to refuse and can be told to misbehave (see Action).
//
// It owns its people, their Pages and organizations, what they consented to,
// and a log of what happened. It refuses to know anything about the product:
// it imports nothing of ours, so that it can never agree with our mistakes.
//
// No token, code or secret is ever logged or stored: tokens carry their own
// meaning under a signature (token.go), and only grants go to disk.
//
// Comments such as "(meta.md 3.1)" and "(linkedin.md 1.5)" name the section of
// the provider facts that a behaviour copies.
package sandbox
