-- Secrets of devices that the org keeps, sealed. One is written before it can leave, becomes current when the device confirms it, and the ones before stay.
CREATE TABLE escrows (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  device TEXT NOT NULL,
  kind TEXT NOT NULL,
  command TEXT NOT NULL, -- that carries it to the device; '' when the device brought it
  value BYTEA NOT NULL, -- sealed
  place TEXT NOT NULL, -- what it is sealed for: its own row, or the one it was moved from
  state TEXT NOT NULL CHECK (state IN ('pending', 'current', 'past', 'refused')),
  facts TEXT NOT NULL, -- JSON, nothing secret: which account it opens, which certificate it came to
  created_at BIGINT NOT NULL,
  since BIGINT NOT NULL, -- in this state
  views BIGINT NOT NULL,
  viewed_at BIGINT,
  viewed_by TEXT,
  PRIMARY KEY (org, id)
);
CREATE INDEX escrows_by_device ON escrows (org, device, kind, created_at);
CREATE INDEX escrows_by_command ON escrows (org, command);
CREATE UNIQUE INDEX escrows_current ON escrows (org, device, kind) WHERE state = 'current';

INSERT INTO escrows (org, id, device, kind, command, value, place, state, facts, created_at, since, views)
  SELECT org, 'esc_' || substr(command, 5), device, name, command, value, device || '|' || name || '|' || command, state, '{}', at, at, 0
  FROM device_secrets;

DROP TABLE device_secrets;

-- What is to be replaced on a device, and why: somebody has seen it, its time is over, or one is demanded and not there. Goes when the new one is confirmed.
CREATE TABLE escrow_turns (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  kind TEXT NOT NULL,
  why TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  asked_at BIGINT, -- when the device was last ordered to
  problem TEXT, -- the code of what stood against it last
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, device, kind)
);
CREATE INDEX escrow_turns_due ON escrow_turns (org, due_at);

-- What a unit, and everything below it that has none of its own, demands of the secrets of its devices.
CREATE TABLE escrow_rules (
  org TEXT NOT NULL,
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  rule TEXT NOT NULL, -- JSON
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, unit)
);
