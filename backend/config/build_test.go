package config

import (
	"encoding/json"
	"os"
	"testing"
)

func TestTheStampOfABuild(t *testing.T) {
	t.Parallel()
	for stamp, want := range map[string]string{
		"":                                   Version,
		"0.2.0 4f2a9c1 2026-11-22T10:00:00Z": "0.2.0 (4f2a9c1, 2026-11-22T10:00:00Z)",
		"0.2.0 4f2a9c1":                      Version, // half a stamp is none
	} {
		if got := parseStamp(stamp).String(); got != want {
			t.Errorf("stamp %q is shown as %q, want %q", stamp, got, want)
		}
	}
}

func TestTheFeedOfABuild(t *testing.T) {
	t.Parallel()
	for feed, want := range map[string]Feed{
		"":                                {},
		"https://example.org/feed.json":   {}, // nobody to have signed it
		"https://example.org/feed.json k": {URL: "https://example.org/feed.json", Key: "k"},
	} {
		if got := parseFeed(feed); got != want {
			t.Errorf("feed %q is %+v, want %+v", feed, got, want)
		}
	}
}

// The framework's own tools read the version from their file.
func TestTheFrameworksFileSaysTheSameVersion(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("../../wails.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Info struct {
			ProductVersion string `json:"productVersion"`
		} `json:"info"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	if file.Info.ProductVersion != Version {
		t.Errorf("wails.json says %q, the program %q", file.Info.ProductVersion, Version)
	}
}
