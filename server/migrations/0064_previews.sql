-- What a change would do, computed for whoever asked and kept for a day.
CREATE TABLE previews (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  by_kind TEXT NOT NULL, -- only who asked may look at it
  by_id TEXT,
  asked TEXT NOT NULL, -- hash of what was asked: the save of the same takes the same answer
  revision BIGINT NOT NULL, -- of the org, before the change
  state TEXT NOT NULL CHECK (state IN ('computing', 'done', 'failed')),
  looked BIGINT NOT NULL, -- devices looked at
  of_all BIGINT NOT NULL, -- devices to be looked at, as far as is known
  result BYTEA, -- JSON, deflated; null until it is done
  alive_at BIGINT NOT NULL, -- when its process last said that it goes on: one that is silent was lost with its process
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX previews_by_asked ON previews (org, asked, created_at);
CREATE INDEX previews_by_age ON previews (org, created_at);

-- Which devices are in each group of a preview, a thousand a row.
CREATE TABLE preview_groups (
  org TEXT NOT NULL,
  preview TEXT NOT NULL,
  group_key TEXT NOT NULL,
  part BIGINT NOT NULL,
  ids BYTEA NOT NULL, -- 16 bytes each
  PRIMARY KEY (org, preview, group_key, part),
  FOREIGN KEY (org, preview) REFERENCES previews (org, id) ON DELETE CASCADE
);

-- What an org decided about previews.
CREATE TABLE preview_rules (
  org TEXT PRIMARY KEY,
  confirm_above BIGINT NOT NULL CHECK (confirm_above >= 0) -- devices that may lose something without a typed confirmation
);

-- Assertions about what devices end up with, tried before every save.
CREATE TABLE policy_tests (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded, unique
  unit TEXT NOT NULL, -- whose admins own it; it speaks about devices of this unit and below
  unit_path TEXT NOT NULL, -- of unit, kept in step when units move
  filter TEXT NOT NULL, -- the filter it was written as; '' when it was written as a scope
  scope TEXT NOT NULL, -- JSON, as of assignments
  expect TEXT NOT NULL, -- JSON
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  ran_at BIGINT, -- the last run over all devices it speaks about
  ran_devices BIGINT,
  ran_failing BIGINT,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE UNIQUE INDEX policy_tests_by_name ON policy_tests (org, name_key);
CREATE INDEX policy_tests_by_unit ON policy_tests (org, unit);
