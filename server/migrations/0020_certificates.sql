-- Everything that was certified: by our own issuers (also every device identity), or by others and kept in our custody.
-- Rows of the server itself, which stands before any org does, have the empty org.
CREATE TABLE certificates (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  fingerprint TEXT NOT NULL, -- SHA-256 of the DER, hex
  purpose TEXT NOT NULL, -- ca-tls, ca-device, ca-scep, tls, profile-signing, apns, device
  issuer TEXT, -- id of our certificate that signed it; absent for roots and foreign ones
  subject TEXT NOT NULL,
  issuer_name TEXT NOT NULL,
  serial TEXT NOT NULL,
  not_before BIGINT NOT NULL,
  not_after BIGINT NOT NULL,
  der BYTEA, -- of a device identity only until it is fetched for sure
  chain TEXT, -- JSON: the certificates above a foreign one, DER in base64
  key_hash TEXT NOT NULL, -- SHA-256 of the public key, hex
  owner_kind TEXT NOT NULL, -- invitation, enrollment, issuer, push
  owner_id TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'retired', 'revoked')),
  renews TEXT, -- id of the certificate that asked for this one
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX certificates_by_fingerprint ON certificates (fingerprint);
CREATE INDEX certificates_by_owner ON certificates (org, owner_id);
CREATE INDEX certificates_in_custody ON certificates (org, not_after) WHERE purpose <> 'device';
CREATE INDEX certificates_active_devices ON certificates (org, issuer) WHERE purpose = 'device' AND state = 'active';
CREATE INDEX certificates_ended ON certificates (org, not_after) WHERE purpose = 'device' AND state <> 'active';
CREATE INDEX certificates_held ON certificates (org, created_at) WHERE purpose = 'device' AND der IS NOT NULL;

-- Our own keys that sign or prove something, with the certificate each belongs to. One active per org and purpose.
CREATE TABLE issuers (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  certificate TEXT NOT NULL,
  der BYTEA NOT NULL,
  private_key BYTEA NOT NULL, -- sealed PKCS #8
  state TEXT NOT NULL CHECK (state IN ('active', 'retired')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX issuers_active ON issuers (org, purpose) WHERE state = 'active';

-- One-time proofs asked before signing, bound to what they were made for. Only their hash is kept.
CREATE TABLE challenges (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  for_kind TEXT NOT NULL,
  for_id TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  used_key_hash TEXT, -- of the key it was used with: the same client may ask again
  certificate TEXT, -- what was issued for it
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX challenges_by_secret ON challenges (secret_hash);
CREATE INDEX challenges_by_age ON challenges (org, expires_at);

-- Who answers for a certificate in the eyes of an org, and how far its expiry was announced there.
CREATE TABLE custody (
  org TEXT NOT NULL,
  certificate TEXT NOT NULL,
  owner TEXT,
  account TEXT, -- the account at the vendor that can renew it
  contact TEXT,
  warned_days BIGINT, -- the nearest expiry already announced to this org
  PRIMARY KEY (org, certificate)
);
