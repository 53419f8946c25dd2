package process

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Weigh returns the memory of a process, in bytes; what it shares with others is
// counted in part (PSS).
func Weigh(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "Pss:" {
			kib, err := strconv.ParseInt(fields[1], 10, 64)
			return kib << 10, err
		}
	}
	return 0, fmt.Errorf("the system does not say how much memory process %d has", pid)
}

// WeighTree is Weigh for a process and everything that it started, other than
// what is nobody's child any more.
func WeighTree(pid int) (int64, error) {
	total, err := Weigh(pid)
	if err != nil {
		return 0, err
	}
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		return 0, err
	}
	for _, list := range lists {
		text, err := os.ReadFile(list)
		if err != nil {
			return 0, err
		}
		for _, word := range strings.Fields(string(text)) {
			child, err := strconv.Atoi(word)
			if err != nil {
				return 0, err
			}
			weight, err := WeighTree(child)
			if err != nil && !errors.Is(err, fs.ErrNotExist) { // ended meanwhile
				return 0, err
			}
			total += weight
		}
	}
	return total, nil
}
