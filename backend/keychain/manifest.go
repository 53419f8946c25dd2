package keychain

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
)

const (
	// partSize is the most bytes of one item. Windows ends at 2,560; macOS at
	// about 2,990 for the names and the secret together (security.md 3.1).
	partSize = 2400
	// maxParts is the most parts of one entry.
	maxParts = 999
	// form is the version of the layout.
	form = "kontent1"
)

var (
	errForm      = errors.New("entry has another form")
	errIntegrity = errors.New("entry does not match its checksum")
	errPart      = errors.New("entry lacks a part")
	errTooLarge  = errors.New("entry is too large")
)

// manifest is the item under the ref itself. A small payload is inside it;
// a large one is in items named after the ref and a number.
type manifest struct {
	first  int // number of the first part
	parts  int // 0: the payload follows the header
	length int
	sum    string
	inline string
}

func checksum(payload string) string {
	sum := sha256.Sum256([]byte(payload))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func (m manifest) header() string {
	return fmt.Sprintf("%s %d %d %d %s\n", form, m.first, m.parts, m.length, m.sum)
}

// small returns the manifest with the payload inside, and whether it fits.
func small(payload string) (manifest, bool) {
	m := manifest{first: firstSlot, length: len(payload), sum: checksum(payload), inline: payload}
	return m, len(m.header())+len(payload) <= partSize
}

// parseManifest reads an item. It fails with problem.KeychainDamaged for
// anything that this version would not have written byte for byte (KC11).
func parseManifest(text string) (manifest, error) {
	header, inline, _ := strings.Cut(text, "\n")
	m := manifest{inline: inline}
	var version string
	_, err := fmt.Sscanf(header, "%s %d %d %d %s", &version, &m.first, &m.parts, &m.length, &m.sum)
	switch {
	case err != nil, m.header()+inline != text,
		m.first != firstSlot && m.first != secondSlot,
		m.parts < 0 || m.parts > maxParts,
		m.parts > 0 && inline != "":
		return manifest{}, problem.New(problem.KeychainDamaged, errForm)
	}
	return m, nil
}

// verify fails with problem.KeychainDamaged unless payload is what m was
// written for.
func (m manifest) verify(payload string) error {
	if len(payload) != m.length || checksum(payload) != m.sum {
		return problem.New(problem.KeychainDamaged, errIntegrity)
	}
	return nil
}
