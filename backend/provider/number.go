package provider

import (
	"encoding/json"
	"errors"
	"strconv"
)

// errShape never leaves the package: Decode replaces it.
var errShape = errors.New("unexpected shape")

// ID is an id that a provider writes as a string or as a number. It is kept as
// text, because ids exceed 2^53 (security.md GR11); null is "".
type ID string

// UnmarshalJSON takes a string, a whole number or null.
func (id *ID) UnmarshalJSON(data []byte) error {
	text, err := scalar(data)
	if err != nil {
		return err
	}
	*id = ID(text)
	return nil
}

// Number is a count of seconds or an epoch time that a provider writes as a
// number or as a string. Told is false for null and for a field that is not
// there.
type Number struct {
	N    int64
	Told bool
}

// UnmarshalJSON takes a whole number, a string of digits or null.
func (s *Number) UnmarshalJSON(data []byte) error {
	text, err := scalar(data)
	if err != nil {
		return err
	}
	if text == "" {
		*s = Number{}
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return errShape
	}
	*s = Number{N: n, Told: true}
	return nil
}

// Picture is the address of a picture. Nothing depends on it, so whatever else a
// provider writes there is no picture, and spoils nothing around it.
type Picture string

// UnmarshalJSON takes a string, and anything else for none.
func (p *Picture) UnmarshalJSON(data []byte) error {
	text, err := unquote(data)
	if err != nil || len(text) > mostPicture {
		text = ""
	}
	*p = Picture(text)
	return nil
}

// mostPicture is far above any address of a picture: those are signed, and some
// hundred bytes long.
const mostPicture = 4096

// scalar returns a JSON string's or number's text, and "" for null.
func scalar(data []byte) (string, error) {
	if string(data) == "null" {
		return "", nil
	}
	if len(data) > 0 && data[0] == '"' {
		return unquote(data)
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return "", errShape
	}
	return n.String(), nil
}

// unquote returns a JSON string's text. Most are as they are written, which
// costs a tenth of a decoder.
func unquote(data []byte) (string, error) {
	if n := len(data); n >= 2 && data[0] == '"' && data[n-1] == '"' && plain(data[1:n-1]) {
		return string(data[1 : n-1]), nil
	}
	var text string
	if json.Unmarshal(data, &text) != nil {
		return "", errShape
	}
	return text, nil
}

// plain reports whether a JSON string that is written like this means just that.
func plain(data []byte) bool {
	for _, b := range data {
		if b < ' ' || b > '~' || b == '"' || b == '\\' {
			return false
		}
	}
	return true
}
