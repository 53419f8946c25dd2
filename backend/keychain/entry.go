package keychain

import (
	"context"
	"strconv"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
)

// An entry that does not fit into one item is a manifest under the ref and
// parts under "ref.N". Three rules make it safe to stop anywhere (KC13):
//
//   - Put writes the parts first, in rising order, and the manifest last. The
//     manifest is one item and thus all or nothing: until it is there, readers
//     see the former entry or none, never half of one.
//   - A replacement goes into the other of two slots of numbers, so that the
//     former entry stays whole until the manifest points away from it.
//   - Delete removes the manifest first and the parts in falling order. A
//     reader sees no entry rather than a damaged one, so "damaged" always
//     means another hand; and what is left is always numbered without a gap
//     from the start of its slot. go-keyring cannot list (3.1), but a run
//     without gaps can be found by asking for the first, the next, and so on.
const (
	firstSlot  = 1
	secondSlot = 1 + maxParts + 1
)

func partName(ref string, number int) string { return ref + "." + strconv.Itoa(number) }

// putEntry saves payload under ref.
func putEntry(ctx context.Context, t turn, ref, payload string) error {
	former, err := formerManifest(ctx, t, ref)
	if err != nil {
		return err
	}
	next, fits := small(payload)
	if !fits {
		next.inline = ""
		if next, err = putParts(ctx, t, ref, payload, next, former); err != nil {
			return err
		}
	}
	if err := t.set(ctx, ref, next.header()+next.inline); err != nil {
		return err
	}
	if former.parts > 0 {
		// The new entry is safe by now: leftovers of the former one are not
		// worth a failure, Delete finds them.
		_ = removeParts(ctx, t, ref, former.first, former.parts)
	}
	return nil
}

// formerManifest returns what is under ref now, and the zero manifest when
// there is nothing worth keeping.
func formerManifest(ctx context.Context, t turn, ref string) (manifest, error) {
	text, found, err := t.get(ctx, ref)
	if err != nil || !found {
		return manifest{}, err
	}
	former, err := parseManifest(text)
	if err != nil {
		return manifest{}, nil //nolint:nilerr // a damaged entry is replaced like none
	}
	return former, nil
}

func putParts(ctx context.Context, t turn, ref, payload string, next, former manifest) (manifest, error) {
	next.parts = (len(payload) + partSize - 1) / partSize
	if next.parts > maxParts {
		return manifest{}, problem.New(problem.KeychainNotSaved, errTooLarge)
	}
	if former.parts > 0 && former.first == firstSlot {
		next.first = secondSlot
	}
	for i := range next.parts {
		part := payload[i*partSize : min((i+1)*partSize, len(payload))]
		if err := t.set(ctx, partName(ref, next.first+i), part); err != nil {
			return manifest{}, err
		}
	}
	return next, nil
}

// readEntry returns the payload under ref.
func readEntry(ctx context.Context, t turn, ref string) (string, error) {
	text, found, err := t.get(ctx, ref)
	if err != nil {
		return "", err
	}
	if !found {
		return "", problem.New(problem.TokenMissing, nil)
	}
	m, err := parseManifest(text)
	if err != nil {
		return "", err
	}
	var payload strings.Builder
	payload.WriteString(m.inline)
	for i := range m.parts {
		part, found, err := t.get(ctx, partName(ref, m.first+i))
		if err != nil {
			return "", err
		}
		if !found {
			return "", problem.New(problem.KeychainDamaged, errPart)
		}
		payload.WriteString(part)
	}
	return payload.String(), m.verify(payload.String())
}

// deleteEntry removes everything under ref.
func deleteEntry(ctx context.Context, t turn, ref string) error {
	former, err := formerManifest(ctx, t, ref)
	if err != nil {
		return err
	}
	if err := t.remove(ctx, ref); err != nil {
		return err
	}
	for _, slot := range []int{firstSlot, secondSlot} {
		known := 0
		if former.first == slot {
			known = former.parts
		}
		if err := removeParts(ctx, t, ref, slot, known); err != nil {
			return err
		}
	}
	return nil
}

// removeParts removes the known parts of a slot and all that follow without a
// gap, the last one first.
func removeParts(ctx context.Context, t turn, ref string, slot, known int) error {
	last := known
	for last < maxParts {
		_, found, err := t.get(ctx, partName(ref, slot+last))
		if err != nil {
			return err
		}
		if !found {
			break
		}
		last++
	}
	for i := last - 1; i >= 0; i-- {
		if err := t.remove(ctx, partName(ref, slot+i)); err != nil {
			return err
		}
	}
	return nil
}
