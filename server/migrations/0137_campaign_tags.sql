-- The tag that a campaign gives the devices it reaches in its round, in words that people know.
ALTER TABLE campaigns ADD COLUMN tag TEXT NOT NULL DEFAULT '';
ALTER TABLE campaigns ADD COLUMN tag_key TEXT NOT NULL DEFAULT ''; -- folded
-- Those under way keep the tag that their devices bear.
UPDATE campaigns SET
  tag = 'campaign ' || substr(id, length(id) - 7) || '-' || CAST(round AS TEXT),
  tag_key = 'campaign ' || substr(id, length(id) - 7) || '-' || CAST(round AS TEXT);
