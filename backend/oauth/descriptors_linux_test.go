package oauth

import (
	"testing"

	"golang.org/x/sys/unix"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// A process that may open nothing more says that it could not listen, whichever
// way it wanted to, and listens again when it may.
//
// Covers CB29, PL07.
func TestListenWithoutDescriptors(t *testing.T) {
	apps := map[string]social.ProviderApp{
		"any port":   {Redirect: social.RedirectNative},
		"given ones": {Redirect: social.RedirectLocalhost, Ports: freePorts(t, 2)},
	}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	listen := func() map[string]error {
		found := map[string]error{}
		for name, app := range apps {
			r, err := (&Flow{}).Listen(t.Context(), social.LinkedIn, app)
			if err == nil {
				_ = r.Close()
			}
			found[name] = err
		}
		return found
	}
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: 0, Max: limit.Max}); err != nil {
		t.Fatal(err)
	}
	without := listen()
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	for name, err := range without {
		if problem.CodeOf(err) != problem.PortsBusy {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range listen() {
		if err != nil {
			t.Errorf("%s, afterwards: %v", name, err)
		}
	}
}
