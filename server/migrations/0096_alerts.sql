-- Something a person should look at: one row from its opening to its end, however often it is said again meanwhile.
CREATE TABLE alerts (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  dedupe TEXT NOT NULL, -- what of its type it is about: a device, a device and a rule, a certificate …
  severity BIGINT NOT NULL, -- 1 caution, 2 warning, 3 critical
  state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'resolved')),
  unit_path TEXT NOT NULL, -- whose admins see it
  device TEXT,
  user_id TEXT, -- whose device it was then
  about_kind TEXT,
  about_id TEXT,
  facts TEXT NOT NULL, -- JSON of what its sentence says
  search TEXT NOT NULL, -- folded, for looking up words
  times BIGINT NOT NULL, -- how often it was said
  opened_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  acknowledged_at BIGINT,
  assignee TEXT,
  snoozed_until BIGINT,
  resolved_at BIGINT,
  resolved_how TEXT, -- 'settled' by what happened, or 'by hand'
  news BIGINT NOT NULL, -- place in the order of what admins are told
  urgent BIGINT NOT NULL, -- 1: told at once, whatever was chosen for its type
  person_due BIGINT NOT NULL, -- 1: the device's person is to be told
  person_told_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX alerts_once ON alerts (org, type, dedupe) WHERE state <> 'resolved';
CREATE INDEX alerts_by_key ON alerts (org, type, dedupe, resolved_at);
CREATE INDEX alerts_by_severity ON alerts (org, severity, id) WHERE state <> 'resolved';
CREATE INDEX alerts_by_last ON alerts (org, last_at, id);
CREATE INDEX alerts_by_device ON alerts (org, device, state) WHERE device IS NOT NULL;
CREATE INDEX alerts_by_news ON alerts (org, news);
CREATE INDEX alerts_by_unit ON alerts (org, unit_path);
CREATE INDEX alerts_by_end ON alerts (org, resolved_at) WHERE resolved_at IS NOT NULL;
CREATE INDEX alerts_for_people ON alerts (org, user_id) WHERE person_due = 1;

-- What became of an alert, step by step, and what people wrote beside it.
CREATE TABLE alert_steps (
  org TEXT NOT NULL,
  alert TEXT NOT NULL,
  id TEXT NOT NULL,
  at BIGINT NOT NULL,
  what TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  text TEXT, -- a comment, or whom it was given to
  PRIMARY KEY (org, alert, id),
  FOREIGN KEY (org, alert) REFERENCES alerts (org, id) ON DELETE CASCADE
);

-- How far the telling of an org's alerts has come.
CREATE TABLE alert_news (
  org TEXT PRIMARY KEY,
  news BIGINT NOT NULL, -- the newest place given
  told BIGINT NOT NULL -- up to where everyone was told who was there then
);

-- What each admin was told and has seen, and when their digest comes.
CREATE TABLE alert_readers (
  org TEXT NOT NULL,
  admin TEXT NOT NULL,
  told BIGINT NOT NULL,
  told_at BIGINT, -- when the last mail at once went out
  seen BIGINT NOT NULL, -- news up to here were on their screen
  digest_hour BIGINT, -- null: no digest
  digest_day TEXT, -- the local day of the newest one, sent or found empty
  digest_at BIGINT,
  PRIMARY KEY (org, admin),
  FOREIGN KEY (org, admin) REFERENCES admins (org, id) ON DELETE CASCADE
);

-- How an admin wants to hear of a type of alert, where it is not as usual.
CREATE TABLE alert_ways (
  org TEXT NOT NULL,
  admin TEXT NOT NULL,
  type TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('now', 'digest', 'off')),
  PRIMARY KEY (org, admin, type),
  FOREIGN KEY (org, admin) REFERENCES admins (org, id) ON DELETE CASCADE
);

-- What an org has decided about a type of alert, where it is not as usual.
CREATE TABLE alert_rules (
  org TEXT NOT NULL,
  type TEXT NOT NULL,
  opens BIGINT NOT NULL, -- 0: no alerts of this type
  to_person BIGINT NOT NULL, -- 1: the person of the device is told too
  PRIMARY KEY (org, type)
);

-- After how many days of silence people are cautioned, and after how many minutes an enrollment that is not finished is said to be stuck.
ALTER TABLE device_rules ADD COLUMN caution_after_days BIGINT NOT NULL DEFAULT 7;
ALTER TABLE device_rules ADD COLUMN stuck_after_minutes BIGINT NOT NULL DEFAULT 60;

-- Devices whose silence has been cautioned of, until they are heard.
CREATE TABLE device_quiets (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (org, device)
);

-- Devices that are known to be away: nobody is to be told of their silence until then.
CREATE TABLE device_holds (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  until BIGINT NOT NULL,
  reason TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, device)
);

-- Whether an org's pushes fail altogether: since when, and whether it was told. No row while they go out.
CREATE TABLE push_troubles (
  org TEXT PRIMARY KEY,
  since BIGINT NOT NULL,
  reason TEXT NOT NULL,
  told BIGINT NOT NULL
);
