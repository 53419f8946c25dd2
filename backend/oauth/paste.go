package oauth

import (
	"errors"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
)

// Paste takes the address that the browser landed on, copied by hand (A8). It
// passes the same checks as a callback and fails with problem.PasteInvalid,
// whose argument "reason" is one of those of RejectedRequests, when it does
// not; the attempt then goes on waiting. When the answer has come already,
// nothing changes and nothing is wrong.
func (r *Receiver) Paste(address string) error {
	if r.life.Err() != nil {
		return problem.New(problem.SignInEnded, nil)
	}
	a, reason := r.parsePasted(address)
	if reason != "" {
		r.rejected.add(reason)
		return problem.New(problem.PasteInvalid, errors.New("check pasted address: "+reason)).With("reason", reason)
	}
	r.claim(a, byHand)
	return nil
}

func (r *Receiver) parsePasted(address string) (answer, string) {
	address = strings.TrimSpace(address)
	address, _, _ = strings.Cut(address, "#") // "#_=_" of Facebook; browsers never send it
	base, query, _ := strings.Cut(address, "?")
	if !r.landedOn(base) {
		return answer{}, badPath
	}
	return parseAnswer(query, r.provider, r.state)
}

// landedOn reports whether base is an address at which this attempt's answer
// can end up: the redirect itself, or the receiver that a relay passes it on
// to. Browsers hide "http://" and some upgrade it to https (CB35), which loses
// the page but not the address.
func (r *Receiver) landedOn(base string) bool {
	local := r.binding.host + r.path
	return base == r.redirectURI || base == local || base == "http://"+local || base == "https://"+local
}
