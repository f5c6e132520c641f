-- The apps each device listed, one row each, so that one app is found on all devices without opening every list. Of personal devices only those that are managed.
CREATE TABLE device_apps (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  app TEXT NOT NULL, -- the identifier that its platform knows it by
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  managed BIGINT NOT NULL, -- 1: the org put it there; 0 also where nobody said
  PRIMARY KEY (org, device, app),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE
);
CREATE INDEX device_apps_by_app ON device_apps (org, app, device);

-- Every app that some device ever listed, with how many do, counted anew by a job soon after a list changed.
CREATE TABLE known_apps (
  org TEXT NOT NULL,
  app TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- name and identifier, folded
  devices BIGINT NOT NULL,
  PRIMARY KEY (org, app)
);
CREATE INDEX known_apps_by_count ON known_apps (org, devices, app);
