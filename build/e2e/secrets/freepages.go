package secrets

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Where a SQLite file says how it is laid out (its file format, 1.3 and 1.5).
const (
	headerSize     = 100
	pageSizeAt     = 16
	firstTrunkAt   = 32
	trunkLeaves    = 8 // where the numbers of a trunk's leaves begin
	bytesOfANumber = 4
)

// FreePages returns what lies in the pages of a SQLite file that hold nothing
// any more: where a deleted secret would go on lying.
func FreePages(file []byte) ([]byte, error) {
	if len(file) < headerSize {
		return nil, errors.New("not a SQLite file")
	}
	size := int(binary.BigEndian.Uint16(file[pageSizeAt:]))
	if size == 1 {
		size = 1 << 16
	}
	page := func(number uint32) ([]byte, error) {
		end := int(number) * size
		if number == 0 || end > len(file) {
			return nil, fmt.Errorf("there is no page %d", number)
		}
		return file[end-size : end], nil
	}
	var free []byte
	seen := map[uint32]bool{}
	for next := binary.BigEndian.Uint32(file[firstTrunkAt:]); next != 0 && !seen[next]; {
		seen[next] = true
		trunk, err := page(next)
		if err != nil {
			return nil, err
		}
		free = append(free, trunk...)
		for leaf := range binary.BigEndian.Uint32(trunk[bytesOfANumber:]) {
			content, err := page(binary.BigEndian.Uint32(trunk[trunkLeaves+leaf*bytesOfANumber:]))
			if err != nil {
				return nil, err
			}
			free = append(free, content...)
		}
		next = binary.BigEndian.Uint32(trunk)
	}
	return free, nil
}
