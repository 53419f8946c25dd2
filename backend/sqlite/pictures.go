package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/sqlite/gen"
)

// PictureStates lists what is known of the pictures of a login's connected
// accounts, those without one too.
func (db *DB) PictureStates(ctx context.Context, id social.GrantID) ([]social.PictureState, error) {
	rows, err := db.queries.PictureStates(ctx, string(id))
	if err != nil {
		return nil, failed("list pictures", err)
	}
	states := make([]social.PictureState, 0, len(rows))
	for _, row := range rows {
		states = append(states, social.PictureState{
			Account: social.AccountID(row.ID), Version: row.Picture, Tries: int(row.Tries), DueAt: moment(row.DueAt),
		})
	}
	return states, nil
}

// Picture returns the copy of an account's picture; problem.NotFound when there
// is none, or the account is not connected.
func (db *DB) Picture(ctx context.Context, id social.AccountID) (social.PictureImage, error) {
	row, err := db.queries.GetPicture(ctx, string(id))
	if errors.Is(err, sql.ErrNoRows) {
		return social.PictureImage{}, problem.New(problem.NotFound, nil)
	}
	return social.PictureImage{Type: row.Type, Version: row.Picture, Bytes: row.Image}, failed("read a picture", err)
}

// PutPicture stores the copy of an account's picture, which may be asked for
// again at due. Of an account that was disconnected meanwhile nothing is kept.
func (db *DB) PutPicture(ctx context.Context, id social.AccountID, p social.PictureImage, due time.Time) error {
	return db.write(ctx, "store a picture", func(q *gen.Queries) error {
		rows, err := q.SetPictureVersion(ctx, gen.SetPictureVersionParams{Picture: p.Version, ID: string(id)})
		if err != nil || rows == 0 {
			return err
		}
		return q.PutPicture(ctx, gen.PutPictureParams{AccountID: string(id), DueAt: unix(due), Type: p.Type, Image: p.Bytes})
	})
}

// NotePicture notes that the picture was asked for: so many times in vain, and
// again at due. The copy stays as it is.
func (db *DB) NotePicture(ctx context.Context, s social.PictureState) error {
	return failed("note a picture", db.queries.PutPictureTry(ctx, gen.PutPictureTryParams{
		Tries: int64(s.Tries), DueAt: unix(s.DueAt), AccountID: string(s.Account),
	}))
}

// DropPicture erases the copy of an account's picture.
func (db *DB) DropPicture(ctx context.Context, id social.AccountID) error {
	return db.write(ctx, "erase a picture", func(q *gen.Queries) error {
		if _, err := q.SetPictureVersion(ctx, gen.SetPictureVersionParams{ID: string(id)}); err != nil {
			return err
		}
		return q.DeletePicture(ctx, string(id))
	})
}
