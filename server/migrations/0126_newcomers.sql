-- Devices that asked to enroll and wait for an admin, by the key that asks. What they say of themselves nobody has checked.
CREATE TABLE newcomers (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  road TEXT NOT NULL, -- by which they ask
  key_hash TEXT NOT NULL,
  invitation TEXT NOT NULL,
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  mode TEXT NOT NULL, -- how the device would be held
  serial TEXT NOT NULL, -- '' where it says none
  name TEXT NOT NULL,
  os_version TEXT NOT NULL,
  attested TEXT NOT NULL, -- what its chip says of the key: passed, failed, none
  attested_why TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'denied', 'entered')),
  asked_at BIGINT NOT NULL,
  heard_at BIGINT NOT NULL, -- when it last asked
  until_at BIGINT NOT NULL, -- when its invitation ends, and with it the wait
  decided_at BIGINT,
  decided_kind TEXT,
  decided_id TEXT,
  enrollment TEXT, -- what it led to
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX newcomers_key ON newcomers (org, road, key_hash);
CREATE INDEX newcomers_open ON newcomers (org, state, asked_at);
CREATE INDEX newcomers_over ON newcomers (org, until_at);

-- Whether devices that nobody expects wait for an admin.
CREATE TABLE admissions (
  org TEXT NOT NULL,
  wait BIGINT NOT NULL,
  PRIMARY KEY (org)
);

-- What rules against malware look at: by whom an app was signed and installed, its file, and what it was granted.
ALTER TABLE device_apps ADD COLUMN signer TEXT NOT NULL DEFAULT '';
ALTER TABLE device_apps ADD COLUMN hash TEXT NOT NULL DEFAULT '';
ALTER TABLE device_apps ADD COLUMN installer TEXT NOT NULL DEFAULT '';
ALTER TABLE device_apps ADD COLUMN permissions TEXT NOT NULL DEFAULT ''; -- with a blank before and behind each
