package provider

import (
	"fmt"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// Fault is one meaning of an error reply: the right-hand side of a provider's
// error table.
type Fault struct {
	Cause social.Cause
	// Refused and Explicit are as in social.Trouble.
	Refused  bool
	Explicit bool
	// Code is what a person gets to see.
	Code problem.Code
}

// Trouble returns the fault as an error, with a *problem.Error below it. err
// must hold nothing of an address or a reply.
func (f Fault) Trouble(err error) *social.Trouble {
	return &social.Trouble{Cause: f.Cause, Refused: f.Refused, Explicit: f.Explicit, Err: problem.New(f.Code, err)}
}

// unreadable is for a reply that came and makes no sense, such as the HTML of a
// captive portal with status 200. It says nothing about the access.
func unreadable(err error) *social.Trouble {
	return Fault{Cause: social.CauseProviderTrouble, Code: problem.ProviderReply}.Trouble(err)
}

// Unexpected is for a reply whose JSON is well formed and whose content cannot
// be right. detail must hold nothing of the reply.
func Unexpected(act, detail string) *social.Trouble {
	return unreadable(fmt.Errorf("%s: %s", act, detail))
}
