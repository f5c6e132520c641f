-- A version of what an org has agreed to collect and to order on devices. The newest that is in force holds; without any the balanced preset does.
CREATE TABLE charters (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  rules TEXT NOT NULL, -- JSON: rules of collecting and of ordering, days of keeping
  cosigners TEXT NOT NULL, -- JSON: ids of the admins whose signatures loosening takes
  hash TEXT NOT NULL, -- SHA-256 of rules and cosigners in canonical form
  signatures TEXT NOT NULL, -- JSON: who signed the change that made it, when, with which passkey
  why TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX charters_by_version ON charters (org, version);

-- A change of the charter that loosens something and waits for signatures, or, where nobody is named, for its delay.
CREATE TABLE charter_changes (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  base TEXT, -- the charter it changes; null: the preset an org begins with
  rules TEXT NOT NULL,
  cosigners TEXT NOT NULL,
  hash TEXT NOT NULL, -- what is signed: the new charter, what it loosens, the charter it changes
  differences TEXT NOT NULL, -- JSON
  signers TEXT NOT NULL, -- JSON: who must sign
  signatures TEXT NOT NULL,
  why TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'applied', 'refused', 'withdrawn', 'outdated')),
  state_by TEXT,
  state_reason TEXT,
  effective_at BIGINT, -- when it takes effect by itself, where nobody is named to sign
  by_kind TEXT NOT NULL,
  by_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX charter_changes_open ON charter_changes (org, state, at);

-- A read of what is hidden or sealed, by whom and why. It opens the thing for who looked until it is over; whose device it is sees it for ever.
CREATE TABLE looks (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  device TEXT NOT NULL,
  user_id TEXT, -- who had the device then
  what TEXT NOT NULL,
  purpose TEXT NOT NULL,
  incident TEXT,
  by_kind TEXT NOT NULL,
  by_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX looks_by_device ON looks (org, device, at);
CREATE INDEX looks_by_user ON looks (org, user_id, at);
CREATE INDEX looks_by_at ON looks (org, at);

-- How much of what a device sent was not stored, per day. It holds no values.
CREATE TABLE drops (
  org TEXT NOT NULL,
  day BIGINT NOT NULL,
  type TEXT NOT NULL,
  count BIGINT NOT NULL,
  told BIGINT NOT NULL DEFAULT 0, -- how many of them the log knows of
  PRIMARY KEY (org, day, type)
);

-- Devices whose stored data must be held against the charter again, because it or the device changed.
CREATE TABLE sweeps (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  why TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, device)
);

-- Nothing of this device is deleted for its age while a hold stands. What a charter forbids is deleted all the same.
CREATE TABLE holds (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  reason TEXT NOT NULL,
  incident TEXT,
  by_kind TEXT NOT NULL,
  by_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, device)
);

-- What the last examination of the invariants found.
CREATE TABLE privacy_checks (
  org TEXT NOT NULL,
  at BIGINT NOT NULL,
  results TEXT NOT NULL, -- JSON
  PRIMARY KEY (org)
);
