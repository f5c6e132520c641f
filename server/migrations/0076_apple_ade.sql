-- Keys that a vendor encrypts server tokens to: made here, their certificates uploaded there. A program keeps the one its token came by.
CREATE TABLE ade_keys (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  program TEXT, -- NULL: no token has come for it yet
  certificate BYTEA NOT NULL, -- DER
  secret BYTEA NOT NULL, -- sealed
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);

-- How far one program has been read. The cursor moves in the transaction that stores its page.
CREATE TABLE ade_clients (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('full', 'since')), -- reading everything, or what changed
  cursor TEXT,
  round BIGINT NOT NULL, -- grows with every full reading
  restarts BIGINT NOT NULL, -- full readings in a row that the vendor broke off
  full_at BIGINT, -- the last full reading ended
  account_at BIGINT, -- the account was last asked for
  limits TEXT, -- JSON: path to the most devices at once
  wait_until BIGINT, -- the vendor asked us to be silent until then
  PRIMARY KEY (org, program)
);

-- What the vendor calls our setups. Rows stay after a setup changed or went: they tell ours from what others assign.
CREATE TABLE ade_definitions (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  uuid TEXT NOT NULL, -- the vendor's; what it refused has one of ours
  setup TEXT NOT NULL,
  content TEXT NOT NULL, -- hash of what was defined
  state TEXT NOT NULL CHECK (state IN ('current', 'past', 'refused')),
  problem TEXT, -- the vendor's own words
  at BIGINT NOT NULL,
  PRIMARY KEY (org, program, uuid)
);
CREATE INDEX ade_definitions_by_setup ON ade_definitions (org, program, setup);
