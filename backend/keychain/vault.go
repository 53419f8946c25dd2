package keychain

import (
	"context"
	"crypto/rand"
	"errors"

	"github.com/kontent/kontent-connect/backend/social"
)

// PutTokens saves tokens under ref, read back and compared. An entry that was
// there is replaced as a whole: whatever interrupts the call, ref then holds
// the former set or the new one.
//
// It fails with problem.KeychainNotSaved when the keychain said yes and did
// not keep it, with problem.KeychainAbsent, KeychainLocked or
// KeychainDismissed, and with problem.KeychainTimeout when the outcome is
// unknown. After any error Delete(ref) leaves nothing behind.
func (s *Store) PutTokens(ctx context.Context, ref social.TokenRef, tokens social.TokenSet) error {
	payload, err := encodeTokens(tokens)
	if err != nil {
		return err
	}
	return s.during(ctx, "save keychain entry", ref, func(t turn) error {
		return putEntry(ctx, t, string(ref), payload)
	})
}

// Tokens returns the tokens under ref. It fails with problem.TokenMissing when
// there are none and with problem.KeychainDamaged when another hand changed
// them; what it returns is exactly what was put.
func (s *Store) Tokens(ctx context.Context, ref social.TokenRef) (social.TokenSet, error) {
	payload, err := s.read(ctx, ref)
	if err != nil {
		return social.TokenSet{}, err
	}
	return decodeTokens(payload)
}

// PutSecret saves one secret under ref. Errors are those of PutTokens.
func (s *Store) PutSecret(ctx context.Context, ref social.TokenRef, secret social.Secret) error {
	payload, err := encodeSecret(secret)
	if err != nil {
		return err
	}
	return s.during(ctx, "save keychain entry", ref, func(t turn) error {
		return putEntry(ctx, t, string(ref), payload)
	})
}

// Secret returns the secret under ref. Errors are those of Tokens.
func (s *Store) Secret(ctx context.Context, ref social.TokenRef) (social.Secret, error) {
	payload, err := s.read(ctx, ref)
	if err != nil {
		return social.Secret{}, err
	}
	return decodeSecret(payload)
}

// Delete removes everything under ref, also what an interrupted PutTokens or
// Delete left, and checks that it is gone. It succeeds when there is nothing.
// It fails with problem.KeychainDismissed when the keychain said yes and kept
// it (KC06).
func (s *Store) Delete(ctx context.Context, ref social.TokenRef) error {
	return s.during(ctx, "delete keychain entry", ref, func(t turn) error {
		return deleteEntry(ctx, t, string(ref))
	})
}

// probeName is fixed, so that a probe cut short is overwritten by the next.
const probeName = "probe"

// Probe saves, reads and deletes a dummy entry. It returns nil when the
// keychain works, and the problem otherwise.
func (s *Store) Probe(ctx context.Context) error {
	return s.during(ctx, "probe keychain", probeName, func(t turn) error {
		err := t.set(ctx, probeName, rand.Text())
		if err != nil && ctx.Err() == nil {
			return err
		}
		// Cut short here, or while it was saved, it would leave its entry behind.
		return errors.Join(err, t.remove(context.WithoutCancel(ctx), probeName))
	})
}

func (s *Store) read(ctx context.Context, ref social.TokenRef) (payload string, err error) {
	err = s.during(ctx, "read keychain entry", ref, func(t turn) error {
		payload, err = readEntry(ctx, t, string(ref))
		return err
	})
	return payload, err
}
