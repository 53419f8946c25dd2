// Package arrows says which room of the project may know which.
//
// The table below is the only place where that is written. The tests beside it
// hold every Go file to it, for all systems at once, and write it into the
// linter's configuration, so that an editor says the same while one types.
// Test files are free: a test may bring rooms together that never meet in the
// program.
package arrows

// Module is the path that our own imports begin with.
const Module = "github.com/kontent/kontent-connect"

// Room is a folder of Go code with what lies below it. What lies below is
// private to the room, unless it is a room of its own.
type Room struct {
	Path  string
	Knows []string // rooms it may import; "x/..." means x and all below
}

// Rooms is the table. A folder of Go code that is in no room is an error.
func Rooms() []Room {
	const (
		social  = "backend/social"
		problem = "backend/problem"
	)
	domain := []string{social, problem}
	network := []string{social, problem, "backend/oauth", "backend/provider"}

	return []Room{
		// The words everybody uses know nobody.
		{social, nil},
		{problem, nil},
		{"backend/config", nil},
		{"backend/hygiene", nil},
		{"backend/logging", []string{social}},
		{"backend/save", nil},
		{"backend/text", domain},
		{"backend/view", domain},

		// Adapters know the domain and never each other.
		{"backend/keychain", domain},
		{"backend/sqlite", domain},
		{"backend/notify", domain},
		{"backend/tray", domain},
		{"backend/autostart", domain},
		{"backend/picture", domain},
		{"backend/update", nil},
		{"backend/oauth", domain},
		{"backend/provider", domain},
		{"backend/provider/meta", network},
		{"backend/provider/linkedin", network},

		// The use cases meet adapters through interfaces of their own.
		{"backend/connection", domain},
		{"backend/monitor", domain},

		// The sandbox plays the providers: what it learnt from our own code
		// about them, it could no longer catch us getting wrong.
		{"backend/sandbox", nil},

		// The faces know the agent's API and the shapes that cross it.
		{"backend/control", []string{"backend/view", problem}},
		{"backend/command", []string{"backend/control", "backend/view", problem, "backend/text", "backend/save"}},
		{"backend/window", []string{"backend/control", "backend/view", problem, "backend/save"}},
		{".", []string{
			"backend/window", "backend/control", "backend/view", problem,
			"backend/config", "backend/text", "backend/logging", "backend/hygiene",
		}},

		// Only the agent knows everyone.
		{"backend/agent", []string{"backend/..."}},
		{"cmd/kontent", []string{
			"backend/agent", "backend/command", "backend/control",
			"backend/config", "backend/sandbox", "backend/logging", "backend/text", "backend/hygiene", problem,
		}},

		// What tests the programs from outside sees them only from outside.
		{"build/arrows", nil},
		{"build/e2e", nil},
		{"build/threats", nil},
		{"build/parts", nil},
		{"build/walk", []string{"build/e2e/..."}},
		{"build/cleanroom", []string{"build/e2e/..."}},

		// What measures fills the programs' database with accounts first.
		{"build/bench", []string{"build/e2e/...", "backend/sqlite", "backend/sqlite/sqlitetest"}},
		// Who signs news of a version writes what the program reads.
		{"build/feed", []string{"backend/update"}},
		// What packs the programs sees them only from outside.
		{"build/release", nil},
		{"build/workflows", nil},

		// What draws the icons knows nothing of what shows them.
		{"build/icons", nil},
	}
}

// Door is a library that one place alone may import: what wraps it there is
// what the rest of the project uses.
type Door struct {
	Library string
	At      []string // files or rooms
}

// Doors lists the libraries with a door.
func Doors() []Door {
	return []Door{
		{"github.com/wailsapp/wails", []string{"main.go", "app.go"}},
		{"github.com/zalando/go-keyring", []string{"backend/keychain"}},
		{"modernc.org/sqlite", []string{"backend/sqlite"}},
		{"fyne.io/systray", []string{"backend/tray"}},
		{"github.com/gen2brain/beeep", []string{"backend/notify"}},
		{"git.sr.ht/~jackmordaunt/go-toast", []string{"backend/notify"}},
		{"github.com/go-ole/go-ole", []string{"backend/notify"}},
	}
}

// Unwrap lists the files and rooms that may take a secret out of its wrapper
// (security.md S1): where it is written to the keychain, where it goes out over
// the network, and its own room, which makes a name of it that tells nothing; and
// on the one way on which an admin's script is given an access.
func Unwrap() []string {
	return []string{
		"backend/social", "backend/keychain", "backend/provider", "backend/picture",
		"backend/agent/scripts.go", "backend/control/scripts.go", "backend/command/token.go", "backend/command/exec.go",
	}
}
