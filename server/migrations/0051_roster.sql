-- Accounts at vendors that promise devices, hold licenses or act in the vendor's portal. One worker at a time speaks for one: its turn has a fence.
CREATE TABLE programs (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  platform TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('devices', 'content', 'portal')),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded
  state TEXT NOT NULL CHECK (state IN ('new', 'good', 'terms', 'refused', 'expired', 'throttled', 'silent', 'elsewhere')),
  state_at BIGINT NOT NULL, -- since when
  problem TEXT, -- JSON: a code, and the vendor's own words
  failures BIGINT NOT NULL, -- tries in a row that went wrong
  told BIGINT NOT NULL, -- 1: its trouble is in the log, and nothing of its end yet
  account TEXT, -- at the vendor, that made it
  org_name TEXT, -- as the vendor calls the org
  server_id TEXT, -- as the vendor knows this server
  mark TEXT NOT NULL UNIQUE, -- hash of whom the credential speaks for, in any org: two programs never speak with one voice
  secret BYTEA NOT NULL, -- sealed
  expires_at BIGINT,
  synced_at BIGINT, -- last in step with the vendor
  facts TEXT NOT NULL, -- JSON: what the platform remembers and shows of it
  setup TEXT, -- how devices it promises are received unless said otherwise
  unit TEXT NOT NULL, -- where they go
  unit_path TEXT NOT NULL, -- of unit, kept in step
  worker TEXT, -- who speaks for it now
  worker_until BIGINT,
  fence BIGINT NOT NULL, -- grows with every turn
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE INDEX programs_by_unit ON programs (org, unit_path);

-- How promised devices are received: what their system shows, whether they wait, what they must have. Each has a standing invitation of its own.
CREATE TABLE setups (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  platform TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of unit, kept in step
  invitation TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE, -- recognizes the address that devices come to
  secret BYTEA NOT NULL, -- sealed: the vendor is told the address
  body TEXT NOT NULL, -- JSON: every choice
  version BIGINT NOT NULL, -- grows with every change
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE UNIQUE INDEX setups_by_name ON setups (org, name_key);
CREATE INDEX setups_by_unit ON setups (org, unit_path);

-- Devices that a program promises, by serial: what is wanted for each, and what the vendor last said of it.
CREATE TABLE roster_entries (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  program TEXT NOT NULL,
  serial TEXT NOT NULL,
  model TEXT,
  family TEXT,
  color TEXT,
  asset_tag TEXT,
  words TEXT NOT NULL, -- searchable
  state TEXT NOT NULL CHECK (state IN ('promised', 'enrolled', 'gone')),
  device TEXT, -- that enrolled
  setup TEXT, -- wanted
  chosen BIGINT NOT NULL, -- 1: a person chose the setup, so that another default of the program leaves it
  assigned TEXT NOT NULL CHECK (assigned IN ('none', 'wanted', 'assigned', 'delivered', 'removed', 'failed')),
  held TEXT, -- the vendor's name of what it says it has for it
  asked TEXT, -- the vendor's name of what it took from us last
  asked_at BIGINT,
  contests BIGINT NOT NULL, -- how often somebody else put something in its place
  tries BIGINT NOT NULL, -- assignments in a row that went wrong
  next_at BIGINT, -- when it is tried again; NULL: only when a person asks
  problem TEXT, -- JSON: a code, and the vendor's own words
  unit TEXT NOT NULL, -- where it goes
  unit_path TEXT NOT NULL, -- of unit, kept in step
  user_id TEXT, -- who gets it
  migration_deadline BIGINT,
  vendor_at BIGINT, -- when the vendor says that it became so
  round BIGINT NOT NULL, -- the full reading that last saw it
  seen_at BIGINT NOT NULL, -- the vendor last spoke of it
  added_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE UNIQUE INDEX roster_entries_by_program ON roster_entries (org, program, serial);
CREATE INDEX roster_entries_by_serial ON roster_entries (org, serial);
CREATE INDEX roster_entries_by_unit ON roster_entries (org, unit_path);
CREATE INDEX roster_entries_by_setup ON roster_entries (org, setup) WHERE setup IS NOT NULL;
CREATE INDEX roster_entries_due ON roster_entries (org, program, next_at) WHERE assigned IN ('wanted', 'failed');
CREATE INDEX roster_entries_by_user ON roster_entries (org, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX roster_entries_by_device ON roster_entries (org, device) WHERE device IS NOT NULL;
