package hygiene

import (
	"testing"

	"golang.org/x/sys/unix"
)

// Covers PL10.
func TestNoImageOfTheMemoryIsWritten(t *testing.T) {
	AtStart()
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil {
		t.Fatal(err)
	}
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if limit.Cur != 0 || limit.Max != 0 || dumpable != 0 {
		t.Errorf("limit %+v, dumpable %d", limit, dumpable)
	}
}
