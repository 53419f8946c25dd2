package view

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
)

// ReadConfiguration reads a file of configuration. problem.FileForeign for one
// that is something else, problem.FileNewer for one of a later program, and
// problem.FileDamaged, with the line and what is wrong there, for the rest.
// lines finds the line of an entry, to say the same of what only its reader
// can check.
func ReadConfiguration(text string) (c Configuration, lines Lines, err error) {
	body := []byte(strings.TrimPrefix(text, "\ufeff"))
	var head struct {
		Kind    string `json:"kind"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(body, &head); err != nil {
		var wrongType *json.UnmarshalTypeError
		if errors.As(err, &wrongType) {
			return c, nil, problem.New(problem.FileForeign, err)
		}
		return c, nil, damaged(body, offsetOf(err, len(body)), "JSON", err)
	}
	switch {
	case head.Kind != ConfigurationKind:
		return c, nil, problem.New(problem.FileForeign, nil)
	case head.Version != ConfigurationVersion:
		return c, nil, problem.New(problem.FileNewer, nil).With("version", strconv.Itoa(head.Version))
	}
	if lines, err = linesOf(body); err != nil {
		return c, nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		field := fieldOf(err)
		// Of a field that it does not know the decoder tells no place.
		at := bytes.Index(body, []byte(`"`+field+`"`))
		if at < 0 {
			at = int(decoder.InputOffset())
		}
		return Configuration{}, nil, damaged(body, offsetOf(err, at), field, err)
	}
	return c, lines, nil
}

// Lines holds the line on which each entry of a list begins, by the list's
// name.
type Lines map[string][]int

// Damaged is the problem of what is wrong with field of an entry; entry -1 is
// the list itself.
func (l Lines) Damaged(list string, entry int, field string) error {
	line := 1
	if entry >= 0 && entry < len(l[list]) {
		line = l[list][entry]
	}
	return problem.New(problem.FileDamaged, nil).With("line", strconv.Itoa(line)).With("field", list+"."+field)
}

// linesOf notes where the entries of the lists begin. A list that is there
// twice is refused: JSON would quietly mix the two.
func linesOf(body []byte) (Lines, error) {
	lines := Lines{}
	decoder := json.NewDecoder(bytes.NewReader(body))
	if _, err := decoder.Token(); err != nil {
		return nil, damaged(body, 0, "JSON", err)
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, damaged(body, int(decoder.InputOffset()), "JSON", err)
		}
		key := fmt.Sprint(name)
		if _, twice := lines[key]; twice {
			return nil, damaged(body, int(decoder.InputOffset()), key, nil)
		}
		at := int(decoder.InputOffset())
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, damaged(body, int(decoder.InputOffset()), key, err)
		}
		// The value ends where the decoder stands now.
		begin := int(decoder.InputOffset()) - len(value)
		lines[key] = entriesOf(body, value, max(at, begin))
	}
	return lines, nil
}

// entriesOf lists the lines on which the entries of a list begin.
func entriesOf(body []byte, value json.RawMessage, begin int) []int {
	found := []int{}
	decoder := json.NewDecoder(bytes.NewReader(value))
	if open, err := decoder.Token(); err != nil || open != json.Delim('[') {
		return append(found, lineAt(body, begin))
	}
	for decoder.More() {
		var entry json.RawMessage
		if decoder.Decode(&entry) != nil {
			return found
		}
		found = append(found, lineAt(body, begin+int(decoder.InputOffset())-len(entry)))
	}
	return found
}

func damaged(body []byte, offset int, field string, err error) error {
	return problem.New(problem.FileDamaged, err).With("line", strconv.Itoa(lineAt(body, offset))).With("field", field)
}

// lineAt counts lines from 1.
func lineAt(body []byte, offset int) int {
	return 1 + bytes.Count(body[:min(max(offset, 0), len(body))], []byte("\n"))
}

// offsetOf finds where an error of the decoder is; otherwise where nothing
// tells.
func offsetOf(err error, otherwise int) int {
	var syntax *json.SyntaxError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return int(syntax.Offset) - 1
	case errors.As(err, &wrongType):
		return int(wrongType.Offset) - 1
	}
	return otherwise
}

// fieldOf names the field that an error of the decoder is about.
func fieldOf(err error) string {
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return wrongType.Field
	}
	// The package has no type for it.
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return strings.Trim(name, `"`)
	}
	return "JSON"
}
