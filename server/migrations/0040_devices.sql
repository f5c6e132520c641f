-- A physical thing. It outlives every enrollment. What the list shows, sorts and filters by is kept on the row itself.
CREATE TABLE devices (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of unit, kept in step when units move
  user_id TEXT,
  user_name TEXT, -- display name of the user, kept in step
  user_key TEXT, -- the same, folded
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded, for sorting
  named_by TEXT NOT NULL CHECK (named_by IN ('device', 'admin')), -- a name an admin gave is not replaced by a reported one
  platform TEXT NOT NULL,
  form_factor TEXT NOT NULL,
  model TEXT NOT NULL,
  model_name TEXT NOT NULL,
  model_key TEXT NOT NULL, -- both, folded
  os_version TEXT NOT NULL,
  os_key TEXT NOT NULL, -- the version as text that sorts as versions do; '' when unknown
  serial TEXT NOT NULL, -- '' when unknown, like every text here that lists sort by
  udid TEXT NOT NULL,
  imei TEXT NOT NULL,
  ownership TEXT NOT NULL CHECK (ownership IN ('company', 'personal', 'unknown')),
  supervised BIGINT,
  state TEXT NOT NULL CHECK (state IN ('enrolling', 'active', 'silent', 'lost', 'ended')),
  state_reason TEXT,
  state_at BIGINT NOT NULL,
  asset_tag TEXT NOT NULL,
  enrolled_at BIGINT NOT NULL, -- 0: never
  last_seen_at BIGINT NOT NULL, -- 0: never
  waiting BIGINT NOT NULL, -- commands under way
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
-- Each order of the list carries the columns that filters look at, so that a page is found without visiting rows that do not match.
CREATE INDEX devices_by_seen ON devices (org, last_seen_at, id, platform, state, ownership, os_key, supervised, unit_path);
CREATE INDEX devices_by_name ON devices (org, name_key, id, platform, state, ownership, os_key, supervised, unit_path);
CREATE INDEX devices_by_os ON devices (org, os_key, id, platform, state, ownership, supervised, unit_path);
CREATE INDEX devices_by_enrolled ON devices (org, enrolled_at, id, platform, state, ownership, os_key, supervised, unit_path);
CREATE INDEX devices_by_serial ON devices (org, serial, id, platform, state, ownership, os_key, supervised, unit_path);
CREATE INDEX devices_by_model ON devices (org, model_key, id, platform, state, ownership, os_key, supervised, unit_path);
CREATE INDEX devices_by_unit ON devices (org, unit, platform, form_factor, state);
CREATE INDEX devices_by_state ON devices (org, state, state_at, unit_path);
CREATE INDEX devices_by_user ON devices (org, user_id) WHERE user_id IS NOT NULL;

-- The text a device is looked up by: name, identifiers, user, asset tag, folded. Narrow, because looking for a part of it reads all of them.
CREATE TABLE device_texts (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of the device, kept in step
  text TEXT NOT NULL,
  PRIMARY KEY (org, device),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);

-- Every identifier a device has shown, with when. Those of the past stay, so that an old serial number still finds it.
CREATE TABLE identifiers (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  kind TEXT NOT NULL, -- serial, udid, imei, meid, eid, enrollment-id, wifi-mac, …
  slot BIGINT NOT NULL, -- 0, or the SIM slot
  match_key TEXT NOT NULL, -- the value without spacing and case
  value TEXT NOT NULL,
  current BIGINT NOT NULL, -- 0: the device has since shown another
  first_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (org, device, kind, slot, match_key),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE INDEX identifiers_by_value ON identifiers (org, kind, match_key, current, device);

-- The last value of each thing a device said about itself.
CREATE TABLE facts (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  fact TEXT NOT NULL, -- its key, such as battery.level
  value TEXT NOT NULL, -- JSON
  source TEXT NOT NULL, -- which answer said so
  at BIGINT NOT NULL, -- when it was last said
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, device, fact),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);

-- What a fact was before: one row per change.
CREATE TABLE fact_history (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  fact TEXT NOT NULL,
  at BIGINT NOT NULL,
  value TEXT NOT NULL, -- JSON
  PRIMARY KEY (org, device, fact, at),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE INDEX fact_history_by_age ON fact_history (at);

-- The last whole answer of a device to each kind of question, as it came.
CREATE TABLE reports (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  source TEXT NOT NULL,
  at BIGINT NOT NULL,
  size BIGINT NOT NULL, -- of the JSON before anything was left out
  truncated BIGINT NOT NULL, -- 1: it was too long and its end is missing
  value BYTEA NOT NULL, -- JSON, deflated
  PRIMARY KEY (org, device, source),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);

-- Labels.
CREATE TABLE tags (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  tag TEXT NOT NULL,
  tag_key TEXT NOT NULL, -- folded
  PRIMARY KEY (org, device, tag_key),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE INDEX tags_by_tag ON tags (org, tag_key, device);

-- Accounts of the operating system on a device.
CREATE TABLE accounts (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  device TEXT NOT NULL,
  kind TEXT NOT NULL,
  account_key TEXT NOT NULL, -- what the platform tells it apart by
  short_name TEXT NOT NULL,
  long_name TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX accounts_by_key ON accounts (org, device, account_key);

-- Who had which device, and to which unit it belonged, since when and until when.
CREATE TABLE assignments (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT,
  unit TEXT NOT NULL,
  user_id TEXT,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  PRIMARY KEY (org, device, since),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE INDEX assignments_by_user ON assignments (org, user_id) WHERE user_id IS NOT NULL;

-- What an org decided about its devices.
CREATE TABLE device_rules (
  org TEXT PRIMARY KEY,
  silent_after_days BIGINT NOT NULL CHECK (silent_after_days >= 1)
);
