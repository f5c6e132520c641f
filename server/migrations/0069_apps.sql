-- The catalog: what can be put on devices. What a device should have of it is said by policies.
CREATE TABLE apps (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  platform TEXT NOT NULL, -- the system it is made for; iPhones and iPads are one here
  kind TEXT NOT NULL CHECK (kind IN ('store', 'custom', 'file', 'web', 'book')),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded
  publisher TEXT NOT NULL,
  bundle TEXT, -- by which devices know it
  store_id TEXT, -- by which its store knows it
  address TEXT, -- what a web app opens
  icon TEXT, -- JSON: content type and base64 of a small picture
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of unit, kept in step
  needs_seat BIGINT NOT NULL, -- 1: a right to it is needed before it is sent
  form TEXT, -- JSON: the keys of its managed configuration, from its vendor's file
  signer TEXT, -- who must have signed its files; NULL until the first
  latest TEXT, -- the release that `latest` means
  look TEXT, -- JSON: the last look-up in the store: state, code, instant
  revision BIGINT NOT NULL, -- grows when devices must hear of a change
  search TEXT NOT NULL, -- folded
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  archived_at BIGINT,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE INDEX apps_by_unit ON apps (org, unit_path);
CREATE INDEX apps_by_bundle ON apps (org, bundle) WHERE bundle IS NOT NULL;
CREATE INDEX apps_by_store ON apps (org, store_id) WHERE store_id IS NOT NULL;

-- One installable version of an app of our own, with its file.
CREATE TABLE releases (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  app TEXT NOT NULL,
  version TEXT NOT NULL, -- as devices compare it
  short_version TEXT NOT NULL, -- as people read it
  minimum_os TEXT,
  format TEXT NOT NULL, -- ipa or pkg
  name TEXT NOT NULL, -- of the file
  blob TEXT NOT NULL, -- SHA-256
  size BIGINT NOT NULL,
  signer TEXT, -- what of the signature later releases must share
  signer_name TEXT,
  expires_at BIGINT, -- when what lets it run ends
  facts TEXT NOT NULL, -- JSON: what else was read in the file
  added_at BIGINT NOT NULL,
  withdrawn_at BIGINT,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, app) REFERENCES apps (org, id)
);
CREATE INDEX releases_by_app ON releases (org, app, id);
CREATE INDEX releases_by_blob ON releases (blob);
CREATE INDEX releases_expiring ON releases (org, expires_at) WHERE expires_at IS NOT NULL;

-- How far an app is on a device that should have it, may have it, or has it by us.
CREATE TABLE app_status (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  app TEXT NOT NULL,
  presence TEXT NOT NULL, -- what is wanted: required, available, forbidden, removed; '' when nothing is any more
  state TEXT NOT NULL CHECK (state IN ('wanted', 'license', 'sent', 'downloading', 'installing', 'asking', 'installed', 'updating', 'failed', 'rejected', 'removed')),
  version TEXT, -- that the device said it has
  reason TEXT, -- JSON: code and facts
  since BIGINT NOT NULL, -- in this state
  heard_at BIGINT, -- when the device last spoke of it
  PRIMARY KEY (org, device, app)
);
CREATE INDEX app_status_by_app ON app_status (org, app, state, device);

-- That a person asked for an app that is offered to them, on one device.
CREATE TABLE app_wishes (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  app TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, device, app)
);
