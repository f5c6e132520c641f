-- Where an enrollment (or an account on it) is reached with "please call home", and how that went.
CREATE TABLE wakes (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  account TEXT NOT NULL, -- empty for the device itself
  device TEXT, -- whom events are about
  unit_path TEXT NOT NULL,
  channel TEXT NOT NULL,
  topic TEXT NOT NULL,
  token BYTEA NOT NULL,
  magic BYTEA NOT NULL, -- sealed; proves to the device that its own server calls
  state TEXT NOT NULL CHECK (state IN ('ready', 'rejected', 'dead')),
  reason TEXT,
  updated_at BIGINT NOT NULL, -- when the device gave this address
  wanted_at BIGINT, -- since when a contact is waited for; absent when there was one
  next_at BIGINT, -- when to push (again); absent when nothing is wanted or nothing can reach it
  pushes BIGINT NOT NULL, -- accepted since it was wanted
  failures BIGINT NOT NULL, -- in a row
  sending_at BIGINT, -- when the last push was handed over
  pushed_at BIGINT, -- when the last accepted one was
  push_status BIGINT,
  apns_id TEXT,
  contact_at BIGINT,
  latency_ms BIGINT, -- from the last push to the contact it caused
  measured_at BIGINT,
  PRIMARY KEY (org, enrollment, account)
);
CREATE INDEX wakes_due ON wakes (org, topic, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX wakes_measured ON wakes (org, measured_at) WHERE measured_at IS NOT NULL;

-- Certificates and keys that prove us to the push provider: one per topic, one of them current for new enrollments.
CREATE TABLE push_credentials (
  org TEXT NOT NULL,
  topic TEXT NOT NULL,
  certificate TEXT NOT NULL, -- its row in custody
  fingerprint TEXT NOT NULL,
  pem TEXT NOT NULL, -- the certificate and its chain
  private_key BYTEA NOT NULL, -- sealed PKCS #8
  account TEXT NOT NULL, -- the account at the vendor that renews it
  not_after BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('current', 'former')),
  refused TEXT, -- what the provider said of it, if it refused it
  uploaded_at BIGINT NOT NULL,
  PRIMARY KEY (org, topic)
);
CREATE UNIQUE INDEX push_credentials_current ON push_credentials (org) WHERE state = 'current';

-- How long devices took to call home after a push, counted by hour and by bounded classes.
CREATE TABLE wake_latencies (
  org TEXT NOT NULL,
  hour BIGINT NOT NULL, -- instant at which the hour begins
  up_to_ms BIGINT NOT NULL, -- -1: longer than the longest class
  count BIGINT NOT NULL,
  PRIMARY KEY (org, hour, up_to_ms)
);

-- Up to when latencies have been counted.
CREATE TABLE wake_counted (
  org TEXT PRIMARY KEY,
  at BIGINT NOT NULL
);
