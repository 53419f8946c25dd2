package oauth

import "os"

// rounds is how often to try: so often with every change, and soak times in the
// long run.
func rounds(few, soak int) int {
	if os.Getenv("KONTENT_SOAK") == "1" {
		return soak
	}
	return few
}
