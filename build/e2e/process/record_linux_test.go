package process_test

import (
	"os/exec"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/kontent/kontent-connect/build/e2e/process"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Covers S5, S8.
func TestARecordSeesArgumentsAndEnvironments(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	record := process.StartRecord(folder)
	child := exec.CommandContext(t.Context(), "cat", "-", folder+"/", "Canario7Amarelo7")
	child.Env = []string{"PARDAL=Pardal7doTelhado"}
	input, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	commands, environments := record.Commands(), record.Environments()
	_ = input.Close()
	_ = child.Wait() // fails: the arguments are no files
	if err := record.Close(); err != nil {
		t.Error(err)
	}
	if !strings.Contains(commands, "Canario7Amarelo7") {
		t.Errorf("the argument is not among %q", commands)
	}
	if !strings.Contains(environments, "PARDAL=Pardal7doTelhado") {
		t.Errorf("the variable is not among %q", environments)
	}
	if !strings.Contains(record.Commands(), "Canario7Amarelo7") {
		t.Error("what has ended is forgotten")
	}
}
