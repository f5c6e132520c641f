-- Keys that sign documents and orders for agents: one current per org; agents that enrolled under a former one were told of its successor.
CREATE TABLE agent_keys (
  org TEXT NOT NULL,
  kid TEXT NOT NULL, -- RFC 7638 thumbprint
  jwk TEXT NOT NULL,
  private_key BYTEA NOT NULL, -- sealed PKCS #8
  state TEXT NOT NULL CHECK (state IN ('current', 'former')),
  made_at BIGINT NOT NULL,
  PRIMARY KEY (org, kid)
);
CREATE UNIQUE INDEX agent_keys_current ON agent_keys (org) WHERE state = 'current';

-- What an agent that is about to enroll puts into the attestation of its key: good once, for a short time, only by an invitation.
CREATE TABLE agent_challenges (
  org TEXT NOT NULL,
  hash TEXT NOT NULL,
  invitation TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  key_hash TEXT, -- of the key that came with it; absent before
  enrollment TEXT, -- what it led to
  PRIMARY KEY (org, hash)
);
CREATE INDEX agent_challenges_over ON agent_challenges (org, expires_at);

-- What only the enrollment of an agent has: which installation speaks, and what it was last told.
CREATE TABLE agent_enrollments (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  device TEXT NOT NULL,
  mode TEXT NOT NULL,
  instance TEXT NOT NULL, -- of the installation
  boot TEXT, -- of the newest start of the device
  contacts BIGINT NOT NULL, -- the highest count it sent
  cloned_at BIGINT, -- when another installation spoke with its key
  generation BIGINT NOT NULL, -- of the document, only grows
  etag TEXT NOT NULL, -- of the document; '' before the first
  facts_hash TEXT NOT NULL, -- of all facts, as the agent counts them
  apps_hash TEXT NOT NULL, -- of the list of apps
  renew_at BIGINT NOT NULL, -- when its certificate should be renewed
  agent_version TEXT NOT NULL,
  PRIMARY KEY (org, enrollment)
);

-- The keys that agents prove themselves with, by the SHA-256 of their certificate: they outlive what is kept of certificates that have ended.
CREATE TABLE agent_identities (
  org TEXT NOT NULL,
  fingerprint TEXT NOT NULL, -- hex
  enrollment TEXT NOT NULL,
  jwk TEXT NOT NULL,
  not_after BIGINT NOT NULL,
  PRIMARY KEY (org, fingerprint)
);
