package monitor_test

import (
	"testing"
	"time"

	"go.uber.org/goleak"
)

// The days of these tests are those of Greenwich, wherever they run.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	goleak.VerifyTestMain(m)
}
