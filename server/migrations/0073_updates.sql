-- Versions of systems that vendors offer, one row for each build; what a vendor does not name any more stays, marked as gone.
CREATE TABLE update_releases (
  org TEXT NOT NULL,
  platform TEXT NOT NULL,
  version TEXT NOT NULL, -- as people say it, with a supplement: 26.0.1 (a)
  build TEXT NOT NULL,
  background BIGINT NOT NULL, -- 1: a security improvement between versions, which nobody can demand
  open BIGINT NOT NULL, -- 1: offered to everybody; 0: only still signed, so that it can be demanded
  version_key BIGINT NOT NULL, -- compares as versions do, without the supplement
  supplement TEXT NOT NULL, -- the letter, or nothing
  hardware TEXT NOT NULL, -- JSON: the hardware that can take it
  posted_at BIGINT NOT NULL,
  expires_at BIGINT, -- the vendor stops signing it then
  first_at BIGINT NOT NULL,
  gone_at BIGINT, -- since when the vendor does not name it
  PRIMARY KEY (org, platform, version, build)
);

-- How we are in step with each vendor's list of versions.
CREATE TABLE update_feeds (
  org TEXT NOT NULL,
  source TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('good', 'empty', 'unread', 'silent')),
  problem TEXT, -- code: why it is not good
  asked_at BIGINT NOT NULL,
  good_at BIGINT,
  PRIMARY KEY (org, source)
);

-- How each device stands to the newest version of its platform, looked at in the background.
CREATE TABLE update_standings (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  platform TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('latest', 'previous', 'behind', 'unsupported', 'unknown')),
  newest TEXT, -- what its hardware could have
  looked_at BIGINT NOT NULL,
  PRIMARY KEY (org, device),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE INDEX update_standings_by_standing ON update_standings (org, standing, device);

-- The numbers of the same by unit, kept in the transaction that looked, so that a screen adds up few rows.
CREATE TABLE update_counts (
  org TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  platform TEXT NOT NULL,
  standing TEXT NOT NULL,
  devices BIGINT NOT NULL,
  at BIGINT NOT NULL, -- when it was counted
  PRIMARY KEY (org, unit_path, platform, standing)
);

-- A version on its way to devices in waves, by a date.
CREATE TABLE campaigns (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  filter TEXT NOT NULL, -- which devices below the unit
  platforms TEXT NOT NULL, -- JSON
  follows BIGINT NOT NULL, -- 1: the newest version that is old enough, by itself
  behind_days BIGINT NOT NULL, -- of one that follows: how old a version must be
  major BIGINT, -- of one that follows: within this major version
  targets TEXT NOT NULL, -- JSON: what is wanted now, by platform
  note TEXT NOT NULL, -- which vulnerability, or why
  details TEXT NOT NULL, -- an address that the person is shown
  due TEXT NOT NULL, -- local time of each device, without a zone; of one that follows, of this round
  due_days BIGINT NOT NULL, -- of one that follows: days from the beginning of a round
  due_time TEXT NOT NULL, -- of one that follows: at which local time
  waves TEXT NOT NULL, -- JSON: percent, growing, the last one 100
  watch_ms BIGINT NOT NULL, -- how long a wave is watched before the next
  halts BIGINT NOT NULL, -- 1: it halts by itself
  stop_above_percent BIGINT NOT NULL, -- of those that answered: when more fail, it halts
  drop_percent BIGINT NOT NULL, -- when so many more of those reached fall silent than of the others, it halts
  state TEXT NOT NULL CHECK (state IN ('draft', 'running', 'paused', 'halted', 'done', 'stopped')),
  reason TEXT, -- code: why it halted
  facts TEXT NOT NULL, -- JSON: the numbers that made it halt
  round BIGINT NOT NULL, -- grows with every new target
  wave BIGINT NOT NULL, -- which one is out, from 0
  wave_at BIGINT, -- since when
  policy TEXT,
  blueprint TEXT,
  assignment TEXT,
  pass_at BIGINT, -- when the look at the devices that is under way began
  pass_after TEXT, -- how far it is
  looked_at BIGINT, -- when the last whole look ended
  counts TEXT NOT NULL, -- JSON: what it found
  by_kind TEXT NOT NULL,
  by_id TEXT,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX campaigns_by_name ON campaigns (org, name_key) WHERE ended_at IS NULL;
CREATE INDEX campaigns_by_start ON campaigns (org, created_at, id);

-- How each device of a campaign fares.
CREATE TABLE campaign_devices (
  org TEXT NOT NULL,
  campaign TEXT NOT NULL,
  device TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  share BIGINT NOT NULL, -- its place among the others: those with the smallest are first
  standing TEXT NOT NULL CHECK (standing IN ('eligible', 'blocked', 'done', 'unknown', 'excepted')),
  why TEXT, -- code
  step TEXT, -- how far it is, in the words of the device's facts
  failed BIGINT NOT NULL, -- 1: it tried and the version failed
  version TEXT NOT NULL, -- what it runs
  tries_before BIGINT NOT NULL, -- failures it had counted before it was reached
  reached_at BIGINT, -- when the wave came to it, in this round
  heard_at BIGINT NOT NULL, -- its last contact at that time
  silent BIGINT NOT NULL, -- 1: it was heard before and is not now
  ordered_at BIGINT, -- when it was last ordered to install, where it cannot be demanded
  done_at BIGINT,
  looked_at BIGINT NOT NULL,
  PRIMARY KEY (org, campaign, device),
  FOREIGN KEY (org, campaign) REFERENCES campaigns (org, id) ON DELETE CASCADE,
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE INDEX campaign_devices_by_standing ON campaign_devices (org, campaign, standing, device);
CREATE INDEX campaign_devices_by_device ON campaign_devices (org, device);
CREATE INDEX campaign_devices_next ON campaign_devices (org, campaign, share) WHERE reached_at IS NULL;

-- The burn-down: what a look found, kept.
CREATE TABLE campaign_points (
  org TEXT NOT NULL,
  campaign TEXT NOT NULL,
  at BIGINT NOT NULL,
  round BIGINT NOT NULL,
  counts TEXT NOT NULL, -- JSON
  PRIMARY KEY (org, campaign, at),
  FOREIGN KEY (org, campaign) REFERENCES campaigns (org, id) ON DELETE CASCADE
);

-- Devices that need not follow a campaign for a while.
CREATE TABLE campaign_exceptions (
  org TEXT NOT NULL,
  campaign TEXT NOT NULL,
  device TEXT NOT NULL,
  reason TEXT NOT NULL,
  until BIGINT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, campaign, device),
  FOREIGN KEY (org, campaign) REFERENCES campaigns (org, id) ON DELETE CASCADE,
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
