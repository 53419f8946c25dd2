package provider_test

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/provider"
	"github.com/kontent/kontent-connect/backend/social"
)

func TestUsageRule(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		usage   provider.Usage
		spacing time.Duration
		pause   time.Duration
	}{
		"nothing told":          {provider.Usage{}, 0, 0},
		"below the threshold":   {provider.Usage{Percent: 79.9}, 0, 0},
		"at the threshold":      {provider.Usage{Percent: 80}, 0, 0},
		"half-way":              {provider.Usage{Percent: 88.5}, 1500 * time.Millisecond, 0},
		"near the limit":        {provider.Usage{Percent: 97}, 3 * time.Second, time.Minute},
		"beyond it":             {provider.Usage{Percent: 340}, 3 * time.Second, time.Minute},
		"until it is regained":  {provider.Usage{Percent: 100, Regain: 17 * time.Minute}, 3 * time.Second, 17 * time.Minute},
		"closed at any percent": {provider.Usage{Percent: 12, Regain: 5 * time.Minute}, 0, 5 * time.Minute},
		"a nonsense of years":   {provider.Usage{Percent: 100, Regain: 1 << 60}, 3 * time.Second, 24 * time.Hour},
	} {
		if got := tc.usage.Spacing(); got != tc.spacing {
			t.Errorf("%s: spacing %v, want %v", name, got, tc.spacing)
		}
		if got := tc.usage.Pause(); got != tc.pause {
			t.Errorf("%s: pause %v, want %v", name, got, tc.pause)
		}
	}
}

// teller answers at once, and tells usage in headers of its own.
type teller struct {
	mu                sync.Mutex
	app, part, regain string
	times             []time.Time
}

func (h *teller) RoundTrip(*http.Request) (*http.Response, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.times = append(h.times, time.Now())
	return &http.Response{
		StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader("{}")),
		Header: http.Header{"App": {h.app}, "Part": {h.part}, "Regain": {h.regain}},
	}, nil
}

func (h *teller) tell(app, part, regain string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.app, h.part, h.regain = app, part, regain
}

func readTold(h http.Header) (app, part provider.Usage) {
	number := func(name string) float64 { n, _ := strconv.ParseFloat(h.Get(name), 64); return n }
	return provider.Usage{Percent: number("App"), Regain: time.Duration(number("Regain")) * time.Second}, provider.Usage{Percent: number("Part")}
}

func paced(t *testing.T) (*teller, func(ctx context.Context, app, part string) error) {
	t.Helper()
	h := &teller{}
	client, err := provider.NewClient(provider.Options{Origins: []string{"https://graph.example"}, Transport: h})
	if err != nil {
		t.Fatal(err)
	}
	return h, func(ctx context.Context, app, part string) error {
		_, err := client.Do(ctx, provider.Request{
			Act: "list", Method: http.MethodGet, URL: "https://graph.example/", Budget: provider.Budget{App: app, Part: part, Read: readTold},
		})
		return err
	}
}

func took(f func() error) (time.Duration, error) {
	start := time.Now()
	err := f()
	return time.Since(start), err
}

func TestClientSlowsDownFromEightyPercent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, call := paced(t)
		h.tell("88.5", "", "")
		ctx := t.Context()
		if d, err := took(func() error { return call(ctx, "1", "") }); d != 0 || err != nil {
			t.Errorf("the first took %v, %v", d, err)
		}
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() {
				if err := call(ctx, "1", ""); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		for i := 1; i < len(h.times); i++ {
			if gap := h.times[i].Sub(h.times[i-1]); gap < 1500*time.Millisecond {
				t.Errorf("call %d came after %v", i, gap)
			}
		}
		if d, _ := took(func() error { return call(ctx, "2", "") }); d != 0 {
			t.Errorf("another app waited %v", d)
		}
		time.Sleep(2 * time.Hour)
		if d, _ := took(func() error { return call(ctx, "1", "") }); d != 0 {
			t.Errorf("what was told hours ago still costs %v", d)
		}
	})
}

func TestClientPausesNearTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, call := paced(t)
		h.tell("100", "", "1020")
		ctx := t.Context()
		if err := call(ctx, "1", ""); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		d, err := took(func() error { return call(ctx, "1", "") })
		trouble := asTrouble(t, err)
		if d != 0 || trouble.Cause != social.CauseRateLimited || trouble.Refused || trouble.RetryAfter != 16*time.Minute || problem.CodeOf(err) != problem.RateLimited {
			t.Errorf("took %v, %v, retry after %v", d, err, trouble.RetryAfter)
		}
		if len(h.times) != 1 {
			t.Errorf("%d requests left", len(h.times))
		}
		h.tell("20", "", "")
		time.Sleep(16*time.Minute - 5*time.Second)
		if d, err := took(func() error { return call(ctx, "1", "") }); d != 5*time.Second || err != nil {
			t.Errorf("just before the end: %v, %v", d, err)
		}
		if d, err := took(func() error { return call(ctx, "1", "") }); d != 0 || err != nil {
			t.Errorf("afterwards: %v, %v", d, err)
		}
	})
}

func TestClientNeverWaitsLongerThanItsCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, call := paced(t)
		h.tell("96", "", "")
		if err := call(t.Context(), "1", ""); err != nil {
			t.Fatal(err)
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		d, err := took(func() error { return call(short, "1", "") })
		if trouble := asTrouble(t, err); d != 0 || trouble.Cause != social.CauseRateLimited || trouble.RetryAfter <= time.Second {
			t.Errorf("took %v, %v", d, err)
		}
		called, stop := context.WithCancel(t.Context())
		go func() { time.Sleep(time.Second); stop() }()
		if d, err := took(func() error { return call(called, "1", "") }); d != time.Second || !strings.Contains(err.Error(), "canceled") {
			t.Errorf("called off after %v, %v", d, err)
		}
	})
}

func TestAPagesAllowanceIsItsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, call := paced(t)
		h.tell("", "100", "")
		if err := call(t.Context(), "1", "page"); err != nil {
			t.Fatal(err)
		}
		if err := call(t.Context(), "1", "page"); err == nil {
			t.Error("the page is not left alone")
		}
		h.tell("", "", "")
		for _, part := range []string{"", "other"} {
			if err := call(t.Context(), "1", part); err != nil {
				t.Errorf("%q: %v", part, err)
			}
		}
	})
}
