// Package update finds out that a newer version of the program has been
// released, and says so. It never loads the version itself and replaces nothing:
// what is installed belongs to the system's packages.
//
// The feed is one small file, signed by whoever releases. Where it lies and who
// must have signed it are built into the program; a build without them asks
// nobody. What a feed can do to a program is bounded by that: whoever holds the
// server but not the key can say nothing, or repeat what was said last.
package update

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// News is what a feed says.
type News struct {
	// Version is the newest release.
	Version string `json:"version"`
	// Page is where people get it: an https address.
	Page string `json:"page"`
	// Issued is when this was said. Of two, the later counts.
	Issued time.Time `json:"issued"`
	// Expires is when it is not to be believed any more: a server that holds
	// news back is found out by then.
	Expires time.Time `json:"expires"`
}

// envelope is the file: the news as they were signed, byte for byte.
type envelope struct {
	News      []byte `json:"news"`
	Signature []byte `json:"signature"`
}

// purpose is signed with the news, so that a signature made for anything else
// says nothing here.
const purpose = "kontent-connect update feed 1\n"

// Why a feed is not believed.
var (
	ErrSignature = errors.New("the feed is not signed by those who release")
	ErrContent   = errors.New("the feed does not say what a feed says")
	ErrExpired   = errors.New("the feed has expired")
	ErrFuture    = errors.New("the feed was issued in the future")
	ErrOlder     = errors.New("the feed is older than one that was seen before")
)

// Sign writes the file for some news.
func Sign(key ed25519.PrivateKey, n News) ([]byte, error) {
	if err := n.check(); err != nil {
		return nil, err
	}
	news, err := json.Marshal(n)
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(envelope{news, ed25519.Sign(key, append([]byte(purpose), news...))}, "", "  ")
}

// Open reads a file that must have been signed with key. What time it is plays
// no part: see News.Current.
func Open(key ed25519.PublicKey, file []byte) (News, error) {
	var e envelope
	if err := json.Unmarshal(file, &e); err != nil {
		return News{}, ErrContent
	}
	if len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, append([]byte(purpose), e.News...), e.Signature) {
		return News{}, ErrSignature
	}
	var n News
	if err := json.Unmarshal(e.News, &n); err != nil {
		return News{}, ErrContent
	}
	return n, n.check()
}

// ParseKey reads a public key in base64.
func ParseKey(text string) (ed25519.PublicKey, error) {
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, errors.New("the feed's key is not an ed25519 key in base64")
	}
	return key, nil
}

// check holds news to their form. They come from whoever has the key, and are
// shown and opened all the same: an address is an address, a version a version.
func (n News) check() error {
	if _, err := parseVersion(n.Version); err != nil {
		return fmt.Errorf("%w: %w", ErrContent, err)
	}
	page, err := url.Parse(n.Page)
	if err != nil || page.Scheme != "https" || page.Host == "" || page.User != nil || len(n.Page) > longestPage {
		return fmt.Errorf("%w: its page is no https address", ErrContent)
	}
	if n.Issued.IsZero() || !n.Expires.After(n.Issued) {
		return fmt.Errorf("%w: its dates", ErrContent)
	}
	return nil
}

const (
	// longestPage is the longest address that is opened, in bytes.
	longestPage = 500
	// clockSlack is how far this computer's clock may be behind the signer's.
	clockSlack = 24 * time.Hour
)

// Current reports whether the news can be believed at now, by whoever has seen
// seen before. The zero News has seen nothing.
func (n News) Current(seen News, now time.Time) error {
	switch {
	case n.Issued.Before(seen.Issued):
		return ErrOlder
	case !now.Before(n.Expires):
		return ErrExpired
	case n.Issued.After(now.Add(clockSlack)):
		return ErrFuture
	}
	return nil
}
