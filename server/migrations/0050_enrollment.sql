-- Rights to enroll. The secret is shown once, in the link; what is kept only recognizes it.
CREATE TABLE invitations (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE,
  platform TEXT NOT NULL,
  name TEXT,
  unit TEXT NOT NULL,
  user_id TEXT, -- who gets the device
  ownership TEXT NOT NULL CHECK (ownership IN ('company', 'personal', 'unknown')),
  access_rights BIGINT NOT NULL, -- what the person who enrolls is asked to grant, as the platform counts it
  uses BIGINT, -- most enrollments it may begin; NULL: any number until it expires
  used BIGINT NOT NULL CHECK (used >= 0 AND (uses IS NULL OR used <= uses)),
  created_at BIGINT NOT NULL,
  created_by_kind TEXT NOT NULL,
  created_by TEXT,
  opened_at BIGINT, -- when its page was last opened
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (org, id)
);

-- One try to enroll by an invitation, from the download to the first contact: what an admin watches live.
CREATE TABLE arrivals (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  invitation TEXT NOT NULL,
  opened_at BIGINT,
  downloaded_at BIGINT NOT NULL,
  certificate_at BIGINT,
  authenticated_at BIGINT,
  addressed_at BIGINT, -- the first wake address came
  enrollment TEXT,
  refused_at BIGINT,
  refused_code TEXT, -- the problem the device was last refused with
  PRIMARY KEY (org, id)
);
CREATE INDEX arrivals_by_invitation ON arrivals (org, invitation, id);

-- Periods of management of one device: pending until the device can be reached, active, ended. Rows are never removed: they are the history.
CREATE TABLE enrollments (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  device TEXT NOT NULL,
  platform TEXT NOT NULL,
  identity_key TEXT NOT NULL, -- how the platform tells this device from others
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'ended')),
  invitation TEXT,
  arrival TEXT,
  access_rights BIGINT,
  started_at BIGINT NOT NULL,
  activated_at BIGINT,
  heard_at BIGINT, -- the device first called by itself
  ending_at BIGINT, -- since when the device is asked to leave
  ended_at BIGINT,
  end_reason TEXT CHECK (end_reason IN ('left', 'replaced', 'admin')),
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX enrollments_live ON enrollments (org, platform, identity_key) WHERE state <> 'ended';
CREATE INDEX enrollments_by_device ON enrollments (org, device, id);
CREATE INDEX enrollments_by_key ON enrollments (identity_key);
CREATE INDEX enrollments_by_invitation ON enrollments (org, invitation) WHERE state = 'pending';

-- Which certificates may speak for which enrollment. The fingerprint finds its org, because it is the proof.
CREATE TABLE pins (
  fingerprint TEXT PRIMARY KEY, -- SHA-256 of the certificate, hex
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  certificate TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'retired')),
  since BIGINT NOT NULL -- of this state
);
CREATE UNIQUE INDEX pins_active ON pins (org, enrollment) WHERE state = 'active';

-- Accounts of a device that are managed on a channel of their own.
CREATE TABLE enrolled_accounts (
  org TEXT NOT NULL,
  id TEXT NOT NULL, -- of the device's account
  enrollment TEXT NOT NULL,
  account_key TEXT NOT NULL, -- how the platform tells this account from others of the device
  short_name TEXT,
  long_name TEXT,
  state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
  present BIGINT NOT NULL, -- 1: it sits at the console of the device
  joined_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (org, enrollment, id)
);
CREATE UNIQUE INDEX enrolled_accounts_by_key ON enrolled_accounts (org, enrollment, account_key);
