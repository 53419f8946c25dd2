package webdriver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/kontent/kontent-connect/build/e2e/desktop"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/process"
)

// startTimeout is for a driver and for what it starts, on a busy machine.
const startTimeout = 30 * time.Second

// Window opens a program's own window and drives it. The program must be one
// that lets itself be driven; package shim makes it so.
func Window(ctx context.Context, on *desktop.Desktop, program string) (*Session, error) {
	return start(ctx, on, "WebKitWebDriver", map[string]any{
		"webkitgtk:browserOptions": map[string]any{"binary": program, "args": []string{}},
	})
}

// Browser drives the desktop's browser, once something has opened it.
func Browser(ctx context.Context, on *desktop.Desktop) (*Session, error) {
	address, err := on.BrowserAddress(ctx)
	if err != nil {
		return nil, err
	}
	return start(ctx, on, "chromedriver", map[string]any{
		"goog:chromeOptions": map[string]any{"debuggerAddress": address},
		"goog:loggingPrefs":  map[string]any{"performance": "ALL"},
	})
}

// start runs a driver for one session. Each session has its own driver: WebKit's
// serves only one at a time.
func start(ctx context.Context, on *desktop.Desktop, driver string, wanted map[string]any) (*Session, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	running, err := on.Launch(ctx, driver, "--port="+strconv.Itoa(port))
	if err != nil {
		return nil, err
	}
	url := "http://127.0.0.1:" + strconv.Itoa(port)
	if err := awaitDriver(ctx, running, url); err != nil {
		running.Stop()
		return nil, fmt.Errorf("start %s: %w", driver, err)
	}
	session, err := newSession(ctx, url, wanted)
	if err != nil {
		running.Stop()
		return nil, fmt.Errorf("session of %s: %w", driver, err)
	}
	session.driver = running
	return session, nil
}

func awaitDriver(ctx context.Context, running *process.Process, url string) error {
	return poll.Until(ctx, "the driver", func(ctx context.Context) error {
		if err := running.Running(); err != nil {
			return poll.Final(err)
		}
		var status struct {
			Ready bool `json:"ready"`
		}
		if err := call(ctx, http.MethodGet, url+"/status", nil, &status); err != nil {
			return err
		}
		if !status.Ready {
			return errors.New("not ready")
		}
		return nil
	})
}

// freePort asks the system for a port. WebKit's driver cannot choose its own.
func freePort(ctx context.Context) (int, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	if !ok {
		return 0, errors.Join(fmt.Errorf("unexpected address %v", listener.Addr()), listener.Close())
	}
	return address.Port, listener.Close()
}
