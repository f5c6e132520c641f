-- 1: several people use it, so it belongs to none of them.
ALTER TABLE devices ADD COLUMN shared BIGINT NOT NULL DEFAULT 0;

-- 1: an admin gave it. A tag that only rules gave goes when the last of them lets go.
ALTER TABLE tags ADD COLUMN by_hand BIGINT NOT NULL DEFAULT 1;

-- Filters that give a tag to the devices they match, below their unit.
CREATE TABLE tag_rules (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded
  tag TEXT NOT NULL,
  tag_key TEXT NOT NULL, -- folded
  filter TEXT NOT NULL, -- as it was written
  terms TEXT NOT NULL, -- JSON: the same, with units by id, so that renaming one changes nothing
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of unit, kept in step
  looked_after TEXT, -- id of the last device looked at since the rule changed; null when all have been
  looked BIGINT NOT NULL, -- how many that are
  removed BIGINT NOT NULL, -- 1: only still here until every device has lost the tag
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE INDEX tag_rules_by_unit ON tag_rules (org, unit_path);

-- Which rule gave which device which tag.
CREATE TABLE rule_tags (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  rule TEXT NOT NULL,
  tag TEXT NOT NULL,
  tag_key TEXT NOT NULL,
  PRIMARY KEY (org, device, rule),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE INDEX rule_tags_by_rule ON rule_tags (org, rule, device);

-- A mark that is another one after every change of a rule, so that processes know what they have kept.
CREATE TABLE tag_rule_marks (
  org TEXT PRIMARY KEY,
  mark TEXT NOT NULL
);
