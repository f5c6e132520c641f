-- What an org demands of devices, as data.
CREATE TABLE rules (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded
  kind TEXT NOT NULL,
  params TEXT NOT NULL, -- JSON, by kind
  terms TEXT NOT NULL, -- JSON: the filter of a rule over facts as it is evaluated, with units by id
  scope TEXT NOT NULL, -- JSON: ownerships, platforms, tags
  severity TEXT NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  grace_hours BIGINT NOT NULL,
  responses TEXT NOT NULL, -- JSON, in order of their delays
  fix TEXT NOT NULL, -- what the person can do about it, in the admin's own words; '' for the words of the product
  template TEXT, -- which of ours it was made from
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of unit, kept in step
  looked_after TEXT, -- id of the last device judged since the rule changed; null when all have been
  looked BIGINT NOT NULL, -- how many that are
  removed BIGINT NOT NULL, -- 1: only still here until its verdicts are gone
  by_kind TEXT NOT NULL,
  by_id TEXT, -- who made it, in whose name its responses act
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE INDEX rules_by_unit ON rules (org, unit_path);

-- A mark that is another one after every change of a rule, so that processes know what they have kept.
CREATE TABLE rule_marks (
  org TEXT PRIMARY KEY,
  mark TEXT NOT NULL
);

-- What a rule says of a device now. No row: it does not apply to it.
CREATE TABLE verdicts (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  rule TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('compliant', 'grace', 'violating', 'unknown', 'excepted')),
  since BIGINT NOT NULL,
  evidence TEXT, -- JSON: a code with facts, and what was found
  violated_at BIGINT, -- since when it is violated, the time of grace included
  grace_until BIGINT,
  responded BIGINT NOT NULL, -- how many of the responses were carried out since then
  look_at BIGINT, -- when time alone may change it
  unit TEXT NOT NULL, -- where it is counted
  PRIMARY KEY (org, device, rule)
);
CREATE INDEX verdicts_by_rule ON verdicts (org, rule, verdict, device);
CREATE INDEX verdicts_due ON verdicts (org, look_at) WHERE look_at IS NOT NULL;

-- What verdicts have been: one row per change. not-applicable: the rule stopped applying.
CREATE TABLE verdict_history (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  rule TEXT NOT NULL,
  at BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  evidence TEXT,
  PRIMARY KEY (org, device, rule, at)
);
CREATE INDEX verdict_history_by_age ON verdict_history (org, at);

-- The worst of a device's verdicts. No row: no rule applies to it.
CREATE TABLE device_compliance (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('compliant', 'grace', 'violating', 'unknown')),
  since BIGINT NOT NULL,
  violating BIGINT NOT NULL, -- rules violated, also those in their time of grace
  unknown BIGINT NOT NULL,
  severity TEXT, -- of the gravest that is violated
  unit TEXT NOT NULL, -- where it is counted
  unit_path TEXT NOT NULL, -- of unit, kept in step
  user_id TEXT,
  judged_at BIGINT NOT NULL,
  PRIMARY KEY (org, device)
);
CREATE INDEX device_compliance_by_state ON device_compliance (org, state, since, device);
CREATE INDEX device_compliance_by_user ON device_compliance (org, user_id, state) WHERE user_id IS NOT NULL;

-- How many devices of a unit have which verdict by a rule, and (rule '') which state. Kept in step with every verdict, so that nobody counts the fleet.
CREATE TABLE compliance_counts (
  org TEXT NOT NULL,
  unit TEXT NOT NULL,
  rule TEXT NOT NULL,
  verdict TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (org, unit, rule, verdict)
);
CREATE INDEX compliance_counts_by_rule ON compliance_counts (org, rule, verdict);

-- The counts of states as they were at the end of each day (UTC).
CREATE TABLE compliance_days (
  org TEXT NOT NULL,
  day TEXT NOT NULL, -- 2026-11-20
  unit TEXT NOT NULL,
  state TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (org, day, unit, state)
);

-- A device, or every device of a person, need not keep a rule for a while; or someone asks that it need not.
CREATE TABLE exceptions (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  rule TEXT NOT NULL,
  device TEXT,
  user_id TEXT,
  unit_path TEXT NOT NULL, -- of the device or person, kept in step
  state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'denied', 'ended')),
  reason TEXT NOT NULL,
  wrong BIGINT NOT NULL, -- 1: the rule was wrong about it
  until BIGINT NOT NULL,
  asked_kind TEXT NOT NULL,
  asked_id TEXT,
  asked_at BIGINT NOT NULL,
  decided_kind TEXT,
  decided_id TEXT,
  decided_at BIGINT,
  ended_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX exceptions_by_device ON exceptions (org, device, state) WHERE device IS NOT NULL;
CREATE INDEX exceptions_by_user ON exceptions (org, user_id, state) WHERE user_id IS NOT NULL;
CREATE INDEX exceptions_by_state ON exceptions (org, state, until);
CREATE INDEX exceptions_by_rule ON exceptions (org, rule, state);

-- Devices that must be judged anew. Each marking gives another mark, so that what is marked while it is judged is judged again.
CREATE TABLE compliance_dirty (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  mark TEXT NOT NULL, -- random
  since BIGINT NOT NULL,
  PRIMARY KEY (org, device)
);
CREATE INDEX compliance_dirty_by_age ON compliance_dirty (org, since);

-- When the fleet first showed a version of a system: how far others are behind is told from it.
CREATE TABLE seen_versions (
  org TEXT NOT NULL,
  platform TEXT NOT NULL,
  os_key TEXT NOT NULL, -- sorts as versions do
  version TEXT NOT NULL,
  first_at BIGINT NOT NULL,
  PRIMARY KEY (org, platform, os_key)
);
