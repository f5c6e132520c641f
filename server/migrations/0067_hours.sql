-- The time zones of units that have one of their own; others have that of the unit above.
CREATE TABLE unit_zones (
  org TEXT NOT NULL,
  unit TEXT NOT NULL,
  zone TEXT NOT NULL, -- IANA
  PRIMARY KEY (org, unit),
  FOREIGN KEY (org, unit) REFERENCES units (org, id) ON DELETE CASCADE
);

-- The time zones of people who are elsewhere than their unit.
CREATE TABLE user_zones (
  org TEXT NOT NULL,
  user_id TEXT NOT NULL,
  zone TEXT NOT NULL, -- IANA
  PRIMARY KEY (org, user_id),
  FOREIGN KEY (org, user_id) REFERENCES users (org, id) ON DELETE CASCADE
);

-- Lists of holidays, which policies name.
CREATE TABLE calendars (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded, for sorting
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of unit, kept in step when units move
  days TEXT NOT NULL, -- JSON: [day, name][] in order of days
  first_day TEXT, -- of days; null: it has none
  last_day TEXT,
  count BIGINT NOT NULL, -- of days
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE INDEX calendars_by_unit ON calendars (org, unit);

-- Times for which a device, a person's devices or a unit's are released from being off: asked for by a person, or granted at once by an admin.
CREATE TABLE hour_exceptions (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'denied', 'ended', 'withdrawn')),
  subject TEXT NOT NULL CHECK (subject IN ('device', 'user', 'unit')),
  subject_id TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of the subject when it was made, kept in step when units move
  user_id TEXT, -- who asked for it
  reason TEXT NOT NULL,
  note TEXT NOT NULL, -- what whoever decided said
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  by_kind TEXT NOT NULL, -- who decided it, or is still to
  by_id TEXT,
  decided_at BIGINT,
  ended_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX hour_exceptions_open ON hour_exceptions (org, subject_id, until_at) WHERE state = 'granted';
CREATE INDEX hour_exceptions_by_time ON hour_exceptions (org, asked_at, id);
CREATE INDEX hour_exceptions_by_user ON hour_exceptions (org, user_id, asked_at);

-- Of every device that has working time: whether it is, as its desired items were computed, and when to look again.
CREATE TABLE device_hours (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('working', 'off')),
  said TEXT NOT NULL, -- JSON: why, until when, in which zone
  since BIGINT NOT NULL, -- of the phase
  look_at BIGINT, -- the next instant at which it may be another; null: none is known
  slot BIGINT NOT NULL, -- 0 to 999: when many have one boundary, the order in which they cross it
  PRIMARY KEY (org, device),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE INDEX device_hours_due ON device_hours (org, look_at, slot) WHERE look_at IS NOT NULL;
