-- What is asked again and again: a kind of report with its filter, columns and file, and when it is made by itself.
CREATE TABLE saved_reports (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded
  unit TEXT NOT NULL, -- only of devices below it, as far as its owner may see them
  unit_path TEXT NOT NULL, -- of unit, kept in step
  wish TEXT NOT NULL, -- JSON: kind, filter, columns, zone, language, format, encoding
  schedule TEXT, -- JSON: every, on, at, recipients
  next_at BIGINT, -- when it is made next; NULL: not by itself
  owner_kind TEXT NOT NULL,
  owner_id TEXT NOT NULL, -- with whose right it is made
  last_export TEXT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE INDEX saved_reports_due ON saved_reports (org, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX saved_reports_by_unit ON saved_reports (org, unit_path);

-- One file that is or was made: of a report, or an evidence pack. Its bytes are a blob until it expires.
CREATE TABLE exports (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  report TEXT, -- the saved report it is made of
  name TEXT NOT NULL, -- of the file
  wish TEXT NOT NULL, -- JSON: everything it follows from, the instant among it
  recipients TEXT NOT NULL, -- JSON: addresses it is mailed to
  owner_kind TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'canceled', 'expired')),
  done_rows BIGINT NOT NULL,
  total_rows BIGINT, -- NULL: not known beforehand
  blob TEXT, -- SHA-256
  size BIGINT,
  error TEXT, -- a code
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  expires_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX exports_by_owner ON exports (org, owner_id, id);
CREATE INDEX exports_expiring ON exports (org, expires_at) WHERE expires_at IS NOT NULL;
