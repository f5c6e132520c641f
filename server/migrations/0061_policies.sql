-- How often anything that decides about an org's devices was written: whoever keeps its state in memory asks this first.
CREATE TABLE org_revisions (
  org TEXT PRIMARY KEY,
  revision BIGINT NOT NULL
);

-- What people want of devices: intent of one kind. What it says is in its versions.
CREATE TABLE policies (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded, unique among those not archived
  description TEXT NOT NULL,
  unit TEXT NOT NULL, -- whose admins own it; blueprints of this unit and below may hold it
  unit_path TEXT NOT NULL, -- of unit, kept in step when units move
  version BIGINT NOT NULL, -- the newest, which counts where no rollout or trial says otherwise
  search TEXT NOT NULL, -- name, kind and description, folded, for looking up parts
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by_kind TEXT NOT NULL,
  updated_by_id TEXT,
  archived_at BIGINT, -- an archived policy keeps its versions for the log, and does not keep its unit from being removed
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX policies_by_name ON policies (org, name_key) WHERE archived_at IS NULL;
CREATE INDEX policies_by_unit ON policies (org, unit);

-- What a policy said from one version to the next. Never changed once written.
CREATE TABLE policy_versions (
  org TEXT NOT NULL,
  policy TEXT NOT NULL,
  version BIGINT NOT NULL, -- from 1
  value TEXT NOT NULL, -- JSON
  note TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, policy, version),
  FOREIGN KEY (org, policy) REFERENCES policies (org, id) ON DELETE CASCADE
);

-- Passwords, keys and the like that policies name and that are never shown back.
CREATE TABLE policy_secrets (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of unit, kept in step when units move
  version BIGINT NOT NULL, -- grows with every rotation
  sealed BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  rotated_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE INDEX policy_secrets_by_unit ON policy_secrets (org, unit);
