// Command kontent-connect is the window of Kontent Connect: Project settings >
// Integrations. All work is done by the agent, which the window starts when
// there is none; closing the window leaves the agent watching.
package main

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	wails2 "github.com/wailsapp/wails/v2/pkg/runtime"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/hygiene"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/text"
	"github.com/kontent/kontent-connect/backend/view"
	"github.com/kontent/kontent-connect/backend/window"
)

//go:embed all:frontend/dist
var assets embed.FS

// policy keeps the page from loading or calling anything but itself.
// frame-ancestors works only as a header (security.md W1).
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; object-src 'none'; frame-ancestors 'none'"

func main() {
	hygiene.AtStart()
	if err := open(os.Args[1:]); err != nil {
		report(err)
		os.Exit(1)
	}
}

// report writes why there is no window, in the user's language where the
// reason has a sentence.
func report(err error) {
	message := err.Error()
	var known *problem.Error
	if texts, textErr := text.New(text.System()...); textErr == nil && errors.As(err, &known) {
		sentence, action := texts.Problem(known)
		message = sentence + "\n" + action
	}
	_, _ = fmt.Fprintln(os.Stderr, message)
}

// open shows the window and returns when it is closed. The bindings generator
// runs it too: before wails.Run nothing of its own may touch a disk or the network.
func open(args []string) error {
	flags := flag.NewFlagSet("kontent-connect", flag.ContinueOnError)
	demo := flags.Bool("demo", false, "open the demonstration, with made-up people and accounts")
	dataDir := flags.String("data-dir", "", "folder of the program's data")
	account := flags.String("account", "", "id of the account to show")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := needDisplay(); err != nil {
		return err
	}
	settings, err := config.Load(config.Options{DataDir: *dataDir, Demo: *demo}, os.Getenv)
	if err != nil {
		return badEnvironment(err)
	}
	environment := os.Environ()
	if err := drawPlainly(); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	ends := make(chan os.Signal, 1)
	signal.Notify(ends, os.Interrupt, syscall.SIGTERM)
	w := window.New(window.Options{
		Client: control.NewClient(settings.Paths.Socket), Start: agentStarter(environment, *demo, *dataDir), Demo: demoStarter(environment, *dataDir),
		Show: *account, Ends: ends, Log: log,
	})
	w.Prepare()
	return wails.Run(windowOptions(w, settings.Paths.Data))
}

// badEnvironment names the variable that is wrong.
func badEnvironment(err error) error {
	var address *config.AddressError
	if errors.As(err, &address) {
		return problem.New(problem.BadEnvironment, err).With("variable", address.Variable)
	}
	return problem.New(problem.DataFolder, err).With("path", "")
}

// drawPlainly keeps this process from loading the graphics card's driver, which
// WebviewGpuPolicyNever makes the web view do without and still look at: to share
// pictures with the card, and to ask which card there is. It takes a tenth of the
// start and 24 MiB. Who has set either variable knows better.
func drawPlainly() error {
	const share, card = "WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_WEB_RENDER_DEVICE_FILE"
	if runtime.GOOS != "linux" || os.Getenv(share) != "" || os.Getenv(card) != "" {
		return nil
	}
	// Any answer ends the question; this one names no card.
	return errors.Join(os.Setenv(share, "1"), os.Setenv(card, os.DevNull))
}

// agentStarter starts an agent over the same data as this window. It gets the
// environment that the window was given: what the web view's is changed for is
// not for the browser that the agent opens.
func agentStarter(environment []string, demo bool, dataDir string) control.Starter {
	var args []string
	if demo {
		args = append(args, "--demo")
	}
	if dataDir != "" {
		args = append(args, "--data-dir", dataDir)
	}
	return func(ctx context.Context) (<-chan error, error) { return control.StartAgent(ctx, environment, args...) }
}

// demoStarter starts this program once more, as the demonstration. Its window
// is one of its own: the demonstration stands beside the real data. It gets the
// environment that this one was given, as the agent does.
func demoStarter(environment []string, dataDir string) func() error {
	return func() error {
		program, err := os.Executable()
		if err != nil {
			return err
		}
		args := []string{"--demo"}
		if dataDir != "" {
			args = append(args, "--data-dir", dataDir)
		}
		window := exec.Command(program, args...) //nolint:gosec,noctx // our own program, which outlives this one
		window.Env, window.Stderr = environment, os.Stderr
		if err := window.Start(); err != nil {
			return err
		}
		// Waited for, or it stays listed as dead for as long as this one runs.
		go func() { _ = window.Wait() }()
		return nil
	}
}

func needDisplay() error {
	if runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" {
		return nil
	}
	return problem.New(problem.NoDisplay, nil)
}

// windowOptions describes the window w over the data folder data. A second one
// over the same data only brings the first forward.
func windowOptions(w *window.Window, data string) *options.App {
	return &options.App{
		Title:  "Kontent Connect",
		Width:  1280,
		Height: 800, MinWidth: 900, MinHeight: 600,
		BackgroundColour: options.NewRGB(246, 247, 249),
		AssetServer: &assetserver.Options{
			Assets:     assets,
			Middleware: func(page http.Handler) http.Handler { return withHeaders(w.Beside(page)) },
		},
		// A file that is dropped on the page would be shown in its place (security.md W3).
		DragAndDrop:        &options.DragAndDrop{DisableWebViewDrop: true},
		Bind:               []any{&App{w}},
		EnumBind:           view.Enums(),
		ErrorFormatter:     formatError,
		LogLevelProduction: logger.ERROR,
		OnStartup:          func(ctx context.Context) { w.Open(wailsWindow{ctx}) },
		OnBeforeClose:      func(context.Context) bool { return w.BeforeClose() },
		OnShutdown:         func(context.Context) { w.Close() },
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId:               "kontent_connect_" + fingerprint(data),
			OnSecondInstanceLaunch: func(second options.SecondInstanceData) { w.Another(accountIn(second.Args)) },
		},
		Linux: &linux.Options{
			ProgramName: "kontent-connect",
			// Left out, this field means "always", which doubles the memory of
			// an idle window and keeps it busy.
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever,
		},
	}
}

// fingerprint turns a path into a word that any system takes as a name.
func fingerprint(path string) string {
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:8])
}

// accountIn finds --account in the arguments of a second instance, which any
// process of this user can make up: the page looks the id up and shows nothing
// for one that it does not know.
func accountIn(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(strings.TrimLeft(arg, "-"), "account="); ok {
			return value
		}
		if strings.TrimLeft(arg, "-") == "account" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

func withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

// wailsWindow is the framework's window.
type wailsWindow struct{ ctx context.Context }

// Emit sends an event to the page.
func (w wailsWindow) Emit(event string, payload any) { wails2.EventsEmit(w.ctx, event, payload) }

// Show brings the window forward.
func (w wailsWindow) Show() {
	wails2.WindowUnminimise(w.ctx)
	wails2.WindowShow(w.ctx)
}

// Close ends the window's process. The framework asks before it closes;
// whoever calls this has been asked.
func (w wailsWindow) Close() { wails2.Quit(w.ctx) }

// AskWhere shows the system's dialog for saving a file.
func (w wailsWindow) AskWhere(name string) (string, error) {
	ending := strings.TrimPrefix(filepath.Ext(name), ".")
	return wails2.SaveFileDialog(w.ctx, wails2.SaveDialogOptions{
		DefaultFilename: name,
		Filters:         []wails2.FileFilter{{DisplayName: strings.ToUpper(ending), Pattern: "*." + ending}},
	})
}
