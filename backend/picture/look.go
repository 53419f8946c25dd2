package picture

import (
	"context"

	"github.com/kontent/kontent-connect/backend/social"
)

// Look brings a picture that is not kept: that of a candidate, which may never
// be an account. A few are brought at a time, within the limits of all others;
// the rest wait for their turn. It ends with ctx, and with Close.
func (k *Keeper) Look(ctx context.Context, link social.Secret) (social.PictureImage, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(k.ctx, cancel)() //nolint:contextcheck // it is the end of the keeper that this waits for
	select {
	case k.looks <- struct{}{}:
		defer func() { <-k.looks }()
	case <-ctx.Done():
		return social.PictureImage{}, ctx.Err()
	}
	return k.get(ctx, link)
}
