-- The ways in which the agent of an enrollment can be woken, as it last told them.
CREATE TABLE wake_reaches (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  channel TEXT NOT NULL, -- mqtt, fcm, webpush, wait, sms, poll
  device TEXT NOT NULL, -- whom events are about
  unit_path TEXT NOT NULL,
  address BYTEA, -- sealed; absent where the channel needs none
  mark TEXT NOT NULL, -- of the address and the unit, so that the same ones are not stored again
  expires_at BIGINT, -- when the address stops working by itself
  state TEXT NOT NULL CHECK (state IN ('ready', 'dead')),
  reason TEXT, -- what was said when it was last refused
  updated_at BIGINT NOT NULL, -- when the agent told it
  tried_at BIGINT, -- when a wake last went this way
  answered_at BIGINT, -- when the agent last called because of it
  latency_ms BIGINT, -- how long that took
  PRIMARY KEY (org, enrollment, channel)
);
CREATE INDEX wake_reaches_answered ON wake_reaches (org, answered_at) WHERE answered_at IS NOT NULL;

-- The wake that an agent has not answered yet: one for each, whatever it is for. It climbs a ladder of channels.
CREATE TABLE wake_calls (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  nonce TEXT NOT NULL,
  wanted_at BIGINT NOT NULL,
  channel TEXT, -- where on the ladder it is; absent before the first
  next_at BIGINT NOT NULL, -- when the next channel is tried
  changed_at BIGINT NOT NULL, -- when it last moved, for the other processes
  round BIGINT NOT NULL, -- how often the ladder was climbed to its end
  PRIMARY KEY (org, enrollment)
);
CREATE INDEX wake_calls_changed ON wake_calls (changed_at);

-- How each channel was tried for the newest wake of an enrollment, and what was said.
CREATE TABLE wake_tries (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  channel TEXT NOT NULL,
  nonce TEXT NOT NULL,
  at BIGINT NOT NULL,
  outcome TEXT NOT NULL, -- sending, sent, dead, rejected, later, skipped, answered
  reason TEXT,
  latency_ms BIGINT,
  PRIMARY KEY (org, enrollment, channel)
);

-- How long agents took to call after a wake by each channel, counted by hour and by bounded classes.
CREATE TABLE wake_channel_latencies (
  org TEXT NOT NULL,
  channel TEXT NOT NULL,
  hour BIGINT NOT NULL, -- instant at which the hour begins
  up_to_ms BIGINT NOT NULL, -- -1: longer than the longest class
  count BIGINT NOT NULL,
  PRIMARY KEY (org, channel, hour, up_to_ms)
);

-- What an org needs to wake agents by a channel of the outside, how that goes, and up to when its latencies are counted.
CREATE TABLE wake_channels (
  org TEXT NOT NULL,
  channel TEXT NOT NULL,
  settings TEXT NOT NULL, -- JSON
  secret BYTEA, -- sealed
  updated_at BIGINT NOT NULL,
  troubled_at BIGINT, -- since when nothing goes out
  reason TEXT,
  told BIGINT NOT NULL, -- 1 once an admin was told
  counted_at BIGINT NOT NULL,
  PRIMARY KEY (org, channel)
);

-- Messages that were sent to telephone numbers in the last day: they cost money, so there is a limit.
CREATE TABLE wake_texts (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  at BIGINT NOT NULL,
  nonce TEXT NOT NULL,
  PRIMARY KEY (org, enrollment, at)
);
CREATE INDEX wake_texts_at ON wake_texts (org, at);
