-- What is known of the service behind one content token, and what is due there. One row per program.
CREATE TABLE content_clients (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  limits TEXT, -- JSON: limits and addresses as the service says them
  limits_at BIGINT,
  mine BIGINT NOT NULL, -- 1: the service names us as the one who works this token
  take_over BIGINT NOT NULL, -- 1: somebody said that we are to be it, whoever is now
  notify_secret TEXT, -- SHA-256 of the word that notifications are to bear
  notify_at BIGINT, -- when the service agreed to notify us
  assets_due BIGINT NOT NULL, -- instants
  assignments_due BIGINT NOT NULL,
  people_due BIGINT NOT NULL,
  wait_until BIGINT, -- the service asked us to be silent until then
  PRIMARY KEY (org, program)
);

-- Notifications that were heard, because they come more than once and in any order.
CREATE TABLE content_notices (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  id TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, program, id)
);
CREATE INDEX content_notices_by_age ON content_notices (org, at);
