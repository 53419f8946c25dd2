// Package problem is the error that a person gets to see: a code for programs
// and, found by that code in the tables of package text, one plain sentence
// and one next step.
//
// It knows none of the project's other packages, and it never carries a
// secret: an error below it is for the log, not for a face.
package problem

import (
	"errors"
	"maps"
)

// Error is a problem with a code.
type Error struct {
	Code Code
	// Args fill the places in the sentence, such as {{.port}}. They are shown
	// to people: no secret, no URL with a query.
	Args map[string]string
	// cause is for the log.
	cause error
}

// New returns a problem with a code and the error that led to it, which may be
// nil.
func New(code Code, cause error) *Error { return &Error{Code: code, cause: cause} }

// With returns a copy of e with an argument added.
func (e *Error) With(name, value string) *Error {
	args := make(map[string]string, len(e.Args)+1)
	maps.Copy(args, e.Args)
	args[name] = value
	return &Error{Code: e.Code, Args: args, cause: e.cause}
}

// Error returns the code and the chain below it, for logs.
func (e *Error) Error() string {
	if e.cause == nil {
		return string(e.Code)
	}
	return string(e.Code) + ": " + e.cause.Error()
}

// Unwrap returns the error that led to the problem.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether target is a problem with the same code, so that
// errors.Is(err, problem.New(problem.NotFound, nil)) works.
func (e *Error) Is(target error) bool {
	var other *Error
	return errors.As(target, &other) && other.Code == e.Code
}

// From returns the problem in err's chain. An error without one becomes
// Internal; nil stays nil.
func From(err error) *Error {
	if err == nil {
		return nil
	}
	var found *Error
	if errors.As(err, &found) {
		return found
	}
	return New(Internal, err)
}

// CodeOf returns the code of err, Internal for an error without one, and ""
// for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	return From(err).Code
}
