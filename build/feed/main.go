// Command feed makes the update feed: the small signed file from which the
// programs learn that a newer version is out. docs/releasing.md says when.
//
//	go run ./build/feed key >feed.key                  # once; prints the public half to keep
//	go run ./build/feed sign -version 0.2.0 -page URL <feed.key >feed.json
//	go run ./build/feed check -key PUBLIC <feed.json
//
// The private key is read from standard input and from nowhere else: arguments
// and environment can be seen by other programs.
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/kontent/kontent-connect/backend/update"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, time.Now()); err != nil {
		fmt.Fprintln(os.Stderr, "feed:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("say key, sign or check")

func run(args []string, in io.Reader, out, told io.Writer, now time.Time) error {
	if len(args) == 0 {
		return errUsage
	}
	switch args[0] {
	case "key":
		return makeKey(out, told)
	case "sign":
		return sign(args[1:], in, out, now)
	case "check":
		return check(args[1:], in, out, now)
	}
	return errUsage
}

// makeKey writes a new private key to out, and tells the public one.
func makeKey(out, told io.Writer) error {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, base64.StdEncoding.EncodeToString(private.Seed())); err != nil {
		return err
	}
	_, err = fmt.Fprintln(told, "public key:", base64.StdEncoding.EncodeToString(public))
	return err
}

const (
	// usualDays is how long news are believed: long enough for a summer without
	// a release, short enough that a server cannot hold them back for ever.
	usualDays = 180
	// mostInput bounds what is read.
	mostInput = 64 << 10
)

func sign(args []string, in io.Reader, out io.Writer, now time.Time) error {
	flags := flag.NewFlagSet("sign", flag.ContinueOnError)
	version := flags.String("version", "", "the newest release, such as 0.2.0")
	page := flags.String("page", "", "https address where people get it")
	days := flags.Int("days", usualDays, "for how many days it is to be believed")
	if err := flags.Parse(args); err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(in, mostInput))
	if err != nil {
		return err
	}
	seed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return errors.New("standard input is no key of \"feed key\"")
	}
	issued := now.UTC().Truncate(time.Second)
	file, err := update.Sign(ed25519.NewKeyFromSeed(seed), update.News{
		Version: *version, Page: *page, Issued: issued, Expires: issued.AddDate(0, 0, *days),
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s\n", file)
	return err
}

// check reads a feed as the program does.
func check(args []string, in io.Reader, out io.Writer, now time.Time) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	text := flags.String("key", "", "the public key")
	if err := flags.Parse(args); err != nil {
		return err
	}
	key, err := update.ParseKey(*text)
	if err != nil {
		return err
	}
	file, err := io.ReadAll(io.LimitReader(in, mostInput))
	if err != nil {
		return err
	}
	news, err := update.Open(key, file)
	if err == nil {
		err = news.Current(update.News{}, now)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "version %s, issued %s, believed until %s\n%s\n",
		news.Version, news.Issued.Format(time.DateOnly), news.Expires.Format(time.DateOnly), news.Page)
	return err
}
