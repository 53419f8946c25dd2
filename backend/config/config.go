// Package config finds out where the program keeps its files and which
// addresses the providers have, from flags and the environment.
//
// It reads the environment and nothing else: it creates no folder and opens no
// file. Preferences of the admin live in the database.
package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
)

// name is the folder, the keychain service and the stem of the files.
const name = "kontent-connect"

// Config is what a process of the program needs before it can start.
type Config struct {
	Paths Paths
	// Demo: the providers are the sandbox on this computer.
	Demo  bool
	Bases Bases
	// Feed is where news of newer versions come from; none in the demonstration.
	Feed Feed
	// KeychainService is the service under which secrets are kept.
	KeychainService string
	// KeychainMemory: secrets are kept in this process alone, and end with it.
	KeychainMemory bool
}

// Paths are the places of the program's files.
type Paths struct {
	Data     string // the data folder, 0700
	Database string
	Lock     string
	Socket   string
	Logs     string
	Sandbox  string // what the demonstration's providers remember
}

// Bases are the origins of the providers.
type Bases struct {
	MetaWeb     string
	MetaGraph   string
	LinkedInWeb string
	LinkedInAPI string
}

// Options are what the command line says.
type Options struct {
	DataDir string // --data-dir; empty for $KONTENT_DATA_DIR or the system's place
	Demo    bool
	// KeychainMemory: --keychain memory.
	KeychainMemory bool
}

// Load reads the configuration. It fails when a provider's address in the
// environment is not a loopback http address, because such an address would
// receive tokens.
func Load(o Options, getenv func(string) string) (Config, error) {
	bases, err := loadBases(getenv)
	if err != nil {
		return Config{}, err
	}
	data, err := dataDir(o, getenv)
	if err != nil {
		return Config{}, err
	}
	service, news := name, ThisFeed()
	if o.Demo {
		service, news = service+"-demo", Feed{}
	}
	return Config{
		Paths: pathsIn(data), Demo: o.Demo, Bases: bases, Feed: news, KeychainService: service, KeychainMemory: o.KeychainMemory,
	}, nil
}

func dataDir(o Options, getenv func(string) string) (string, error) {
	dir := o.DataDir
	if dir == "" {
		dir = getenv("KONTENT_DATA_DIR")
	}
	if dir == "" {
		dir = filepath.Join(xdg.DataHome, name)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find the data folder: %w", err)
	}
	// The demonstration stands beside the real data and never in it.
	if o.Demo {
		dir += "-demo"
	}
	return dir, nil
}

func pathsIn(data string) Paths {
	return Paths{
		Data:     data,
		Database: filepath.Join(data, name+".db"),
		Lock:     filepath.Join(data, "lock"),
		Socket:   socketPath(data),
		Logs:     filepath.Join(data, "logs"),
		Sandbox:  filepath.Join(data, "sandbox.json"),
	}
}

// maxSocketPath is what fits into sun_path on every system (104 bytes on
// macOS, one of them for the final NUL).
const maxSocketPath = 100

// socketPath is in the data folder, or where that path is too long for a Unix
// socket, in the user's runtime folder under a name derived from it.
func socketPath(data string) string {
	path := filepath.Join(data, "agent.sock")
	if len(path) <= maxSocketPath {
		return path
	}
	sum := sha256.Sum256([]byte(data))
	short := name + "-" + hex.EncodeToString(sum[:8])
	for _, folder := range []string{xdg.RuntimeDir, os.TempDir()} {
		path = filepath.Join(folder, short, "agent.sock")
		if info, err := os.Stat(folder); err == nil && info.IsDir() && len(path) <= maxSocketPath {
			return path
		}
	}
	// Both are too long as well. Where there is no such folder, opening the
	// socket fails and says so.
	return filepath.Join("/tmp", short, "agent.sock")
}

// AddressError: a provider's address in the environment is not on this
// computer, and would receive tokens.
type AddressError struct{ Variable string }

// Error says what the variable must be.
func (e *AddressError) Error() string {
	return e.Variable + " must be an http address on this computer, such as http://127.0.0.1:8080"
}

func loadBases(getenv func(string) string) (Bases, error) {
	var b Bases
	for _, base := range []struct {
		variable, standard string
		target             *string
	}{
		{"KONTENT_META_WEB_URL", "https://www.facebook.com", &b.MetaWeb},
		{"KONTENT_META_GRAPH_URL", "https://graph.facebook.com", &b.MetaGraph},
		{"KONTENT_LINKEDIN_WEB_URL", "https://www.linkedin.com", &b.LinkedInWeb},
		{"KONTENT_LINKEDIN_API_URL", "https://api.linkedin.com", &b.LinkedInAPI},
	} {
		*base.target = base.standard
		value := getenv(base.variable)
		if value == "" {
			continue
		}
		if !IsLoopback(value) {
			return Bases{}, &AddressError{Variable: base.variable}
		}
		*base.target = strings.TrimSuffix(value, "/")
	}
	return b, nil
}

// IsLoopback reports whether address is a plain http URL of this computer:
// 127.0.0.0/8, [::1] or localhost, without user, query or fragment.
func IsLoopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" || u.User != nil || strings.ContainsAny(address, "?#") {
		return false
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// Sandboxed returns the bases with every provider at the one address of a
// sandbox.
func Sandboxed(address string) Bases {
	return Bases{MetaWeb: address, MetaGraph: address, LinkedInWeb: address, LinkedInAPI: address}
}
