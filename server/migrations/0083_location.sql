-- The pair of keys that the fixes of an org are sealed to. Whoever keeps a fix needs the public one only.
CREATE TABLE location_keys (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  public_key BYTEA NOT NULL, -- X25519, SPKI
  private_key BYTEA NOT NULL, -- X25519, PKCS #8, sealed
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);

-- Where devices were. What a fix says is sealed to the key; only when it was heard, and what for, is plain.
CREATE TABLE fixes (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  device TEXT NOT NULL,
  search TEXT, -- the search that asked for it; NULL: none was under way
  key_id TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  heard_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, device) REFERENCES devices (org, id) ON DELETE CASCADE,
  FOREIGN KEY (org, key_id) REFERENCES location_keys (org, id)
);
CREATE INDEX fixes_by_device ON fixes (org, device, id);
CREATE INDEX fixes_by_search ON fixes (org, search, id);
CREATE INDEX fixes_outside ON fixes (org, heard_at) WHERE search IS NULL;

-- Times in which a device is looked for. While one lasts its fixes are kept, and may be opened by those who may locate.
CREATE TABLE location_searches (
  org TEXT NOT NULL,
  id TEXT NOT NULL, -- the incident, or the intent that a second person approved
  device TEXT NOT NULL,
  admin TEXT, -- the only one whom it opens fixes to; NULL: whoever may locate the device
  began_at BIGINT NOT NULL,
  until BIGINT, -- it is over then, if not before; NULL: when it is ended
  ended_at BIGINT,
  delete_at BIGINT, -- its fixes are deleted then; NULL: not yet decided
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX location_searches_of_device ON location_searches (org, device) WHERE ended_at IS NULL AND admin IS NULL;
CREATE INDEX location_searches_by_end ON location_searches (org, delete_at);
