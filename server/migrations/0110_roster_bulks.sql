-- Changes of every promised device that a filter matches, one under way or ended per row; what is behind the cursor is done.
CREATE TABLE roster_bulks (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  filter TEXT NOT NULL,
  wish TEXT NOT NULL, -- JSON: what is wanted
  state TEXT NOT NULL, -- running, done, failed
  problem TEXT, -- code of what was refused
  devices BIGINT NOT NULL, -- counted when it began
  changed BIGINT NOT NULL,
  cursor TEXT NOT NULL, -- id of the last entry that was looked at
  by_actor TEXT NOT NULL, -- JSON: in whose name it is done
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (org, id)
);
