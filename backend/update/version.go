package update

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// A version is semantic, with nothing behind its three numbers: only those are
// released.
type version [3]int

var errVersion = errors.New("not a version such as 1.2.3")

// mostDigits keeps a number from running over.
const mostDigits = 6

func parseVersion(text string) (v version, err error) {
	parts := strings.Split(text, ".")
	if len(parts) != len(v) {
		return v, errVersion
	}
	for i, part := range parts {
		if part == "" || len(part) > mostDigits || strings.Trim(part, "0123456789") != "" || part[0] == '0' && part != "0" {
			return v, errVersion
		}
		v[i], _ = strconv.Atoi(part) // digits, and few
	}
	return v, nil
}

// Newer reports whether version a is newer than b. One that cannot be read is
// newer than none, and none is newer than it: a build of somebody's own is not
// told to update.
func Newer(a, b string) bool {
	first, errA := parseVersion(a)
	second, errB := parseVersion(b)
	return errA == nil && errB == nil && slices.CompareFunc(first[:], second[:], cmp.Compare[int]) > 0
}
