package desktop

import (
	"bytes"
	"context"
	"fmt"
	"strings"
)

// Clipboard is what was copied last, by a command or by marking it; empty when
// nothing was.
func (d *Desktop) Clipboard(ctx context.Context) (string, error) {
	var all []string
	for _, selection := range []string{"clipboard", "primary"} {
		read := d.Command(ctx, "xclip", "-selection", selection, "-out")
		var complaints bytes.Buffer
		read.Stderr = &complaints
		text, err := read.Output()
		if err != nil && !strings.Contains(complaints.String(), "target STRING not available") {
			return "", fmt.Errorf("read the %s: %w: %s", selection, err, complaints.Bytes())
		}
		all = append(all, string(text))
	}
	return strings.Join(all, "\n"), nil
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
