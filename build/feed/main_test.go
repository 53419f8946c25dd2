package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
)

func TestAFeedFromItsKeyToItsReader(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	var key, told, feed, read bytes.Buffer
	if err := run([]string{"key"}, nil, &key, &told, now); err != nil {
		t.Fatal(err)
	}
	public := strings.TrimSpace(strings.TrimPrefix(told.String(), "public key:"))
	args := []string{"sign", "-version", "0.2.0", "-page", "https://kontent.example/0.2.0"}
	if err := run(args, bytes.NewReader(key.Bytes()), &feed, io.Discard, now); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"check", "-key", public}, bytes.NewReader(feed.Bytes()), &read, io.Discard, now); err != nil {
		t.Fatal(err)
	}
	if want := "version 0.2.0, issued 2026-11-25, believed until 2027-05-24\nhttps://kontent.example/0.2.0\n"; read.String() != want {
		t.Errorf("it reads %q, want %q", read.String(), want)
	}
	if bytes.Contains(feed.Bytes(), bytes.TrimSpace(key.Bytes())) || strings.Contains(told.String(), strings.TrimSpace(key.String())) {
		t.Error("the private key is told")
	}
	if err := run([]string{"check", "-key", public}, bytes.NewReader(feed.Bytes()), io.Discard, io.Discard, now.AddDate(1, 0, 0)); err == nil {
		t.Error("a year later it is still believed")
	}
}

func TestTheFeedCommandRefuses(t *testing.T) {
	t.Parallel()
	seed := "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
	for what, tc := range map[string]struct {
		args []string
		in   string
	}{
		"nothing":             {nil, ""},
		"another word":        {[]string{"publish"}, ""},
		"no key":              {[]string{"sign", "-version", "0.2.0", "-page", "https://kontent.example"}, ""},
		"half a key":          {[]string{"sign", "-version", "0.2.0", "-page", "https://kontent.example"}, seed[:20]},
		"a page without TLS":  {[]string{"sign", "-version", "0.2.0", "-page", "http://kontent.example"}, seed},
		"no version":          {[]string{"sign", "-page", "https://kontent.example"}, seed},
		"news that had ended": {[]string{"sign", "-version", "0.2.0", "-page", "https://kontent.example", "-days", "0"}, seed},
	} {
		if err := run(tc.args, strings.NewReader(tc.in), io.Discard, io.Discard, time.Now()); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}
