-- Devices that were lost or stolen, from report to closing record. A row outlives its device, so it says by itself what was lost.
CREATE TABLE incidents (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  number BIGINT NOT NULL, -- counts in the org, for people to say
  device TEXT NOT NULL,
  device_name TEXT NOT NULL,
  device_model TEXT NOT NULL,
  serial TEXT NOT NULL,
  asset_tag TEXT NOT NULL,
  ownership TEXT NOT NULL,
  platform TEXT NOT NULL,
  form_factor TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of the device, kept in step with it
  user_id TEXT, -- whose it was when it was reported
  kind TEXT NOT NULL CHECK (kind IN ('lost', 'stolen')),
  state TEXT NOT NULL CHECK (state IN ('open', 'found', 'written-off', 'closed')),
  outcome TEXT CHECK (outcome IN ('found', 'written-off')),
  note TEXT NOT NULL,
  message TEXT NOT NULL, -- shown on the screen of the device
  phone TEXT NOT NULL,
  action TEXT NOT NULL, -- what was done first: lost-mode, lock, or none
  why TEXT NOT NULL, -- code: why that
  lock_command TEXT, -- the order that locks it, the newest one
  erase_command TEXT, -- the order that erases it or removes its work data, the newest one
  erase_scope TEXT, -- all or work
  by_kind TEXT NOT NULL,
  by_id TEXT,
  opened_at BIGINT NOT NULL,
  ended_at BIGINT, -- found or written off
  closed_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX incidents_by_number ON incidents (org, number);
CREATE UNIQUE INDEX incidents_open ON incidents (org, device) WHERE state = 'open';
CREATE INDEX incidents_of_device ON incidents (org, device, number);

-- Orders that were given because of an incident, so that what becomes of them is in its record.
CREATE TABLE incident_commands (
  org TEXT NOT NULL,
  command TEXT NOT NULL,
  incident TEXT NOT NULL,
  what TEXT NOT NULL, -- lock, message, sound, locate, erase, unlock
  at BIGINT NOT NULL,
  PRIMARY KEY (org, command),
  FOREIGN KEY (org, incident) REFERENCES incidents (org, id) ON DELETE CASCADE
);
CREATE INDEX incident_commands_by_incident ON incident_commands (org, incident, command);

-- What is done about a missing device by itself. A row waits until it is due, however long, and moves on in the transaction that sends its command.
CREATE TABLE standing_orders (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  incident TEXT NOT NULL,
  device TEXT NOT NULL,
  enrollment TEXT NOT NULL, -- it was given for this one; a device that enrolled anew is in somebody's hands
  keep_locked BIGINT NOT NULL,
  locate_every_ms BIGINT, -- NULL: not at all
  until BIGINT, -- NULL: for good
  after_kind TEXT NOT NULL CHECK (after_kind IN ('nothing', 'erase', 'work-data')), -- what follows when it has not been found
  confirm TEXT NOT NULL, -- the name by which the device to erase was named
  state TEXT NOT NULL CHECK (state IN ('standing', 'due', 'sent', 'held', 'done', 'canceled')),
  why TEXT, -- code: what it waits for, while due or held
  command TEXT, -- the order it ended in
  next_at BIGINT, -- when it is looked at next; NULL: it is over
  locked_at BIGINT, -- when it last had the device locked again
  by_kind TEXT NOT NULL,
  by_id TEXT,
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, incident) REFERENCES incidents (org, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX standing_orders_once ON standing_orders (org, incident) WHERE ended_at IS NULL;
CREATE INDEX standing_orders_due ON standing_orders (org, next_at) WHERE next_at IS NOT NULL;
