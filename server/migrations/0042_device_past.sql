-- What the row of a device was, from since until before until: one row per change of what people are told of it. Paths follow their units; a removed device keeps its past until it is too old.
CREATE TABLE device_past (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT, -- NULL: it is so now
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  user_id TEXT,
  user_name TEXT,
  user_key TEXT,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  platform TEXT NOT NULL,
  form_factor TEXT NOT NULL,
  model TEXT NOT NULL,
  model_name TEXT NOT NULL,
  model_key TEXT NOT NULL,
  os_version TEXT NOT NULL,
  os_key TEXT NOT NULL,
  serial TEXT NOT NULL,
  udid TEXT NOT NULL,
  imei TEXT NOT NULL,
  ownership TEXT NOT NULL,
  shared BIGINT NOT NULL,
  supervised BIGINT,
  state TEXT NOT NULL,
  state_reason TEXT,
  state_at BIGINT NOT NULL,
  asset_tag TEXT NOT NULL,
  enrolled_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id, since)
);
CREATE INDEX device_past_by_name ON device_past (org, name_key, id, since);
CREATE INDEX device_past_by_path ON device_past (org, unit_path);
CREATE INDEX device_past_by_age ON device_past (org, until) WHERE until IS NOT NULL;

-- Which tags a device had, since when and until when.
CREATE TABLE tag_past (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  tag_key TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT,
  tag TEXT NOT NULL,
  PRIMARY KEY (org, device, tag_key, since)
);
CREATE INDEX tag_past_by_tag ON tag_past (org, tag_key, device);
CREATE INDEX tag_past_by_age ON tag_past (org, until) WHERE until IS NOT NULL;

-- On which days (UTC) a device called: one row a month, a bit for each day, the lowest for the first.
CREATE TABLE contact_months (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  month BIGINT NOT NULL, -- years times twelve, and months since January
  days BIGINT NOT NULL,
  PRIMARY KEY (org, device, month)
);

-- Since when an org's past is kept.
CREATE TABLE past_begins (
  org TEXT PRIMARY KEY,
  at BIGINT NOT NULL
);

-- What is there already has been so at least since the newest event.
INSERT INTO past_begins (org, at) SELECT org, MAX(at) FROM events GROUP BY org;
INSERT INTO device_past (org, id, since, until, unit, unit_path, user_id, user_name, user_key, name, name_key, platform, form_factor, model, model_name, model_key, os_version, os_key, serial, udid, imei, ownership, shared, supervised, state, state_reason, state_at, asset_tag, enrolled_at, created_at)
SELECT d.org, d.id, p.at, NULL, d.unit, d.unit_path, d.user_id, d.user_name, d.user_key, d.name, d.name_key, d.platform, d.form_factor, d.model, d.model_name, d.model_key, d.os_version, d.os_key, d.serial, d.udid, d.imei, d.ownership, d.shared, d.supervised, d.state, d.state_reason, d.state_at, d.asset_tag, d.enrolled_at, d.created_at
FROM devices d JOIN past_begins p ON p.org = d.org;
INSERT INTO tag_past (org, device, tag_key, since, until, tag)
SELECT t.org, t.device, t.tag_key, p.at, NULL, t.tag FROM tags t JOIN past_begins p ON p.org = t.org;
