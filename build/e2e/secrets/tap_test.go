package secrets_test

import (
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/build/e2e/secrets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Covers S5.
func TestATapHearsBothSides(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	agent, err := net.Listen("unix", filepath.Join(folder, "agent.sock"))
	if err != nil {
		t.Fatal(err)
	}
	go func() { // an agent that answers in capitals
		for {
			conn, err := agent.Accept()
			if err != nil {
				return
			}
			said := make([]byte, 5)
			_, _ = io.ReadFull(conn, said)
			_, _ = io.WriteString(conn, strings.ToUpper(string(said)))
			_ = conn.Close()
		}
	}()
	tap, err := secrets.Listen(filepath.Join(folder, "faces", "agent.sock"), agent.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		face, err := net.Dial("unix", filepath.Join(folder, "faces", "agent.sock"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(face, "hello"); err != nil {
			t.Fatal(err)
		}
		if answer, err := io.ReadAll(face); err != nil || string(answer) != "HELLO" {
			t.Errorf("answered %q, %v", answer, err)
		}
		_ = face.Close()
	}
	idle, err := net.Dial("unix", filepath.Join(folder, "faces", "agent.sock"))
	if err != nil {
		t.Fatal(err)
	}
	if err := tap.Close(); err != nil {
		t.Error(err)
	}
	_ = idle.Close()
	_ = agent.Close()
	if tap.Asked() != "hellohellohello" || tap.Answered() != "HELLOHELLOHELLO" {
		t.Errorf("heard %q and %q", tap.Asked(), tap.Answered())
	}
}
