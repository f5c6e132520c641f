-- Orders that the guard holds, beside the queue: no path that hands out commands can reach them. Each keeps the id its command will have.
CREATE TABLE held_orders (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  intent TEXT NOT NULL,
  device TEXT NOT NULL,
  account TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  unit_path TEXT NOT NULL,
  kind TEXT NOT NULL,
  args TEXT NOT NULL, -- JSON without secret arguments
  sealed_args BYTEA,
  priority BIGINT NOT NULL,
  expires_in_ms BIGINT,
  reason TEXT,
  batch TEXT,
  grants TEXT, -- JSON: what the sender was allowed when sending it; null: everything, being the server itself
  by_kind TEXT NOT NULL,
  by_id TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX held_orders_by_intent ON held_orders (org, intent, device, account);
CREATE INDEX held_orders_by_device ON held_orders (org, device, id);
CREATE INDEX held_orders_by_batch ON held_orders (org, batch) WHERE batch IS NOT NULL;

-- How much harm a waiting command does, and since which restore it waits: what the guard looks at when it is handed out.
ALTER TABLE open_commands ADD COLUMN impact BIGINT NOT NULL DEFAULT 0; -- 0 read, 1 reversible, 2 disruptive, 3 irreversible
ALTER TABLE open_commands ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE commands ADD COLUMN impact BIGINT NOT NULL DEFAULT 0;
ALTER TABLE commands ADD COLUMN intent TEXT; -- the intent that let it leave
ALTER TABLE command_batches ADD COLUMN held BIGINT NOT NULL DEFAULT 0; -- devices whose order the guard held
