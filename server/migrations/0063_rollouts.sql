-- New versions of policies on their way to their devices, in waves. One at a time for a policy.
CREATE TABLE rollouts (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  policy TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of the policy, kept in step when units move
  from_version BIGINT NOT NULL,
  to_version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'stopped', 'canceled')),
  reason TEXT, -- code: why it was stopped
  facts TEXT NOT NULL, -- JSON: the numbers that stopped it
  waves TEXT NOT NULL, -- JSON: percent of the devices by wave, growing, the last one 100
  wave BIGINT NOT NULL, -- which one is out, from 0
  salt TEXT NOT NULL, -- mixed into the hash of devices: not always the same ones are first
  watch_ms BIGINT NOT NULL, -- how long a wave is watched before the next
  stop_above_percent BIGINT NOT NULL, -- of those that answered: when more fail, it stops
  min_heard_percent BIGINT NOT NULL, -- of the wave: when fewer have called by the end of the watch, it stops
  wave_at BIGINT NOT NULL, -- since when this wave is out
  counts TEXT NOT NULL, -- JSON: by wave, the numbers it ended with
  by_kind TEXT NOT NULL,
  by_id TEXT,
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, policy) REFERENCES policies (org, id) ON DELETE CASCADE,
  CHECK ((ended_at IS NULL) = (state IN ('running', 'paused')))
);
CREATE UNIQUE INDEX rollouts_under_way ON rollouts (org, policy) WHERE ended_at IS NULL;
CREATE INDEX rollouts_by_start ON rollouts (org, created_at, id);

-- A value of a policy on one device for some minutes, whatever its assignments say. The row goes when the time is over.
CREATE TABLE trials (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  device TEXT NOT NULL,
  policy TEXT NOT NULL,
  number BIGINT NOT NULL, -- below zero: stands for its value among the versions of the policy
  value TEXT NOT NULL, -- JSON
  until BIGINT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, policy) REFERENCES policies (org, id) ON DELETE CASCADE,
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX trials_once ON trials (org, device, policy);
CREATE INDEX trials_by_end ON trials (org, until);
