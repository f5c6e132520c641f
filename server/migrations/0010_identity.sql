-- The customers of this server, and the limits of their admins' sessions.
CREATE TABLE orgs (
  org TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'fr', 'sv', 'ja')), -- of people who have not chosen one
  session_idle_ms BIGINT NOT NULL,
  session_max_ms BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

-- The tree of an org. path is '/id/id/' from the top, so a subtree is a prefix.
CREATE TABLE units (
  org TEXT NOT NULL REFERENCES orgs (org),
  id TEXT NOT NULL,
  parent TEXT,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded, unique among sisters
  path TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, parent) REFERENCES units (org, id)
);
CREATE UNIQUE INDEX units_by_path ON units (org, path);
CREATE UNIQUE INDEX units_by_name ON units (org, parent, name_key) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX units_root ON units (org) WHERE parent IS NULL;

-- People who use devices.
CREATE TABLE users (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of unit, kept in step when units move
  display_name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded display name, for sorting
  family_name TEXT,
  given_name TEXT,
  email TEXT,
  email_key TEXT, -- folded
  language TEXT,
  employee_number TEXT,
  search TEXT NOT NULL, -- all of it, folded, for looking up parts
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE INDEX users_by_unit ON users (org, unit_path);
CREATE INDEX users_by_name ON users (org, name_key, id);
CREATE UNIQUE INDEX users_by_email ON users (org, email_key) WHERE email_key IS NOT NULL;

-- People who sign in to the console.
CREATE TABLE admins (
  org TEXT NOT NULL REFERENCES orgs (org),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL, -- folded; unique on the whole server, because a sign-in names no org
  state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
  password TEXT, -- argon2id with its parameters; null until the invitation is accepted
  totp BYTEA, -- sealed secret
  totp_pending BYTEA, -- sealed, until a first code confirms it
  totp_step BIGINT, -- of the newest code accepted: one code opens once
  locale TEXT NOT NULL CHECK (locale IN ('en', 'fr', 'sv', 'ja')),
  theme TEXT NOT NULL CHECK (theme IN ('light', 'dark', 'system')),
  contrast TEXT CHECK (contrast IN ('normal', 'more')), -- null: as the machine says
  last_sign_in_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX admins_by_email ON admins (email_key);

-- Codes that replace a TOTP code once, when the phone is lost.
CREATE TABLE recovery_codes (
  org TEXT NOT NULL,
  admin TEXT NOT NULL,
  hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (org, admin, hash),
  FOREIGN KEY (org, admin) REFERENCES admins (org, id) ON DELETE CASCADE
);

-- A role of an admin on a unit and all below it.
CREATE TABLE grants (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  admin TEXT NOT NULL,
  role TEXT NOT NULL,
  unit TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, admin) REFERENCES admins (org, id) ON DELETE CASCADE,
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE UNIQUE INDEX grants_once ON grants (org, admin, role, unit);
CREATE INDEX grants_by_unit ON grants (org, unit);

-- Signed-in browsers.
CREATE TABLE sessions (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  hash TEXT NOT NULL, -- of the cookie
  admin TEXT NOT NULL,
  address TEXT NOT NULL,
  agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL, -- coalesced to a minute
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, admin) REFERENCES admins (org, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX sessions_by_hash ON sessions (hash);
CREATE INDEX sessions_by_admin ON sessions (org, admin);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- Keys of programs. A key holds one role on one unit and never outlives the admin it descends from.
CREATE TABLE api_keys (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  prefix TEXT NOT NULL, -- its first characters, to recognize it by
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  unit TEXT NOT NULL,
  admin TEXT, -- whose authority it descends from; null when made on the server itself
  created_by_kind TEXT NOT NULL,
  created_by_id TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT, -- coalesced to a minute
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id),
  FOREIGN KEY (org, admin) REFERENCES admins (org, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX api_keys_by_hash ON api_keys (hash);
CREATE INDEX api_keys_by_unit ON api_keys (org, unit);

-- Links that open once: set-up (org '' because there is none yet), sign-in, accepting an invitation.
CREATE TABLE links (
  org TEXT NOT NULL,
  hash TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'sign-in', 'accept')),
  admin TEXT,
  made_by TEXT, -- the admin who made it: it opens no more than they could hand out; null for the server itself
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org, hash)
);
CREATE UNIQUE INDEX links_by_hash ON links (hash);
CREATE INDEX links_by_admin ON links (org, admin);

-- Failed sign-ins, counted by hashed account, address, or a pair of both that has succeeded before. org is '' until the account is known.
CREATE TABLE sign_in_attempts (
  org TEXT NOT NULL,
  subject TEXT NOT NULL,
  failures BIGINT NOT NULL,
  wait_until BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  trusted BIGINT NOT NULL, -- 1: this account has signed in from this address before
  PRIMARY KEY (org, subject)
);
CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (last_at);

-- What one admin chose about one screen.
CREATE TABLE preferences (
  org TEXT NOT NULL,
  admin TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL, -- JSON
  PRIMARY KEY (org, admin, name),
  FOREIGN KEY (org, admin) REFERENCES admins (org, id) ON DELETE CASCADE
);
