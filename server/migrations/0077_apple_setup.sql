-- What a device proved of itself before it was given its profile, and who signed in on it: the enrollment that follows must be of that device.
CREATE TABLE apple_arrivals (
  org TEXT NOT NULL,
  arrival TEXT NOT NULL,
  door TEXT NOT NULL, -- auto, ota, byod or adde
  setup TEXT, -- how promised devices are received; NULL where none was promised
  serial TEXT,
  udid TEXT,
  digest TEXT NOT NULL, -- SHA-256 of what the device signed: the same again is told from another
  signed_at BIGINT, -- what the signature says; NULL: it says nothing
  user_id TEXT, -- who signed in
  at BIGINT NOT NULL,
  PRIMARY KEY (org, arrival)
);
CREATE INDEX apple_arrivals_by_digest ON apple_arrivals (org, digest);

-- Someone who is signing in on a device that wants to enroll. The secret is in the page's form; what is kept only recognizes it.
CREATE TABLE apple_signins (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  door TEXT NOT NULL, -- auto, byod or adde
  setup TEXT,
  machine TEXT, -- JSON: what the device proved of itself; NULL where it has proved nothing yet
  user_id TEXT, -- whom the code was mailed to; NULL: nobody we know
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);

-- Proofs that someone signed in, which their device shows when it fetches its profile.
CREATE TABLE apple_bearers (
  hash TEXT PRIMARY KEY, -- SHA-256
  org TEXT NOT NULL,
  user_id TEXT NOT NULL,
  mode TEXT NOT NULL, -- byod or adde
  expires_at BIGINT NOT NULL
);

-- How people may enroll their own devices by signing in: which ways are open, and who proves who they are.
CREATE TABLE apple_account_doors (
  org TEXT PRIMARY KEY,
  byod BIGINT NOT NULL, -- 1: personal devices, work data alone
  adde BIGINT NOT NULL, -- 1: devices of the org
  way TEXT NOT NULL, -- web: a mailed code; oauth2: the issuer below
  issuer TEXT, -- base URL of an OpenID Connect issuer
  client_id TEXT,
  audience TEXT, -- that tokens must be for; NULL: client_id
  scope TEXT NOT NULL,
  claim TEXT NOT NULL, -- which of a token's claims is the person's address
  document TEXT, -- JSON: what the issuer says of itself
  keys TEXT, -- JSON: its public keys
  read_at BIGINT,
  problem TEXT -- why the issuer could not be read; NULL: it could
);

-- Domains of people's addresses, by which a device finds the org it is to enroll with.
CREATE TABLE apple_account_domains (
  domain TEXT PRIMARY KEY,
  org TEXT NOT NULL
);

-- What a setup decides that only Apple devices have: the first account of a Mac, and what an erased device comes back with.
CREATE TABLE apple_setups (
  org TEXT NOT NULL,
  setup TEXT NOT NULL,
  choices TEXT NOT NULL, -- JSON
  wifi BYTEA, -- sealed: a profile of the network that an erased device joins
  PRIMARY KEY (org, setup)
);

-- How account-driven enrollment binds the profile to a person; both stay for as long as the enrollment does. NULL: enrolled otherwise.
ALTER TABLE apple_offers ADD COLUMN mode TEXT;
ALTER TABLE apple_offers ADD COLUMN managed_account TEXT;
ALTER TABLE apple_enrollments ADD COLUMN mode TEXT;
ALTER TABLE apple_enrollments ADD COLUMN managed_account TEXT;
ALTER TABLE apple_enrollments ADD COLUMN setup TEXT; -- the setup that received the device
