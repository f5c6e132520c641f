-- Rights to an account at our certificate server that an admin gave away, with the names it may ask certificates for (RFC 8555 §7.3.4).
CREATE TABLE acme_bindings (
  org TEXT NOT NULL,
  id TEXT NOT NULL, -- the key identifier that clients name
  name TEXT NOT NULL,
  secret BYTEA NOT NULL, -- sealed; 32 bytes
  names TEXT NOT NULL, -- JSON: host names, or *.suffix for everything below
  port BIGINT NOT NULL, -- where http-01 is asked
  created_at BIGINT NOT NULL,
  used_at BIGINT, -- when an account was made with it
  revoked_at BIGINT,
  PRIMARY KEY (org, id)
);

-- Accounts of clients at our certificate server, each known by its key.
CREATE TABLE acme_accounts (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  thumbprint TEXT NOT NULL, -- RFC 7638
  jwk TEXT NOT NULL,
  contacts TEXT NOT NULL, -- JSON
  binding TEXT, -- absent: may ask for identities of devices only
  state TEXT NOT NULL CHECK (state IN ('valid', 'deactivated', 'revoked')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX acme_accounts_by_key ON acme_accounts (org, thumbprint);

-- What clients asked certificates for.
CREATE TABLE acme_orders (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  account TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'ready', 'valid', 'invalid')),
  error TEXT, -- JSON: a problem of RFC 8555 §6.7
  certificate TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX acme_orders_by_age ON acme_orders (org, expires_at);
CREATE INDEX acme_orders_by_account ON acme_orders (org, account, created_at);

-- The proof of one name of an order: one challenge each.
CREATE TABLE acme_authorizations (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  account TEXT NOT NULL,
  type TEXT NOT NULL, -- dns, permanent-identifier
  value TEXT NOT NULL, -- of a permanent identifier only its hash
  named BYTEA, -- sealed: the permanent identifier as the client wrote it, which it wants to read again
  token TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'valid', 'invalid')),
  tries BIGINT NOT NULL,
  error TEXT, -- JSON
  attested TEXT, -- JSON: what the maker of the device says of it
  validated_at BIGINT,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX acme_authorizations_by_order ON acme_authorizations (org, order_id);
CREATE INDEX acme_authorizations_by_age ON acme_authorizations (org, expires_at);

-- Nonces given to clients and not used yet; each is good once (RFC 8555 §6.5).
CREATE TABLE acme_nonces (
  nonce TEXT PRIMARY KEY, -- SHA-256
  expires_at BIGINT NOT NULL
);
CREATE INDEX acme_nonces_by_age ON acme_nonces (expires_at);

-- What makers of devices attested of the key in a certificate that we issued.
CREATE TABLE attested_keys (
  org TEXT NOT NULL,
  certificate TEXT NOT NULL,
  serial TEXT,
  udid TEXT,
  os_version TEXT,
  sep_version TEXT,
  root TEXT NOT NULL, -- fingerprint of the authority
  at BIGINT NOT NULL,
  PRIMARY KEY (org, certificate)
);

-- Authorities of makers of devices whose attestations an org believes.
CREATE TABLE attestation_roots (
  org TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  subject TEXT NOT NULL,
  der BYTEA NOT NULL,
  not_after BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  PRIMARY KEY (org, fingerprint)
);

-- Which device a proof is meant for, where that is known before; another one's attestation does not fit it.
ALTER TABLE challenges ADD COLUMN serial TEXT;
