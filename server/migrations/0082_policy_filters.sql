-- Lists of devices look for those that have not everything they should have: only the few rows that are under way or stuck are in these two.
CREATE INDEX items_unsettled ON item_status (org, device, state) WHERE state <> 'installed' AND state <> 'unsupported';
CREATE INDEX items_stuck ON item_status (org, state, device, changed_at) WHERE state IN ('failed', 'blocked');

-- Rollouts that stopped by themselves.
CREATE INDEX rollouts_stopped ON rollouts (org, ended_at) WHERE state = 'stopped';

-- Devices that were told of a change and say nothing about it.
CREATE INDEX apple_channels_stalled ON apple_channels (org, stalled_at, device) WHERE stalled_at IS NOT NULL;

-- Planned changes that a person should look at.
CREATE INDEX changes_open ON changes (org, state, created_at) WHERE state IN ('draft', 'stopped');
