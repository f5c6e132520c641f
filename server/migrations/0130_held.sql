-- How a device is held: by which road it was enrolled last, and in which of that road's modes; '' where it never was. What a setting can do depends on both.
ALTER TABLE devices ADD COLUMN road TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN mode TEXT NOT NULL DEFAULT '';
UPDATE devices SET
  road = COALESCE((SELECT MAX(e.platform) FROM enrollments e WHERE e.org = devices.org AND e.device = devices.id AND e.state <> 'ended'), ''),
  mode = COALESCE((SELECT MAX(e.kind) FROM enrollments e WHERE e.org = devices.org AND e.device = devices.id AND e.state <> 'ended'), '');
