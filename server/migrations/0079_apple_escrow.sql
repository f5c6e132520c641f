-- The certificates that Macs encrypt their recovery keys for, with our keys. None is ever deleted: a disk that was encrypted years ago still answers to the certificate of then.
CREATE TABLE apple_recipients (
  org TEXT NOT NULL,
  id TEXT NOT NULL, -- serial number of the certificate, in hex
  certificate BYTEA NOT NULL,
  private_key BYTEA NOT NULL, -- sealed
  newest BIGINT NOT NULL CHECK (newest IN (0, 1)),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX apple_recipients_newest ON apple_recipients (org) WHERE newest = 1;

-- The last time Apple was asked to lift the Activation Lock of a device, and what came of it.
CREATE TABLE apple_unlocks (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'lifted', 'refused', 'silent')),
  answer TEXT,
  tries BIGINT NOT NULL,
  by_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, device)
);

-- When the device last told that it still has this one, or proved it.
ALTER TABLE escrows ADD COLUMN told_at BIGINT;
