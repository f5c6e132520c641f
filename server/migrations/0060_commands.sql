-- Orders to enrollments: queued → sent → done, failed, expired, canceled or superseded; a deferred one returns to queued. Rows stay when they have ended.
CREATE TABLE commands (
  org TEXT NOT NULL,
  id TEXT NOT NULL, -- its 32 hex digits are also the id on the wire
  enrollment TEXT NOT NULL,
  account TEXT NOT NULL, -- whose channel it goes by; '' for the device itself
  device TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of the device when it was sent: who may see its events
  seq BIGINT NOT NULL, -- order of sending within the enrollment, independent of clocks
  priority BIGINT NOT NULL, -- 0 high, 1 normal, 2 low
  kind TEXT NOT NULL,
  args TEXT NOT NULL, -- JSON without secret arguments
  sealed_args BYTEA, -- JSON of the secret ones, sealed
  quiet BIGINT NOT NULL, -- 1: routine of the server, neither logged nor counted as waiting
  wipes BIGINT NOT NULL, -- 1: erases the device; counted by the velocity limit
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'done', 'failed', 'expired', 'canceled', 'superseded')),
  deferrals BIGINT NOT NULL,
  deferred_at BIGINT,
  offers BIGINT NOT NULL, -- how often it was handed to the device
  created_at BIGINT NOT NULL,
  pushed_at BIGINT, -- of the wake that led to the first offer
  sent_at BIGINT, -- newest offer
  answered_at BIGINT,
  ended_at BIGINT,
  expires_at BIGINT,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  reason TEXT, -- in the words of who sent it
  end_reason TEXT, -- code: why it was canceled or superseded
  error TEXT, -- JSON
  result TEXT, -- JSON, secrets withheld
  result_raw BYTEA, -- sealed: what could not be decoded
  result_cut BIGINT NOT NULL, -- 1: the result was too large to keep here
  batch TEXT,
  PRIMARY KEY (org, id),
  CHECK ((ended_at IS NULL) = (state IN ('queued', 'sent')))
);
-- No index holds a column that changes, so that on PostgreSQL an answer rewrites the row alone (HOT) and disturbs no reader of an index page.
CREATE INDEX commands_by_device ON commands (org, device, id);
CREATE INDEX commands_by_batch ON commands (org, batch, id) WHERE batch IS NOT NULL;
CREATE INDEX commands_wiping ON commands (org, by_id, created_at) WHERE wipes = 1;
CREATE INDEX commands_routine ON commands (org, created_at) WHERE quiet = 1;

-- The commands that have not ended, in the order in which they are offered. A row is gone when its command has ended.
CREATE TABLE open_commands (
  org TEXT NOT NULL,
  command TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  account TEXT NOT NULL,
  priority BIGINT NOT NULL, -- 0 high, 1 normal, 2 low
  place BIGINT NOT NULL, -- seq, or below zero for deferred ones, longest deferred first
  seq BIGINT NOT NULL,
  expires_at BIGINT,
  due_at BIGINT NOT NULL, -- when the sweep looks at it again, to wake the device or to let it expire
  PRIMARY KEY (org, command)
);
CREATE INDEX open_next ON open_commands (org, enrollment, account, priority, place, seq);
CREATE INDEX open_due ON open_commands (org, due_at);

-- How many commands an enrollment has been sent: the next one's seq.
CREATE TABLE queues (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (org, enrollment)
);

-- Secrets that a command put on a device (lock PIN). Stored before the command leaves; pending until the device acknowledges it.
CREATE TABLE device_secrets (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  name TEXT NOT NULL,
  command TEXT NOT NULL,
  value BYTEA NOT NULL, -- sealed
  state TEXT NOT NULL CHECK (state IN ('pending', 'current', 'past')),
  at BIGINT NOT NULL,
  PRIMARY KEY (org, device, name, command)
);

-- When a device is next asked for its inventory.
CREATE TABLE refreshes (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  PRIMARY KEY (org, device)
);
CREATE INDEX refreshes_due ON refreshes (org, due_at);

-- One command for many devices, sent page by page. Its members are the commands that name it.
CREATE TABLE command_batches (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  args TEXT NOT NULL,
  sealed_args BYTEA, -- JSON of the secret arguments, sealed
  reason TEXT,
  filter TEXT, -- the devices, as text of the list's grammar
  devices TEXT, -- or their ids, JSON
  after TEXT NOT NULL, -- id of the newest device that was looked at
  state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'canceled')),
  eligible BIGINT NOT NULL, -- counted when it was made
  refused TEXT NOT NULL, -- JSON: problem code → how many, counted when it was made
  sent BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  problem TEXT, -- code: why it is paused
  grants TEXT NOT NULL, -- JSON: what the sender was allowed when sending it
  by_kind TEXT NOT NULL,
  by_id TEXT,
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (org, id)
);
