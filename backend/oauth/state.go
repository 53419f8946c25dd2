package oauth

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"

	"github.com/kontent/kontent-connect/backend/social"
)

// stateBytes is the random part of a state: 256 bits (A3).
const stateBytes = 32

// newState returns an unguessable state as base64url without padding.
func newState() string { return base64.RawURLEncoding.EncodeToString(random()) }

// newRelayState returns a state that also says where the relay page shall pass
// the answer on to. Decoded it is 35 bytes:
//
//	0..31  random
//	32     the provider, 'm' for meta and 'l' for linkedin
//	33,34  the port, high byte first
//
// The page forwards to http://localhost:PORT/callback/PROVIDER and nowhere
// else; the receiver compares the whole text, so a changed port or provider
// only leads to a refusal.
func newRelayState(p social.Provider, port int) string {
	raw := append(random(), p[0])
	raw = binary.BigEndian.AppendUint16(raw, uint16(port)) //nolint:gosec // bind has seen that it is a port
	return base64.RawURLEncoding.EncodeToString(raw)
}

func random() []byte {
	raw := make([]byte, stateBytes, stateBytes+3)
	_, _ = rand.Read(raw) // never fails: crypto/rand ends the program instead
	return raw
}
