package connection_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	hookDriver()
	if os.Getenv(lifeVariable) != "" {
		os.Exit(m.Run()) // it ends when it is killed
	}
	goleak.VerifyTestMain(m)
}

// lifeVariable is set in the processes that TestKilledAtAnyMoment kills, to the
// folder of their data.
const lifeVariable = "KONTENT_LIFE"

// soak reports whether the long form was asked for.
func soak() bool { return os.Getenv("KONTENT_SOAK") == "1" }

// often is how often something is done: in the quick form, and in the long one.
func often(quick, long int) int {
	if soak() {
		return long
	}
	return quick
}
