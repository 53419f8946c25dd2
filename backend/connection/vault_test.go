package connection_test

import (
	"context"
	"sync"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// vault is a keychain that can be looked into.
type vault struct {
	mu      sync.Mutex
	entries map[social.TokenRef]any
	trouble error
}

func newVault() *vault { return &vault{entries: map[social.TokenRef]any{}} }

func (v *vault) put(ref social.TokenRef, value any) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.trouble == nil {
		v.entries[ref] = value
	}
	return v.trouble
}

func (v *vault) get(ref social.TokenRef) (any, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	value, ok := v.entries[ref]
	switch {
	case v.trouble != nil:
		return nil, v.trouble
	case !ok:
		return nil, problem.New(problem.TokenMissing, nil)
	default:
		return value, nil
	}
}

func (v *vault) PutTokens(_ context.Context, ref social.TokenRef, t social.TokenSet) error {
	return v.put(ref, t)
}
func (v *vault) PutSecret(_ context.Context, ref social.TokenRef, s social.Secret) error {
	return v.put(ref, s)
}

func (v *vault) Tokens(_ context.Context, ref social.TokenRef) (social.TokenSet, error) {
	value, err := v.get(ref)
	tokens, _ := value.(social.TokenSet)
	return tokens, err
}

func (v *vault) Secret(_ context.Context, ref social.TokenRef) (social.Secret, error) {
	value, err := v.get(ref)
	secret, _ := value.(social.Secret)
	return secret, err
}

func (v *vault) Delete(_ context.Context, ref social.TokenRef) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.trouble == nil {
		delete(v.entries, ref)
	}
	return v.trouble
}

func (v *vault) set(trouble error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.trouble = trouble
}

func (v *vault) refs() map[social.TokenRef]bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	refs := map[social.TokenRef]bool{}
	for ref := range v.entries {
		refs[ref] = true
	}
	return refs
}
