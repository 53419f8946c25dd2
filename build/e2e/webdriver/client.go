// Package webdriver is a small client of the W3C WebDriver protocol. It drives
// the program's own window through WebKitWebDriver and the browser that a person
// would sign in with through chromedriver, in the same words: what is on a page
// is found by its role and its name, as a person or a screen reader finds it.
package webdriver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// Error is the driver's refusal of one command, with the protocol's error code.
type Error struct {
	Code    string `json:"error"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return e.Code + ": " + e.Message }

// hasCode reports whether the driver refused with one of the protocol's codes.
func hasCode(err error, codes ...string) bool {
	var refusal *Error
	if !errors.As(err, &refusal) {
		return false
	}
	for _, code := range codes {
		if refusal.Code == code {
			return true
		}
	}
	return false
}

// call sends one command and decodes its value into result, unless that is nil.
func call(ctx context.Context, method, url string, command, result any) error {
	var body io.Reader
	if method == http.MethodPost {
		if command == nil {
			command = struct{}{} // the protocol wants an object, even an empty one
		}
		encoded, err := json.Marshal(command)
		if err != nil {
			return err
		}
		body = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	reply, err := http.DefaultClient.Do(request) //nolint:forbidigo // loopback, and the context has a deadline
	if err != nil {
		return err
	}
	defer reply.Body.Close() //nolint:errcheck // only read from
	return decode(reply, result)
}

func decode(reply *http.Response, result any) error {
	var envelope struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.NewDecoder(reply.Body).Decode(&envelope); err != nil {
		return fmt.Errorf("%s: %w", reply.Status, err)
	}
	if reply.StatusCode != http.StatusOK {
		var refusal Error
		if err := json.Unmarshal(envelope.Value, &refusal); err != nil {
			return fmt.Errorf("%s: %w", reply.Status, err)
		}
		return &refusal
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(envelope.Value, result)
}
