-- Named, ordered sets of policies.
CREATE TABLE blueprints (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL, -- folded, unique
  description TEXT NOT NULL,
  unit TEXT NOT NULL, -- whose admins own it; it may be assigned on this unit and below
  unit_path TEXT NOT NULL, -- of unit, kept in step when units move
  place BIGINT NOT NULL, -- among the org's: of two that are equally near a device the smaller wins
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE UNIQUE INDEX blueprints_by_name ON blueprints (org, name_key);
CREATE INDEX blueprints_by_place ON blueprints (org, place);
CREATE INDEX blueprints_by_unit ON blueprints (org, unit);

-- Which policies a blueprint holds, in order.
CREATE TABLE blueprint_items (
  org TEXT NOT NULL,
  blueprint TEXT NOT NULL,
  policy TEXT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (org, blueprint, policy),
  FOREIGN KEY (org, blueprint) REFERENCES blueprints (org, id) ON DELETE CASCADE,
  FOREIGN KEY (org, policy) REFERENCES policies (org, id)
);
CREATE INDEX blueprint_items_by_policy ON blueprint_items (org, policy);

-- Whom a blueprint reaches, below one unit and for a time.
CREATE TABLE blueprint_assignments (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  blueprint TEXT NOT NULL,
  unit TEXT NOT NULL, -- its anchor: it reaches nothing outside of it
  scope TEXT NOT NULL, -- JSON; names units, groups, users and devices by id, so that a move of units needs no rewriting
  from_at BIGINT, -- null: since always
  until_at BIGINT, -- the first instant at which it is over; null: never
  enabled BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, blueprint) REFERENCES blueprints (org, id) ON DELETE CASCADE,
  FOREIGN KEY (org, unit) REFERENCES units (org, id)
);
CREATE INDEX blueprint_assignments_by_blueprint ON blueprint_assignments (org, blueprint);
CREATE INDEX blueprint_assignments_by_unit ON blueprint_assignments (org, unit);
