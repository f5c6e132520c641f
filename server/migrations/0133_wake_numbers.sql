-- The number of the phone that an agent runs on, where an admin knows it: few SIMs do, and texts need one.
CREATE TABLE wake_numbers (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  device TEXT NOT NULL,
  number BYTEA NOT NULL, -- sealed
  set_at BIGINT NOT NULL,
  PRIMARY KEY (org, enrollment)
);
