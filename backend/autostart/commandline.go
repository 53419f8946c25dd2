package autostart

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
)

// runLimit is the longest command line that the Run key starts, in UTF-16
// units. A longer one would be passed over without a word.
const runLimit = 260

var errTooLong = errors.New("the command line is longer than Windows starts at login")

// runValue is the command line for the Run key of Windows, which takes it apart
// by the rules of its C library: quotes hold blanks together, and backslashes
// count only before a quote. The program's path is always quoted, or a program
// at C:\Program.exe would be started instead of one below C:\Program Files.
func runValue(o Options) string {
	words := []string{`"` + o.Program + `"`} // a path cannot hold a quote there
	for _, argument := range o.Args {
		words = append(words, quoteArgument(argument))
	}
	return strings.Join(words, " ")
}

func checkRunValue(value string) error {
	if length := len(utf16.Encode([]rune(value))); length > runLimit {
		return fmt.Errorf("%w: %d of %d characters", errTooLong, length, runLimit)
	}
	return nil
}

func quoteArgument(argument string) string {
	if argument != "" && !strings.ContainsAny(argument, " \t\"") {
		return argument
	}
	var b strings.Builder
	b.WriteByte('"')
	backslashes := 0
	for _, c := range []byte(argument) {
		switch c {
		case '\\':
			backslashes++
			continue
		case '"':
			b.WriteString(strings.Repeat(`\`, 2*backslashes+1)) // the last one is for the quote
		default:
			b.WriteString(strings.Repeat(`\`, backslashes))
		}
		b.WriteByte(c)
		backslashes = 0
	}
	b.WriteString(strings.Repeat(`\`, 2*backslashes)) // or the closing quote would be one of the text
	b.WriteByte('"')
	return b.String()
}

// approved reads what the task manager of Windows remembers of an entry: 12
// bytes, of which the first is odd when the person switched it off. An entry
// that was never touched has none.
func approved(remembered []byte) bool {
	return len(remembered) == 0 || remembered[0]&1 == 0
}
