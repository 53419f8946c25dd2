package webdriver

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// Requests are the addresses that the browser asked for since the last time,
// with every redirection on the way: what an address bar no longer shows.
func (s *Session) Requests(ctx context.Context) ([]string, error) {
	var entries []struct {
		Message string `json:"message"`
	}
	if err := s.post(ctx, "/se/log", map[string]string{"type": "performance"}, &entries); err != nil {
		return nil, fmt.Errorf("requests of the browser: %w", err)
	}
	var urls []string
	for _, entry := range entries {
		var event struct {
			Message struct {
				Method string `json:"method"`
				Params struct {
					Request struct {
						URL string `json:"url"`
					} `json:"request"`
				} `json:"params"`
			} `json:"message"`
		}
		if err := json.Unmarshal([]byte(entry.Message), &event); err != nil {
			return nil, fmt.Errorf("requests of the browser: %w", err)
		}
		if event.Message.Method == "Network.requestWillBeSent" {
			urls = append(urls, event.Message.Params.Request.URL)
		}
	}
	return slices.Compact(urls), nil
}
