-- The data key of an org, wrapped by the key file's key.
CREATE TABLE data_keys (
  org TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  wrapped BYTEA NOT NULL,
  created_at BIGINT NOT NULL
);

-- What happened, in the past tense, written in the transaction of the change. seq, hash and sealed_at are filled by the sealing job.
CREATE TABLE events (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  seq BIGINT, -- place in the sealed order, without gaps
  at BIGINT NOT NULL,
  type TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  about_kind TEXT, -- the noun the event is about
  about_id TEXT,
  unit_path TEXT NOT NULL, -- who may see it: path of the unit at that time
  data TEXT NOT NULL, -- JSON, only what the type's allow-list names
  request TEXT NOT NULL,
  hash TEXT, -- of this entry and the one before
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX events_by_seq ON events (org, seq);
CREATE INDEX events_unsealed ON events (org, id) WHERE seq IS NULL;
CREATE INDEX events_by_about ON events (org, about_id, seq);
CREATE INDEX events_by_type ON events (org, type, seq);
CREATE INDEX events_by_actor ON events (org, actor_id, seq);

-- Signed heads of the sealed log: one per sealed batch.
CREATE TABLE event_heads (
  org TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  signature TEXT NOT NULL, -- Ed25519 over org, seq and hash, base64url
  at BIGINT NOT NULL,
  PRIMARY KEY (org, seq)
);

-- The key that signs heads: public part in clear, private part sealed.
CREATE TABLE event_keys (
  org TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  private_key BYTEA NOT NULL
);

-- Work for later. A worker holds a job while leased_until lies ahead; fence grows with each lease, so a late worker cannot finish another's job.
CREATE TABLE jobs (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  dedupe TEXT, -- at most one waiting job per kind and dedupe
  payload TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  leased_until BIGINT,
  fence BIGINT NOT NULL,
  again BIGINT NOT NULL, -- 1: asked for once more while it was running
  state TEXT NOT NULL CHECK (state IN ('waiting', 'dead')),
  last_error TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX jobs_once ON jobs (org, kind, dedupe) WHERE dedupe IS NOT NULL;
CREATE INDEX jobs_due ON jobs (run_at) WHERE state = 'waiting';

-- Answers already given, by Idempotency-Key, written in the transaction of the change.
CREATE TABLE answers (
  org TEXT NOT NULL,
  actor TEXT NOT NULL,
  dedupe TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status BIGINT NOT NULL,
  body BYTEA NOT NULL, -- sealed: it may hold a key that is shown once
  at BIGINT NOT NULL,
  PRIMARY KEY (org, actor, dedupe)
);
CREATE INDEX answers_by_age ON answers (at);

-- Loops of which one process runs one at a time, by name. fence grows with each change of holder.
CREATE TABLE leases (
  org TEXT NOT NULL,
  name TEXT NOT NULL,
  holder TEXT NOT NULL,
  held_until BIGINT NOT NULL,
  fence BIGINT NOT NULL,
  PRIMARY KEY (org, name)
);
