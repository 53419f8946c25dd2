package agent

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestGivingBack is not parallel: what runs beside it takes memory.
func TestGivingBack(t *testing.T) {
	before := allocated()
	work := make([]byte, worthIt)
	for i := range work {
		work[i] = 1
	}
	if took := allocated() - before; took < worthIt {
		t.Errorf("%d bytes are said to be taken by %d", took, len(work))
	}
	// What the program has loaded of itself, and what it has taken for its data.
	programBefore, dataBefore := heldOf(t, "RssFile"), heldOf(t, "RssAnon")
	giveBack()
	if programAfter := heldOf(t, "RssFile"); programAfter >= programBefore {
		t.Errorf("of %d kB of the program %d are held still", programBefore, programAfter)
	}
	if dataAfter := heldOf(t, "RssAnon"); dataAfter >= dataBefore {
		t.Errorf("of %d kB of data %d are held still", dataBefore, dataAfter)
	}
}

// heldOf returns a line of what the system says of this process, in kB.
func heldOf(t *testing.T, line string) (kilobytes int) {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), line+":")
	if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
		t.Fatal(err)
	}
	return kilobytes
}
