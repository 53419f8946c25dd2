package notify

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"github.com/google/uuid"
)

// toastGroup is the group of our toasts. Windows tells toasts apart by tag and
// group together.
const toastGroup = "kontent"

// tagOf names the toast of a message: the next one with the same name takes its
// place, also that of an earlier run of ours. Windows takes 64 characters, but
// only 16 before its build 15063, which no key of ours fits into: 80 bits of its
// hash do.
func tagOf(key string) string {
	const bytes = 10
	sum := sha256.Sum256([]byte(key))
	return base32.StdEncoding.EncodeToString(sum[:bytes])
}

// activatorOf names the COM class that Windows calls when a toast of the program
// with this AppUserModelID is clicked. It is ours alone, and the demonstration's
// is another than the real one's.
func activatorOf(appID string) string {
	kontent := uuid.MustParse("6b0a2f3c-8c53-4c0b-9d3e-5e1d0a7c24f1")
	return "{" + strings.ToUpper(uuid.NewSHA1(kontent, []byte(appID)).String()) + "}"
}
