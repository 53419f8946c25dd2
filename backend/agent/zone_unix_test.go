//go:build unix

package agent

import (
	"encoding/binary"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// zoneFile is a time zone file, of the form of RFC 8536, of a place that is so
// far ahead of UTC all year.
func zoneFile(ahead time.Duration) []byte {
	const types, letters = 1, 4
	data := append([]byte("TZif"), make([]byte, 16)...)
	for _, count := range []uint32{0, 0, 0, 0, types, letters} {
		data = binary.BigEndian.AppendUint32(data, count)
	}
	data = binary.BigEndian.AppendUint32(data, uint32(int32(ahead/time.Second)))
	return append(data, 0, 0, 'T', 'S', 'T', 0)
}

// TestTheTimeZoneIsFollowed is security.md CK04: an admin who travels is not
// woken at the hours of the place that they left.
func TestTheTimeZoneIsFollowed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	put := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(folder, "localtime")
	// travel does what the system's settings do: another link in its place.
	travel := func(to string) {
		t.Helper()
		if err := os.Symlink(to, file+".new"); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(file+".new", file); err != nil {
			t.Fatal(err)
		}
	}
	put("saopaulo", zoneFile(-3*time.Hour))
	put("madrid", zoneFile(time.Hour))
	put("damaged", []byte("TZif no more"))
	travel("saopaulo")

	synctest.Test(t, func(t *testing.T) {
		moves := 0
		z := zoneOf(file, slog.New(slog.DiscardHandler), func() { moves++ })
		want := func(what string, ahead time.Duration, moved int) {
			t.Helper()
			time.Sleep(zoneEvery)
			now := z.now()
			if _, got := now.Zone(); got != int(ahead/time.Second) || !now.Equal(time.Now()) || moves != moved {
				t.Errorf("%s it is %s, told of %d moves, want %s and %d", what, now, moves, ahead, moved)
			}
		}
		_, own := time.Now().Zone()
		start := time.Duration(own) * time.Second
		want("at the start", start, 0)
		want("while nothing changes", start, 0)
		travel("madrid")
		want("after the journey", time.Hour, 1)
		want("a day later", time.Hour, 1)
		travel("damaged")
		want("with a damaged file", time.Hour, 1)
		travel("nowhere")
		want("with no file", time.Hour, 1)
		travel("saopaulo")
		want("back home", -3*time.Hour, 2)
		z.now()
		travel("madrid")
		if _, got := z.now().Zone(); got != -3*3600 {
			t.Error("the file is looked at all the time")
		}
	})
}

func TestATimeZoneThatIsNamedStays(t *testing.T) {
	t.Setenv("TZ", "UTC")
	z := newZone(slog.New(slog.DiscardHandler), func() { t.Error("it moved") })
	z.now()
	z.asked = time.Time{}
	if got := z.now().Location(); got != time.Local {
		t.Errorf("it is %s", got)
	}
}
