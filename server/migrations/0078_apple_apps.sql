-- The key by which addresses of files are signed, one for each org. Sealed.
CREATE TABLE app_keys (
  org TEXT NOT NULL PRIMARY KEY,
  sealed BYTEA NOT NULL
);

-- A file on its way in, part by part; read when it is whole.
CREATE TABLE app_uploads (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  unit TEXT NOT NULL, -- where an app of its own would hang
  app TEXT, -- the app it is a release of; NULL: of whichever its file says
  name TEXT NOT NULL, -- of the file
  size BIGINT NOT NULL,
  received BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('coming', 'reading', 'done', 'failed')),
  code TEXT, -- of the problem
  facts TEXT NOT NULL, -- JSON
  release TEXT, -- that it became
  by_id TEXT, -- who sends it
  at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX app_uploads_by_time ON app_uploads (org, at);

-- The parts of such a file, each a blob.
CREATE TABLE app_upload_parts (
  org TEXT NOT NULL,
  upload TEXT NOT NULL,
  place BIGINT NOT NULL, -- of its first byte
  blob TEXT NOT NULL,
  size BIGINT NOT NULL,
  PRIMARY KEY (org, upload, place)
);

-- A search in a store: asked by a job, kept for an hour.
CREATE TABLE app_finds (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'silent')),
  by_id TEXT NOT NULL, -- who asked
  words TEXT NOT NULL,
  country TEXT NOT NULL,
  items TEXT NOT NULL, -- JSON
  at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX app_finds_by_time ON app_finds (org, at);
