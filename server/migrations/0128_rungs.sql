-- Whether what an agent is called for may not wait for its own rhythm, and the one channel it is called by while that is tried.
ALTER TABLE wake_calls ADD COLUMN urgent BIGINT NOT NULL DEFAULT 0; -- 1: it may not wait
ALTER TABLE wake_calls ADD COLUMN only_channel TEXT; -- absent: the whole ladder

-- The last try of each channel: one agent is called by it alone.
CREATE TABLE wake_trials (
  org TEXT NOT NULL,
  channel TEXT NOT NULL,
  device TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  nonce TEXT NOT NULL,
  at BIGINT NOT NULL,
  outcome TEXT, -- answered, elsewhere, refused, silent; absent while it goes on
  reason TEXT,
  latency_ms BIGINT,
  ended_at BIGINT,
  PRIMARY KEY (org, channel)
);
CREATE INDEX wake_trials_nonce ON wake_trials (org, enrollment);

-- How often the agents of a unit and of those below call by themselves, where that unit has a rhythm of its own.
CREATE TABLE wake_rhythms (
  org TEXT NOT NULL,
  unit TEXT NOT NULL,
  every_ms BIGINT NOT NULL,
  jitter_percent BIGINT NOT NULL, -- up to so much later, at random
  lost_every_ms BIGINT NOT NULL, -- while the device is lost
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, unit)
);
