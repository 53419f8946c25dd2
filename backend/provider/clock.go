package provider

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// ServerTime returns what time it is at the provider whose base address is
// given, to the second: every answer has it in its Date header, whatever it
// answers. It tells a computer whose clock is wrong (security.md P4).
func (c *Client) ServerTime(ctx context.Context, base string) (time.Time, error) {
	reply, err := c.Do(ctx, Request{Act: "ask the time", Method: http.MethodHead, URL: base + "/"})
	if err != nil {
		return time.Time{}, err
	}
	at, err := http.ParseTime(reply.Header.Get("Date"))
	if err != nil {
		return time.Time{}, unreadable(fmt.Errorf("ask the time: %w", err))
	}
	return at.UTC(), nil
}
