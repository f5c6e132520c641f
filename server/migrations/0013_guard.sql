-- How the guard of an org stands; no row: as it began, with nothing stopped.
CREATE TABLE guard_states (
  org TEXT NOT NULL REFERENCES orgs (org),
  frozen_at BIGINT, -- somebody pressed the button: nothing that changes a device leaves
  frozen_by TEXT, -- an admin; null: the machine's own command line
  frozen_reason TEXT,
  breaker_at BIGINT, -- too much was erased too fast: nothing that cannot be undone leaves
  breaker_count BIGINT, -- how many devices had confirmed it
  breaker_minutes BIGINT, -- within how many minutes
  epoch BIGINT NOT NULL, -- how often this database has been restored from a copy
  restored_at BIGINT, -- since when what was queued before the newest restore is held; null: it is not
  marked BIGINT NOT NULL, -- 1: this database has been beside a file that says how far its log had come
  doubted_at BIGINT, -- the clock is not believed
  off_by BIGINT, -- by how many milliseconds it seems wrong
  believed BIGINT NOT NULL, -- how often somebody confirmed the time
  PRIMARY KEY (org)
);

-- Numbers the guard remembers: the newest instant seen, and how many devices there are.
CREATE TABLE guard_marks (
  org TEXT NOT NULL,
  name TEXT NOT NULL,
  value BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, name)
);

-- The limits of an org, every version of them; the newest holds.
CREATE TABLE guard_limits (
  org TEXT NOT NULL,
  version BIGINT NOT NULL,
  limits TEXT NOT NULL, -- JSON
  by_kind TEXT NOT NULL,
  by_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, version)
);

-- What has left, per minute: what the buckets of a person, a unit and the org are made of.
CREATE TABLE guard_spent (
  org TEXT NOT NULL,
  kind TEXT NOT NULL, -- irreversible, disruptive, approved, answered
  scope TEXT NOT NULL, -- 'org', or whose: 'hand:adm_…', 'unit:unt_…'
  minute BIGINT NOT NULL, -- of a clock that does not jump
  n BIGINT NOT NULL,
  PRIMARY KEY (org, kind, scope, minute)
);
CREATE INDEX guard_spent_by_age ON guard_spent (org, minute);

-- Devices that bore the tag never-wipe: until when they are still spared after it was taken off. Null: they bear it.
CREATE TABLE guard_spared (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  until BIGINT,
  PRIMARY KEY (org, device)
);

-- Acts that did not happen at once: they wait for others, for time, or for room; every one ends once.
CREATE TABLE intents (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  door TEXT NOT NULL, -- who carries it out: command, device.remove, or the name of a proposal's act
  action TEXT NOT NULL,
  impact TEXT NOT NULL CHECK (impact IN ('read', 'reversible', 'disruptive', 'irreversible')),
  state TEXT NOT NULL CHECK (state IN ('held', 'cooling', 'released', 'done', 'denied', 'canceled', 'expired')),
  why TEXT NOT NULL, -- code: what it is held for
  needs BIGINT NOT NULL, -- how many must sign
  signers TEXT, -- JSON: those who must sign, where it is not for anyone who may
  unit_path TEXT NOT NULL, -- the unit above everything it touches
  about_kind TEXT,
  about_id TEXT,
  payload TEXT, -- JSON: what a proposal carries out
  summary TEXT, -- JSON: what is shown of it
  detail TEXT NOT NULL, -- hash of the arguments
  batch TEXT, -- the batch all of it belongs to
  gathering BIGINT NOT NULL, -- 1: devices are still being added
  count BIGINT NOT NULL, -- devices; 0 for a proposal
  expected BIGINT NOT NULL, -- devices it was said to have
  sent BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  devices_hash TEXT, -- of the sorted list, once it is complete
  reason TEXT,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  hand TEXT NOT NULL, -- the admin behind it, through whichever key
  epoch BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  effective_at BIGINT, -- of a proposal; or when the cooling-off is over
  expires_at BIGINT NOT NULL, -- if nobody has agreed by then
  released_at BIGINT,
  ended_at BIGINT,
  ended_by TEXT,
  ended_why TEXT,
  PRIMARY KEY (org, id)
);
CREATE INDEX intents_open ON intents (org, state, id);
CREATE UNIQUE INDEX intents_of_batch ON intents (org, batch) WHERE batch IS NOT NULL;

-- The devices of an intent, as they were called when it was made.
CREATE TABLE intent_devices (
  org TEXT NOT NULL,
  intent TEXT NOT NULL,
  device TEXT NOT NULL,
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'skipped')),
  why TEXT, -- code: why it was left out
  at BIGINT,
  PRIMARY KEY (org, intent, device)
);
CREATE INDEX intent_devices_by_device ON intent_devices (org, device, intent);
CREATE INDEX intent_devices_waiting ON intent_devices (org, intent, device) WHERE state = 'waiting';

-- What an approver was asked to sign: good once and for minutes.
CREATE TABLE approval_requests (
  org TEXT NOT NULL,
  intent TEXT NOT NULL,
  admin TEXT NOT NULL,
  challenge TEXT NOT NULL,
  hash TEXT NOT NULL,
  nonce TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, intent, admin)
);

-- Signatures of approvers over the hash of what exactly will happen.
CREATE TABLE approvals (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  intent TEXT NOT NULL,
  admin TEXT NOT NULL,
  passkey TEXT, -- null: the machine's own command line
  hash TEXT NOT NULL,
  challenge TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX approvals_once ON approvals (org, intent, admin, hash);
