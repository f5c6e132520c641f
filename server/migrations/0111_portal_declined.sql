-- Which intent of the guard a device of an act in the portal waits in, and why it was not let go.
ALTER TABLE portal_act_devices ADD COLUMN intent TEXT;
ALTER TABLE portal_act_devices ADD COLUMN why TEXT;
CREATE INDEX portal_act_devices_by_serial ON portal_act_devices (org, serial);
CREATE INDEX portal_act_devices_by_intent ON portal_act_devices (org, intent) WHERE state = 'held';

-- What an act in the portal was ordered for, in the words of who ordered it.
ALTER TABLE portal_acts ADD COLUMN reason TEXT;

-- What Activation Lock was to be lifted for.
ALTER TABLE apple_unlocks ADD COLUMN reason TEXT;

-- Since when the vendor has been at it: what the guard held for long has its whole time from then on.
ALTER TABLE portal_acts ADD COLUMN asked_at BIGINT;
