-- Files that were brought in: what each line would do, did, and how to take it back.
CREATE TABLE imports (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  about TEXT NOT NULL CHECK (about IN ('users', 'units', 'devices')),
  mode TEXT NOT NULL CHECK (mode IN ('add', 'update', 'replace')),
  unit TEXT NOT NULL, -- below which everything in the file belongs; it may be gone since
  unit_path TEXT NOT NULL, -- of unit, kept in step
  devices_follow BIGINT NOT NULL, -- 1: devices on the unit of a person who moves go along
  state TEXT NOT NULL CHECK (state IN ('reading', 'checking', 'ready', 'applying', 'applied', 'undoing', 'undone', 'failed', 'expired')),
  step TEXT NOT NULL, -- what the background work does now, within its state
  encoding TEXT, -- null until the file was looked at
  encoding_known TEXT, -- said, marked or guessed
  separator TEXT,
  columns TEXT NOT NULL, -- JSON: titles with the fields they were taken for
  said TEXT NOT NULL, -- JSON: encoding and columns as the caller said them
  size BIGINT NOT NULL, -- of the file in bytes
  rows_read BIGINT NOT NULL,
  done BIGINT NOT NULL, -- rows the present step is through with
  cursor TEXT NOT NULL, -- where the present step stands
  counts TEXT NOT NULL, -- JSON: rows by outcome
  failure TEXT, -- JSON: code and facts, when the whole file could not be taken
  preview TEXT, -- JSON: what it would do to devices
  places TEXT, -- JSON: the same apart by where people and devices go
  by_kind TEXT NOT NULL,
  by_id TEXT,
  applied_by TEXT, -- JSON: the actor in whose name it is applied, and undone
  created_at BIGINT NOT NULL,
  applied_at BIGINT,
  undo_until BIGINT,
  change TEXT, -- the planned change that applies it
  PRIMARY KEY (org, id)
);
CREATE INDEX imports_by_age ON imports (org, created_at, id);

-- The bytes of a file until they have been read.
CREATE TABLE import_files (
  org TEXT NOT NULL,
  import TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (org, import),
  FOREIGN KEY (org, import) REFERENCES imports (org, id) ON DELETE CASCADE
);

-- The lines of a file, and after them what it leaves out and would be removed.
CREATE TABLE import_rows (
  org TEXT NOT NULL,
  import TEXT NOT NULL,
  n BIGINT NOT NULL,
  line BIGINT, -- where it stands in the file; null for what the file leaves out
  label TEXT NOT NULL, -- who or what it is about, for people
  outcome TEXT CHECK (outcome IN ('add', 'change', 'same', 'remove', 'error')), -- null until it was checked
  state TEXT NOT NULL CHECK (state IN ('planned', 'applied', 'failed', 'undone', 'kept')), -- kept: changed since, so not undone
  cells TEXT NOT NULL, -- JSON: field to text
  errors TEXT NOT NULL, -- JSON: column, code, facts
  notes TEXT NOT NULL, -- JSON: code, facts
  fields TEXT NOT NULL, -- JSON: what changes
  target TEXT, -- id of whom or what it is about, where that exists
  shift TEXT, -- JSON: what it moves, for the effects on devices
  before TEXT, -- JSON: everything needed to take it back; written in the transaction of the change
  after TEXT, -- JSON: what it left, to see whether someone changed it since
  PRIMARY KEY (org, import, n),
  FOREIGN KEY (org, import) REFERENCES imports (org, id) ON DELETE CASCADE
);
CREATE INDEX import_rows_by_outcome ON import_rows (org, import, outcome, n);
CREATE INDEX import_rows_by_target ON import_rows (org, import, target);

-- What the lines of a file are told apart by, to find two that mean the same.
CREATE TABLE import_keys (
  org TEXT NOT NULL,
  import TEXT NOT NULL,
  key TEXT NOT NULL,
  n BIGINT NOT NULL,
  line BIGINT NOT NULL,
  PRIMARY KEY (org, import, key, n),
  FOREIGN KEY (org, import) REFERENCES imports (org, id) ON DELETE CASCADE
);

-- Moves that are planned, reviewed as one, carried out at an instant and can be taken back.
CREATE TABLE changes (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  note TEXT,
  source TEXT NOT NULL CHECK (source IN ('hand', 'file', 'import')),
  import TEXT, -- the import that it applies, for source import
  state TEXT NOT NULL CHECK (state IN ('draft', 'planned', 'running', 'watching', 'done', 'stopped', 'canceled', 'undoing', 'undone')),
  step TEXT NOT NULL, -- what the background work does now: preview, run, undo, watch, or nothing
  run_at BIGINT, -- null: as soon as it is approved
  local_at TEXT, -- the same as it was meant, without its zone
  zone TEXT NOT NULL, -- IANA
  devices_follow BIGINT NOT NULL,
  waves TEXT NOT NULL, -- JSON: shares in percent, minutes of watching, when to stop
  wave BIGINT NOT NULL, -- the one under way
  wave_until BIGINT, -- until when it is watched
  moves BIGINT NOT NULL,
  done BIGINT NOT NULL, -- moves carried out, or taken back while it is undone
  failed BIGINT NOT NULL,
  preview TEXT, -- JSON: what it would do to devices
  places TEXT, -- JSON: the same apart by where people and devices go
  said TEXT NOT NULL, -- JSON: what was said when it was approved
  reach TEXT, -- JSON: how many of the devices it touched have what they should have, as last seen
  stopped TEXT, -- JSON: why it stopped by itself
  by_kind TEXT NOT NULL,
  by_id TEXT,
  approved_by TEXT, -- JSON: the actor in whose name it runs
  approved_at BIGINT,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  undo_until BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX changes_by_age ON changes (org, created_at, id);

-- One person or device that goes elsewhere.
CREATE TABLE change_moves (
  org TEXT NOT NULL,
  change TEXT NOT NULL,
  n BIGINT NOT NULL,
  wave BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('user', 'device')),
  subject TEXT NOT NULL,
  to_unit TEXT, -- null: stays where it is
  to_user TEXT, -- of a device: null stays with whom it is, '' is nobody
  from_unit TEXT NOT NULL, -- where it was when it was planned
  state TEXT NOT NULL CHECK (state IN ('planned', 'applied', 'same', 'failed', 'undone', 'kept')),
  error TEXT, -- JSON: code and facts
  before TEXT, -- JSON, written in the transaction of the move
  after TEXT,
  PRIMARY KEY (org, change, n),
  FOREIGN KEY (org, change) REFERENCES changes (org, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX change_moves_once ON change_moves (org, change, kind, subject);
CREATE INDEX change_moves_by_wave ON change_moves (org, change, wave, n);

-- The devices that a change or an import really touched, to see how far they have come.
CREATE TABLE change_devices (
  org TEXT NOT NULL,
  change TEXT NOT NULL, -- id of the change or the import
  device TEXT NOT NULL,
  wave BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, change, device)
);

-- The units a change touches, so that those who may see all of them see it.
CREATE TABLE change_units (
  org TEXT NOT NULL,
  change TEXT NOT NULL,
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of unit, kept in step
  PRIMARY KEY (org, change, unit),
  FOREIGN KEY (org, change) REFERENCES changes (org, id) ON DELETE CASCADE
);
CREATE INDEX change_units_by_path ON change_units (org, unit_path);
