// Command parts says what the programs consist of: a bill of materials for each
// build, and the licences of everything that is linked.
//
//	go run ./build/parts bill OUT PROGRAM...   writes OUT, in CycloneDX
//	go run ./build/parts licences FOLDER       writes licences.md and notices.txt
//	go run ./build/parts vulnerable [DATABASE] fails on a known vulnerability
//
// The programs are asked themselves, through what the compiler has put into
// them, and the page through the source maps of a build of its own: a list that
// somebody keeps by hand would be of what somebody believes.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
)

var errUsage = errors.New("usage: parts bill OUT PROGRAM... | parts licences FOLDER | parts vulnerable [DATABASE]")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "parts:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	switch {
	case len(args) >= 3 && args[0] == "bill":
		return writeBill(ctx, args[1], args[2:])
	case len(args) == 2 && args[0] == "licences":
		return writeLicences(ctx, args[1])
	case len(args) == 1 && args[0] == "vulnerable":
		return checkVulnerable(ctx, ".", official)
	case len(args) == 2 && args[0] == "vulnerable":
		return checkVulnerable(ctx, ".", args[1])
	default:
		return errUsage
	}
}
