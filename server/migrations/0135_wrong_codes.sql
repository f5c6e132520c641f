-- How often a wrong code was typed for a person by whoever says on a device to be them, for a day from the first: six digits would be guessed in the end.
ALTER TABLE portal_codes ADD COLUMN wrong_since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE portal_codes ADD COLUMN wrong_times BIGINT NOT NULL DEFAULT 0;
