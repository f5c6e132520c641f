-- Who is told first of the end of something in custody, who answers for it, and how far its end was announced. What certificates know of
-- themselves (team, account, contact) stays with them; for everything else it is here.
CREATE TABLE keepings (
  org TEXT NOT NULL,
  ref TEXT NOT NULL, -- push:<topic>, the id of a program or certificate, or the purpose of what renews itself
  owner TEXT, -- the admin who is told first
  team TEXT,
  account TEXT,
  contact TEXT,
  announced_days BIGINT, -- the nearest of 60, 30, 14, 7, 3 and 1 that was announced
  announced_for BIGINT, -- the end that was announced
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, ref)
);

-- Accounts at vendors that the fleet depends on: what for, who answers, and who is reached when nobody can sign in.
CREATE TABLE external_accounts (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  address TEXT NOT NULL, -- as it is typed at the vendor
  service TEXT NOT NULL, -- push, business, school, content, developer, google, microsoft, other
  purpose TEXT NOT NULL,
  team TEXT,
  contact TEXT,
  note TEXT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX external_accounts_by_service ON external_accounts (org, service, address);

-- What is known of each address that custody depends on: whose it is, what is wrong with it, and when somebody last proved that mail reaches it.
CREATE TABLE custody_addresses (
  org TEXT NOT NULL,
  address TEXT NOT NULL, -- folded
  person TEXT, -- id of the user or admin whose own address it was seen to be
  trouble TEXT, -- personal, free, deactivated, malformed
  since BIGINT NOT NULL, -- of the trouble, or when it was first seen
  asked_at BIGINT, -- when the verification mail was last written
  secret_hash TEXT, -- of the link in that mail
  asked_until BIGINT,
  verified_at BIGINT,
  told_at BIGINT, -- when it was told that a year has passed without an answer
  PRIMARY KEY (org, address)
);
CREATE UNIQUE INDEX custody_addresses_by_secret ON custody_addresses (secret_hash) WHERE secret_hash IS NOT NULL;

-- The last answer of each check of the set-up.
CREATE TABLE setup_checks (
  org TEXT NOT NULL,
  code TEXT NOT NULL,
  state TEXT NOT NULL, -- ok, attention, danger, unknown
  facts TEXT NOT NULL, -- JSON
  checked_at BIGINT NOT NULL,
  PRIMARY KEY (org, code)
);

-- Since when a check of the set-up is wanted; absent when none is.
CREATE TABLE setup_check_runs (
  org TEXT PRIMARY KEY,
  asked_at BIGINT NOT NULL,
  ended_at BIGINT
);

-- Backups that whoever makes them told of.
CREATE TABLE backups_told (
  org TEXT PRIMARY KEY,
  made_at BIGINT NOT NULL,
  bytes BIGINT,
  told_at BIGINT NOT NULL
);

-- The new push certificate on its way: our key and request, the request as a vendor signed it, and what came back. One per org at a time.
CREATE TABLE push_renewals (
  org TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  state TEXT NOT NULL, -- made, signing, mailed, signed, offered
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  request BYTEA NOT NULL, -- PKCS #10, DER
  private_key BYTEA NOT NULL, -- sealed PKCS #8
  opening BYTEA NOT NULL, -- certificate that signing services encrypt their answer to, DER
  opening_key BYTEA NOT NULL, -- sealed PKCS #8 that opens it
  signed TEXT, -- what is uploaded to the vendor, base64
  way TEXT, -- vendor, service, upload
  problem TEXT, -- code of what went wrong with the signing service
  problem_text TEXT,
  made_at BIGINT NOT NULL,
  signed_at BIGINT,
  offered TEXT, -- the new certificate and its chain, PEM
  topic TEXT,
  not_after BIGINT,
  serial TEXT,
  account TEXT,
  replaces BIGINT NOT NULL DEFAULT 0, -- how many devices it was agreed to lose
  offered_at BIGINT,
  trial TEXT, -- asked, accepted, answered, refused, silent
  trial_enrollment TEXT,
  trial_device TEXT,
  trial_reason TEXT,
  trial_at BIGINT,
  trial_ended_at BIGINT
);

-- Push certificates that were replaced by a newer one of the same topic, kept so that one can go back.
CREATE TABLE push_past (
  org TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  topic TEXT NOT NULL,
  pem TEXT NOT NULL,
  private_key BYTEA NOT NULL, -- sealed PKCS #8
  account TEXT NOT NULL,
  not_after BIGINT NOT NULL,
  serial TEXT NOT NULL,
  replaced_at BIGINT NOT NULL,
  PRIMARY KEY (org, fingerprint)
);

-- How requests for push certificates are signed: a vendor certificate of our own, or a service that is asked.
CREATE TABLE push_signers (
  org TEXT NOT NULL,
  way TEXT NOT NULL, -- vendor, service
  url TEXT,
  email TEXT,
  secret BYTEA, -- sealed: the private key of the vendor certificate, or what the service wants to be shown
  pem TEXT, -- the vendor certificate and its chain up to the root
  not_after BIGINT,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, way)
);
