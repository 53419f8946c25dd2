package command

import (
	"fmt"
	"io"
	"strings"
)

// maxSecret bounds what is read as a secret.
const maxSecret = 16 << 10

// readSecret reads a secret from standard input, the only way in: arguments
// and environment can be seen by other programs.
func (s *session) readSecret() (string, error) {
	body, err := io.ReadAll(io.LimitReader(s.In, maxSecret+1))
	if err != nil {
		return "", fmt.Errorf("read the secret: %w", err)
	}
	// Half of a secret would be stored and refused later, somewhere else.
	if len(body) > maxSecret {
		return "", usageError(s.say("long_secret"))
	}
	secret := strings.TrimSpace(string(body))
	if secret == "" {
		return "", usageError(s.say("no_secret"))
	}
	return secret, nil
}
