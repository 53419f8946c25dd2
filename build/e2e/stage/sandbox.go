package stage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"github.com/kontent/kontent-connect/build/e2e/poll"
)

// Networks are the demonstration's networks, as whoever runs them sees them:
// what they were asked, and how to make them misbehave.
type Networks struct{ Origin string }

// StartNetworks starts networks of their own, which outlive every agent, for the
// programs that are started from now on.
func (s *Stage) StartNetworks(ctx context.Context) (Networks, error) {
	log := filepath.Join(s.Desktop.Logs(), "kontent.log")
	running, err := s.Desktop.Launch(ctx, filepath.Join(s.programs, "kontent"), "sandbox", "--json")
	if err != nil {
		return Networks{}, err
	}
	var told struct {
		URL string `json:"url"`
	}
	err = poll.Until(ctx, "the networks", func(context.Context) error {
		if err := running.Running(); err != nil {
			return poll.Final(err)
		}
		said, err := os.ReadFile(log)
		if err != nil {
			return err
		}
		return json.Unmarshal(said, &told)
	})
	for _, base := range []string{"META_WEB", "META_GRAPH", "LINKEDIN_WEB", "LINKEDIN_API"} {
		s.Setenv("KONTENT_"+base+"_URL", told.URL)
	}
	return Networks{told.URL}, err
}

// NetworksOf finds the networks by the address of one of their pages.
func NetworksOf(page string) (Networks, error) {
	u, err := url.Parse(page)
	if err != nil {
		return Networks{}, fmt.Errorf("address of the networks: %w", err)
	}
	return Networks{u.Scheme + "://" + u.Host}, nil
}

// Entry is one request that the networks served, and what came of it.
type Entry struct {
	Path     string   `json:"path"`
	Status   int      `json:"status"`
	Provider string   `json:"provider"`
	Target   string   `json:"target"`
	Events   []string `json:"events"`
}

// Action makes the networks misbehave.
type Action struct {
	Do       string `json:"do"`
	Provider string `json:"provider,omitempty"`
	Person   string `json:"person,omitempty"`
	Target   string `json:"target,omitempty"`
	Count    int    `json:"count,omitempty"`
	Status   int    `json:"status,omitempty"`
	Millis   int    `json:"millis,omitempty"`
}

// Log is everything that the networks were asked.
func (n Networks) Log(ctx context.Context) ([]Entry, error) {
	var answer struct {
		Entries []Entry `json:"entries"`
	}
	return answer.Entries, n.call(ctx, http.MethodGet, "log", nil, &answer)
}

// Count is how often something happened at the networks.
func (n Networks) Count(ctx context.Context, event string) (int, error) {
	entries, err := n.Log(ctx)
	count := 0
	for _, entry := range entries {
		if slices.Contains(entry.Events, event) {
			count++
		}
	}
	return count, err
}

// Act makes the networks do something.
func (n Networks) Act(ctx context.Context, action Action) error {
	return n.call(ctx, http.MethodPost, "act", action, nil)
}

func (n Networks) call(ctx context.Context, method, control string, command, answer any) error {
	body, err := json.Marshal(command)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, method, n.Origin+"/sandbox/"+control, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("X-Sandbox", "1")
	reply, err := http.DefaultClient.Do(request) //nolint:forbidigo // loopback, and the context has a deadline
	if err != nil {
		return fmt.Errorf("control of the networks: %w", err)
	}
	defer reply.Body.Close() //nolint:errcheck // only read from
	if reply.StatusCode != http.StatusOK {
		return fmt.Errorf("control of the networks: %s", reply.Status)
	}
	if answer == nil {
		return nil
	}
	return json.NewDecoder(reply.Body).Decode(answer)
}
