package oauth

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"syscall"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// binding is a loopback port that is ours.
type binding struct {
	listeners []net.Listener
	host      string // the exact Host header to expect
	port      int
}

// bind takes the port that app's redirect mode calls for. The port stays open
// from here to the end: looking for a free one and opening it again would
// leave a gap for somebody else (L2).
func bind(ctx context.Context, app social.ProviderApp) (binding, error) {
	if app.Redirect == social.RedirectNative {
		return bindAny(ctx)
	}
	ports := app.Ports
	if len(ports) == 0 {
		ports = social.DefaultPorts()
	}
	for _, port := range ports {
		if port < 1 || port > 65535 {
			return binding{}, problem.New(problem.AppInvalid, fmt.Errorf("bind loopback: %d is not a port", port))
		}
		if listeners, err := bindBoth(ctx, port); err == nil {
			return binding{listeners: listeners, host: hostPort("localhost", port), port: port}, nil
		}
		if ctx.Err() != nil {
			return binding{}, fmt.Errorf("bind loopback: %w", ctx.Err())
		}
	}
	busy := problem.New(problem.PortsBusy, fmt.Errorf("bind loopback: none of %d ports is free", len(ports)))
	return binding{}, busy.With("ports", joined(ports))
}

// bindAny takes a port of the system's choice on the literal 127.0.0.1 (L1).
func bindAny(ctx context.Context) (binding, error) {
	listener, err := listen(ctx, "tcp4", "127.0.0.1", 0)
	if err != nil {
		return binding{}, problem.New(problem.PortsBusy, fmt.Errorf("bind loopback: %w", err))
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return binding{listeners: []net.Listener{listener}, host: hostPort("127.0.0.1", port), port: port}, nil
}

// bindBoth takes port on 127.0.0.1 and on [::1]. A browser may go to either
// for "localhost", so a port whose other half belongs to somebody else is as
// good as taken: the code would go there (L1, CB30).
func bindBoth(ctx context.Context, port int) ([]net.Listener, error) {
	four, err := listen(ctx, "tcp4", "127.0.0.1", port)
	if err != nil {
		return nil, err
	}
	six, err := listen(ctx, "tcp6", "::1", port)
	switch {
	case err == nil:
		return []net.Listener{four, six}, nil
	case !hasIPv6(ctx):
		return []net.Listener{four}, nil
	default:
		_ = four.Close()
		return nil, err
	}
}

// hasIPv6 reports whether [::1] exists on this machine, by taking any port on
// it. Error numbers for "no such address" differ between systems.
func hasIPv6(ctx context.Context) bool {
	probe, err := listen(ctx, "tcp6", "::1", 0)
	if err != nil {
		// Out of descriptors says nothing about addresses.
		return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
	}
	_ = probe.Close()
	return true
}

func listen(ctx context.Context, network, ip string, port int) (net.Listener, error) {
	var config net.ListenConfig
	return config.Listen(ctx, network, hostPort(ip, port))
}

func (b binding) close() {
	for _, listener := range b.listeners {
		_ = listener.Close()
	}
}

func hostPort(host string, port int) string { return net.JoinHostPort(host, strconv.Itoa(port)) }

func joined(ports []int) string {
	texts := make([]string, len(ports))
	for i, port := range ports {
		texts[i] = strconv.Itoa(port)
	}
	return strings.Join(texts, ", ")
}
