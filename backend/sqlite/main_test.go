package sqlite_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	hookDriver()
	if os.Getenv(childVariable) != "" {
		os.Exit(m.Run())
	}
	goleak.VerifyTestMain(m)
}

// childVariable is set in a process that a test has started to play a part.
const childVariable = "KONTENT_SQLITE_CHILD"
