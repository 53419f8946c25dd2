package social

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Picture is what a provider says of an account's picture.
type Picture struct {
	// Told is false while nobody said anything, which changes nothing. Told
	// without a Link means that the account has no picture, or none any more.
	Told bool
	// Link leads to the picture at the provider's servers. It is signed and
	// lives for a short time, so it is kept like a secret: in memory only, and
	// in no log.
	Link Secret
}

// NoPicture is the word of a provider that an account has none.
func NoPicture() Picture { return Picture{Told: true} }

// PictureAt is the word of a provider that an account's picture is at link;
// nothing was told by "".
func PictureAt(link string) Picture {
	if link == "" {
		return Picture{}
	}
	return Picture{Told: true, Link: NewSecret(link)}
}

// Ref names the picture to who may not know where it is: another link has
// another. It is "" where there is no link.
func (p Picture) Ref() string {
	if p.Link.Empty() {
		return ""
	}
	sum := sha256.Sum256([]byte(p.Link.Reveal()))
	return hex.EncodeToString(sum[:8])
}

// PictureImage is a small copy of a picture, made here.
type PictureImage struct {
	// Type is image/png or image/jpeg.
	Type string
	// Version names the bytes: another picture has another.
	Version string
	Bytes   []byte
}

// PictureState is what is known of the copy of one account's picture.
type PictureState struct {
	Account AccountID
	// Version is the version of the copy; "" for none.
	Version string
	// Tries counts the failures since the last success.
	Tries int
	// DueAt is when the picture may be asked for again.
	DueAt time.Time
}
