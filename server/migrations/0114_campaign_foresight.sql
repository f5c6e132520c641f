-- What a campaign would do, as the look before its start found it, and as it was when it was started; and whether people are told before it is due.
ALTER TABLE campaigns ADD COLUMN foreseen TEXT; -- JSON
ALTER TABLE campaigns ADD COLUMN started_with TEXT; -- JSON: the same, as it was when it was started
ALTER TABLE campaigns ADD COLUMN notices BIGINT NOT NULL DEFAULT 1; -- 0: nobody is told by mail

-- Which notice the person of a device had last: the date it spoke of, and its place among the notices of that date.
ALTER TABLE campaign_devices ADD COLUMN noticed TEXT NOT NULL DEFAULT '';

-- The rule that says what a device meets which did not take the version in time.
CREATE TABLE campaign_gates (
  org TEXT NOT NULL,
  campaign TEXT NOT NULL,
  rule TEXT NOT NULL,
  made BIGINT NOT NULL, -- 1: made for the campaign, follows it and goes with it; 0: a rule that was there
  at BIGINT NOT NULL,
  PRIMARY KEY (org, campaign),
  FOREIGN KEY (org, campaign) REFERENCES campaigns (org, id) ON DELETE CASCADE
);
