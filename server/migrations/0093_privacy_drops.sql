-- On which day something of a device was not stored, by kind. It holds no values and no counts of them, so that no row is written twice a day.
DROP TABLE drops;
CREATE TABLE drops (
  org TEXT NOT NULL,
  day BIGINT NOT NULL, -- days since 1970
  device TEXT NOT NULL,
  type TEXT NOT NULL,
  told BIGINT NOT NULL DEFAULT 0, -- 1 once the log knows of it
  PRIMARY KEY (org, day, device, type)
);

-- A pass over every device of an org that holds stored data against the charter and the days of keeping. One at a time; where it stands is kept with what it did.
CREATE TABLE privacy_passes (
  org TEXT NOT NULL,
  why TEXT NOT NULL,
  after TEXT NOT NULL, -- id of the device it has come to
  again BIGINT NOT NULL DEFAULT 0, -- 1: the charter changed meanwhile, begin anew at the end
  at BIGINT NOT NULL,
  PRIMARY KEY (org)
);

-- A person agrees to one order on a device of theirs, or does not.
CREATE TABLE consents (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  device TEXT NOT NULL,
  user_id TEXT NOT NULL,
  action TEXT NOT NULL,
  reason TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'given', 'refused', 'used')),
  at BIGINT NOT NULL,
  answered_at BIGINT,
  until BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX consents_by_device ON consents (org, device, state);
CREATE INDEX consents_by_user ON consents (org, user_id, state);
