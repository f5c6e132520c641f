-- Devices expected together on a day: who they are for, what they should have, and how the last look before the day turned out.
CREATE TABLE intakes (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  day TEXT NOT NULL, -- 2026-04-01, in its zone
  zone TEXT NOT NULL,
  day_at BIGINT NOT NULL, -- when the day begins there
  unit TEXT NOT NULL, -- lines may name units below it
  unit_path TEXT NOT NULL,
  blueprint TEXT, -- what they should have beside what their unit has anyway
  assignment TEXT, -- the one that was made for it, to the tag
  setup TEXT, -- how they are received
  tag TEXT NOT NULL, -- what its devices bear once they are there
  source TEXT NOT NULL CHECK (source IN ('list', 'roster')),
  filter TEXT NOT NULL, -- of the roster
  gathered TEXT, -- how far the roster was read; NULL: to its end
  state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
  reds BIGINT NOT NULL,
  ambers BIGINT NOT NULL,
  checked_at BIGINT, -- NULL: never
  told TEXT NOT NULL, -- what was last said about its red checks
  note TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  created_at BIGINT NOT NULL,
  opened_at BIGINT,
  closed_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX intakes_by_day ON intakes (org, day_at, id);

-- One line for each device that is expected, in the order they were given; what could not be read is kept with its fault until somebody mends it.
CREATE TABLE intake_lines (
  org TEXT NOT NULL,
  intake TEXT NOT NULL,
  n BIGINT NOT NULL,
  line BIGINT, -- in the file it came from
  raw TEXT NOT NULL, -- as it stood there, where something is wrong with it
  serial TEXT NOT NULL,
  serial_key TEXT NOT NULL, -- '': it cannot be expected
  asset_tag TEXT NOT NULL,
  person TEXT NOT NULL, -- as it was said
  user_id TEXT,
  place TEXT NOT NULL, -- the unit as it was said
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  faults TEXT NOT NULL, -- JSON: [{code, facts}]
  blocked BIGINT NOT NULL, -- 1: one of its faults keeps it from being expected
  live BIGINT NOT NULL, -- 1 until its intake is closed
  readied BIGINT NOT NULL, -- 1: the roster was told
  state TEXT NOT NULL CHECK (state IN ('blocked', 'expected', 'unboxed', 'enrolled', 'configuring', 'ready', 'stuck')),
  cause TEXT, -- code: why it is stuck
  facts TEXT NOT NULL, -- JSON: of the cause
  apps_wanted BIGINT NOT NULL,
  apps_there BIGINT NOT NULL,
  device TEXT,
  enrollment TEXT,
  unboxed_at BIGINT,
  enrolled_at BIGINT,
  heard_at BIGINT,
  ready_at BIGINT,
  since BIGINT NOT NULL, -- in this state
  look_at BIGINT, -- when it is looked at by itself; NULL: only when something happens
  PRIMARY KEY (org, intake, n),
  FOREIGN KEY (org, intake) REFERENCES intakes (org, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX intake_lines_live ON intake_lines (org, serial_key) WHERE live = 1 AND serial_key <> '';
CREATE INDEX intake_lines_by_state ON intake_lines (org, intake, state, n);
CREATE INDEX intake_lines_of_device ON intake_lines (org, device) WHERE device IS NOT NULL;
CREATE INDEX intake_lines_due ON intake_lines (org, look_at) WHERE look_at IS NOT NULL;
CREATE INDEX intake_lines_unread ON intake_lines (org, intake, readied, n) WHERE readied = 0;

-- How many lines of an intake are in each state, kept with every step a line takes.
CREATE TABLE intake_counts (
  org TEXT NOT NULL,
  intake TEXT NOT NULL,
  state TEXT NOT NULL,
  lines BIGINT NOT NULL,
  PRIMARY KEY (org, intake, state),
  FOREIGN KEY (org, intake) REFERENCES intakes (org, id) ON DELETE CASCADE
);

-- How each check before the day turned out last.
CREATE TABLE intake_checks (
  org TEXT NOT NULL,
  intake TEXT NOT NULL,
  code TEXT NOT NULL,
  subject TEXT NOT NULL, -- the app, the certificate; '' where there is one such check
  place BIGINT NOT NULL, -- their order
  state TEXT NOT NULL CHECK (state IN ('red', 'amber', 'green')),
  facts TEXT NOT NULL, -- JSON
  link TEXT NOT NULL, -- where it is mended; '': nowhere
  since BIGINT NOT NULL,
  PRIMARY KEY (org, intake, code, subject),
  FOREIGN KEY (org, intake) REFERENCES intakes (org, id) ON DELETE CASCADE
);
