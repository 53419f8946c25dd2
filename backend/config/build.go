package config

import "strings"

// Version is what this source tree will be released as. Semantic: the number
// is said here, and everything else, packages too, takes it from here.
const Version = "0.1.0"

// What the linker fills in (Makefile): one word each for version, commit and
// the commit's date, so that the same source makes the same program twice; and
// the address and key of the update feed, or nothing.
var (
	stamp string //nolint:gochecknoglobals // only the linker can write it
	feed  string //nolint:gochecknoglobals // only the linker can write it
)

// Build says which build of the program this is.
type Build struct {
	Version string
	Commit  string // shortened; "" where it was not built for others
	Date    string // of the commit, RFC 3339 in UTC; "" likewise
}

// ThisBuild is the build that runs.
func ThisBuild() Build { return parseStamp(stamp) }

func parseStamp(stamp string) Build {
	words := strings.Fields(stamp)
	if len(words) != 3 {
		return Build{Version: Version}
	}
	return Build{Version: words[0], Commit: words[1], Date: words[2]}
}

// String is for people: "0.1.0 (4f2a9c1, 2026-11-22T10:00:00Z)".
func (b Build) String() string {
	if b.Commit == "" {
		return b.Version
	}
	return b.Version + " (" + b.Commit + ", " + b.Date + ")"
}

// Feed is where news of releases come from, and who must have signed them.
type Feed struct {
	URL string // https; "" for none
	Key string // ed25519 public key in base64
}

// ThisFeed is the feed that this build reads; the zero value where it was
// built without one.
func ThisFeed() Feed { return parseFeed(feed) }

func parseFeed(feed string) Feed {
	url, key, ok := strings.Cut(feed, " ")
	if !ok {
		return Feed{}
	}
	return Feed{URL: url, Key: key}
}
