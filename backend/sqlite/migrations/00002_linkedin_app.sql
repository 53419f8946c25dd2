-- +goose Up
-- What a LinkedIn app has and may: which product, and how much of it.
ALTER TABLE provider_apps ADD COLUMN product TEXT NOT NULL DEFAULT '';
ALTER TABLE provider_apps ADD COLUMN tier TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE provider_apps DROP COLUMN tier;
ALTER TABLE provider_apps DROP COLUMN product;
