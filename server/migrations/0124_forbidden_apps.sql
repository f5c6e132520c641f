-- Rules that the server made by itself, once. One that somebody took away is not made again.
CREATE TABLE rules_made (
  org TEXT NOT NULL,
  what TEXT NOT NULL, -- what it is for
  rule TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, what)
);

-- Whether an app belongs to the system, and whether the device keeps people from opening it.
ALTER TABLE device_apps ADD COLUMN system BIGINT NOT NULL DEFAULT 0;
ALTER TABLE device_apps ADD COLUMN hidden BIGINT NOT NULL DEFAULT 0;
