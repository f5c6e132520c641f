-- What each managed device should have. The row stays when its management ends (enrollment NULL), so that its generation only grows.
CREATE TABLE desired (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  enrollment TEXT, -- the one it is delivered to; NULL: the device is not managed
  unit_path TEXT NOT NULL, -- of the device when this was computed: counts are cut to what their reader may see
  generation BIGINT NOT NULL,
  effective TEXT NOT NULL, -- which of effective_sets; '' for none
  inputs TEXT NOT NULL, -- hash of everything that its rows in item_status follow from: equal means that nothing is to be done
  at BIGINT NOT NULL, -- since when it has this generation
  reached BIGINT NOT NULL, -- newest generation that the device has had in full
  reached_at BIGINT,
  PRIMARY KEY (org, device)
);
CREATE INDEX desired_by_set ON desired (org, effective, device);

-- Effective items with their provenance, once for all devices that have exactly these. Removed when no device has them any more.
CREATE TABLE effective_sets (
  org TEXT NOT NULL,
  hash TEXT NOT NULL, -- of the body before it was deflated
  body BYTEA NOT NULL, -- JSON, deflated
  made_at BIGINT NOT NULL,
  PRIMARY KEY (org, hash)
);

-- What spoke in a set: policies, blueprints, assignments, rollouts, trials. Finds the devices that have something from one of them without computing.
CREATE TABLE effective_sources (
  org TEXT NOT NULL,
  source TEXT NOT NULL, -- its id
  hash TEXT NOT NULL, -- of the set
  item TEXT NOT NULL, -- of a policy: the item it speaks about; else ''
  version BIGINT NOT NULL, -- of a policy: which of its versions; else 0
  nearest BIGINT NOT NULL, -- 1: no other policy is nearer for this item, and item_status names it too
  PRIMARY KEY (org, source, hash, item)
);
CREATE INDEX effective_sources_by_set ON effective_sources (org, hash);

-- One thing on one channel of an enrollment: what is wanted, what was sent, what the device said. A row is gone when the thing is neither wanted nor on the device.
CREATE TABLE item_status (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  account TEXT NOT NULL, -- whose channel it goes by; '' for the device itself
  item TEXT NOT NULL, -- kind, or kind#instance
  device TEXT NOT NULL,
  kind TEXT NOT NULL,
  policy TEXT NOT NULL, -- the nearest it comes from
  policy_version BIGINT NOT NULL,
  claims TEXT NOT NULL, -- JSON: what it takes on a device that no two things can hold at once
  needs TEXT NOT NULL, -- JSON: items that must be there before
  wanted TEXT, -- the version that should be there; NULL: it is to be removed
  sent TEXT, -- the version handed over last; '' for the order to remove it; NULL: never
  has TEXT, -- the version the device said it has
  state TEXT NOT NULL CHECK (state IN ('wanted', 'sent', 'installed', 'failed', 'removing', 'unsupported', 'blocked', 'waiting')),
  attempts BIGINT NOT NULL, -- how often it was handed over since it is wanted so
  not_before BIGINT, -- when it may be handed over again; NULL: at once, or of failed and installed ones never
  look_at BIGINT, -- when the sweep wakes its device for it or gives it up; NULL: it has, or need not
  error TEXT, -- JSON: code and facts of why it failed, is blocked, is not supported or waits
  sent_at BIGINT,
  reported_at BIGINT, -- when the device last said something about it
  changed_at BIGINT NOT NULL, -- since when it is in this state
  drifted_at BIGINT, -- since when the device has it otherwise than it had said; NULL: it has not
  repairs BIGINT NOT NULL, -- how often it was repaired
  repairs_since BIGINT, -- since when that is counted
  via TEXT, -- in which of the platform's ways it goes
  handle TEXT, -- what the platform needs to find it again on the device
  PRIMARY KEY (org, enrollment, account, item),
  CHECK (state <> 'removing' OR wanted IS NULL)
);
-- These two hold columns that change: an item changes a few times in its life, not at every contact, and lists are read far more often.
CREATE INDEX items_by_policy ON item_status (org, policy, state, device, policy_version);
CREATE INDEX items_due ON item_status (org, look_at) WHERE look_at IS NOT NULL;

-- Devices whose desired items must be computed anew. Each marking gives another mark, so that what is marked while it is computed is computed again.
CREATE TABLE dirty_devices (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  mark TEXT NOT NULL, -- random
  since BIGINT NOT NULL, -- of the oldest mark that was not computed: how late we are
  PRIMARY KEY (org, device)
);
CREATE INDEX dirty_by_age ON dirty_devices (org, since);

-- How far each reader of the sealed log has come.
CREATE TABLE followers (
  org TEXT NOT NULL,
  name TEXT NOT NULL,
  place BIGINT NOT NULL, -- sequence of the newest event that it has done all for; or an instant
  PRIMARY KEY (org, name)
);
