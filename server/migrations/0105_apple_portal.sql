-- Servers that the vendor's portal knows, ours among them.
CREATE TABLE portal_servers (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  id TEXT NOT NULL, -- the vendor's
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  round BIGINT NOT NULL,
  PRIMARY KEY (org, program, id)
);

-- Devices that the portal holds for the org, whichever server they are assigned to.
CREATE TABLE portal_devices (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  serial TEXT NOT NULL,
  id TEXT NOT NULL, -- the vendor's
  model TEXT,
  family TEXT,
  server TEXT, -- that it is assigned to
  migration TEXT, -- how far moving it to another server is, in the vendor's word
  deadline BIGINT, -- when it is moved at the latest
  round BIGINT NOT NULL, -- the reading that last saw it
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (org, program, serial)
);

-- Acts in the portal on their way: wanted, held by the guard, asked of the vendor, and how they ended.
CREATE TABLE portal_acts (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  program TEXT NOT NULL,
  what TEXT NOT NULL,
  server TEXT,
  deadline BIGINT,
  state TEXT NOT NULL CHECK (state IN ('held', 'wanted', 'asked', 'done', 'failed')),
  activity TEXT, -- the vendor's id of it
  answer TEXT, -- the vendor's own words
  tries BIGINT NOT NULL,
  next_at BIGINT,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX portal_acts_by_program ON portal_acts (org, program, created_at);
CREATE INDEX portal_acts_due ON portal_acts (org, program, next_at) WHERE state IN ('wanted', 'asked');

-- The devices of an act; `guarded` is what the guard knows the device by.
CREATE TABLE portal_act_devices (
  org TEXT NOT NULL,
  act TEXT NOT NULL,
  serial TEXT NOT NULL,
  guarded TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('held', 'wanted', 'asked', 'done', 'failed')),
  PRIMARY KEY (org, act, serial)
);
CREATE INDEX portal_act_devices_by_guarded ON portal_act_devices (org, guarded) WHERE state = 'held';
