-- Filters of a list that someone gave a name, for themselves or for everyone.
CREATE TABLE views (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  page TEXT NOT NULL CHECK (page IN ('devices')),
  name TEXT NOT NULL,
  filter TEXT NOT NULL,
  sort TEXT,
  columns TEXT, -- JSON array of column names; NULL: the usual ones
  shared BIGINT NOT NULL, -- 1: everyone sees it
  owner TEXT NOT NULL, -- the admin or key that saved it
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE INDEX views_by_page ON views (org, page, name);
