-- How the name of a person is read (Japanese lists are sorted by it), and what else an org keeps about its people.
ALTER TABLE users ADD COLUMN yomi TEXT;
ALTER TABLE users ADD COLUMN yomi_key TEXT NOT NULL DEFAULT ''; -- the reading or else the display name, as it is looked for; for sorting
ALTER TABLE users ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}'; -- JSON, name to text
UPDATE users SET yomi_key = name_key;
CREATE INDEX users_by_yomi ON users (org, yomi_key, id);
CREATE INDEX users_by_number ON users (org, employee_number) WHERE employee_number IS NOT NULL;

-- Sets of users, by hand or from a file. A group hangs on a unit, whose admins own it; its members may be anywhere.
CREATE TABLE groups (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded, unique within its unit
  unit TEXT NOT NULL,
  unit_path TEXT NOT NULL, -- of unit, kept in step when units move
  source TEXT NOT NULL CHECK (source IN ('hand', 'file')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE UNIQUE INDEX groups_by_name ON groups (org, unit, name_key);
CREATE INDEX groups_by_unit ON groups (org, unit_path);

-- Who is in which group.
CREATE TABLE group_members (
  org TEXT NOT NULL,
  group_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  PRIMARY KEY (org, group_id, user_id),
  FOREIGN KEY (org, group_id) REFERENCES groups (org, id) ON DELETE CASCADE,
  FOREIGN KEY (org, user_id) REFERENCES users (org, id) ON DELETE CASCADE
);
CREATE INDEX group_members_by_user ON group_members (org, user_id, group_id);
