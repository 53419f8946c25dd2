package desktop

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"
)

// handOver is what a program gets to hand out what was copied in it. One that
// ends just then never does, and whoever asks would wait for ever.
const handOver = 5 * time.Second

// Clipboard is what was copied last, by a command or by marking it; empty when
// nothing was, or nobody hands it out any more.
func (d *Desktop) Clipboard(ctx context.Context) (string, error) {
	var all []string
	for _, selection := range []string{"clipboard", "primary"} {
		text, err := d.selection(ctx, selection)
		if err != nil {
			return "", fmt.Errorf("read the %s: %w", selection, err)
		}
		all = append(all, text)
	}
	return strings.Join(all, "\n"), nil
}

func (d *Desktop) selection(ctx context.Context, name string) (string, error) {
	patience, cancel := context.WithTimeout(ctx, handOver)
	defer cancel()
	read := d.Command(patience, "xclip", "-selection", name, "-out")
	var complaints bytes.Buffer
	read.Stderr = &complaints
	text, err := read.Output()
	switch {
	case err == nil:
		return string(text), nil
	case strings.Contains(complaints.String(), "target STRING not available"), patience.Err() != nil && ctx.Err() == nil:
		return "", nil
	default:
		return "", fmt.Errorf("%w: %s", err, complaints.Bytes())
	}
}

// Copy puts a text on the clipboard. Who did it stays there, to hand it out.
func (d *Desktop) Copy(ctx context.Context, text string) error {
	write := d.Command(context.WithoutCancel(ctx), "xclip", "-selection", "clipboard", "-in")
	write.Stdin = strings.NewReader(text)
	if err := write.Run(); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	return nil
}
