-- How far a device was with each thing it should have. What is wanted, sent or on its way out is all pending.
CREATE TABLE item_past (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  account TEXT NOT NULL,
  item TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT,
  device TEXT NOT NULL,
  kind TEXT NOT NULL,
  policy TEXT NOT NULL,
  policy_version BIGINT NOT NULL,
  state TEXT NOT NULL, -- pending, installed, failed, blocked, unsupported
  PRIMARY KEY (org, enrollment, account, item, since)
);
CREATE INDEX item_past_by_device ON item_past (org, device, since);
CREATE INDEX item_past_by_policy ON item_past (org, policy, device);
CREATE INDEX item_past_by_age ON item_past (org, until) WHERE until IS NOT NULL;

-- What is there already has been so at least since the newest event.
INSERT INTO item_past (org, enrollment, account, item, since, until, device, kind, policy, policy_version, state)
SELECT i.org, i.enrollment, i.account, i.item, p.at, NULL, i.device, i.kind, i.policy, i.policy_version,
  CASE WHEN i.state IN ('installed', 'failed', 'blocked', 'unsupported') THEN i.state ELSE 'pending' END
FROM item_status i JOIN past_begins p ON p.org = i.org;
