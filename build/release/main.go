// Command release makes what people install, out of the programs that are built
// already and those that it builds for other systems:
//
//	make packages   this machine's Linux packages
//	make release    everything that this system can make, with checksums
//
// The same source makes the same files twice: what they say of time is the
// commit's, and nothing says where or by whom they were made.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	var r release
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	only := flags.Bool("packages", false, "make this machine's Linux packages and nothing else")
	flags.StringVar(&r.version, "version", "", "version, such as 0.1.0")
	flags.StringVar(&r.ldflags, "ldflags", "", "what the linker stamps into every program")
	flags.StringVar(&r.out, "out", "", "folder for the artefacts; what is in it is removed")
	epoch := flags.Int64("epoch", 0, "the commit's time, in seconds since 1970")
	if err := flags.Parse(args); err != nil {
		return err
	}
	r.at = time.Unix(*epoch, 0).UTC()
	if err := r.check(); err != nil {
		return err
	}
	return r.make(ctx, *only)
}

// release is one version, on its way into files.
type release struct {
	version string
	ldflags string
	at      time.Time
	out     string // the artefacts
	work    string // what they are made of; beside out, removed at the end
}

// versions are semantic and final: an installer has to be able to order them.
var versions = regexp.MustCompile(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$`)

func (r *release) check() error {
	switch {
	case !versions.MatchString(r.version):
		return fmt.Errorf("%q is no version such as 0.1.0", r.version)
	case r.at.Unix() <= 0:
		return errors.New("-epoch is missing: without the commit's time no two builds are the same")
	case r.out == "":
		return errors.New("-out is missing")
	}
	r.out = filepath.Clean(r.out)
	r.work = r.out + ".work"
	return nil
}

// make makes the artefacts. One that cannot be made fails the whole: a release
// with a hole in it would be noticed by whoever falls into it.
func (r *release) make(ctx context.Context, packagesOnly bool) error {
	for _, folder := range []string{r.out, r.work} {
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
		if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // artefacts are for everybody
			return err
		}
	}
	steps := []func(context.Context) error{r.hostPackages}
	if !packagesOnly {
		steps = append(steps, r.armPackages, r.hostArchive, r.windowsInstallers)
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := r.writeSums(); err != nil {
		return err
	}
	return os.RemoveAll(r.work)
}

// host is the architecture of the programs in build/bin.
const host = runtime.GOARCH

// built is the folder that "make build" fills.
const built = "build/bin"

// command runs a program in the module's root, with more in its environment. It
// sees the time of the commit, as makers of artefacts agreed to be told it.
func (r *release) command(ctx context.Context, env []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // our own arguments
	cmd.Env = slices.Concat(os.Environ(), []string{fmt.Sprintf("SOURCE_DATE_EPOCH=%d", r.at.Unix())}, env)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %v: %w\n%s", name, args, err, out)
	}
	return nil
}

// tool runs one of the pinned tools.
func (r *release) tool(ctx context.Context, env []string, name string, args ...string) error {
	module := map[string]string{"nfpm": "tools/nfpm/go.mod", "go-winres": "tools/winres/go.mod"}[name]
	return r.command(ctx, env, "go", append([]string{"tool", "-modfile=" + module, name}, args...)...)
}

// program builds one program for another system, without cgo.
func (r *release) program(ctx context.Context, system, arch, pkg, out string, flags ...string) error {
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-o", out}, flags...)
	return r.command(ctx, []string{"GOOS=" + system, "GOARCH=" + arch, "CGO_ENABLED=0"}, "go", append(args, pkg)...)
}
