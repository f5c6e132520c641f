-- How many rights to one item of a store a program holds, as its vendor counts them.
CREATE TABLE licenses (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  program TEXT NOT NULL,
  store_id TEXT NOT NULL, -- what the store calls the item
  pricing TEXT NOT NULL CHECK (pricing IN ('standard', 'plus')),
  product TEXT NOT NULL CHECK (product IN ('app', 'book')),
  name TEXT NOT NULL, -- '' until it is known
  to_devices BIGINT NOT NULL, -- 1: may be given to a device; 0: only to a person
  revocable BIGINT NOT NULL, -- 0: what was given is never taken back, as books
  total BIGINT NOT NULL,
  assigned BIGINT NOT NULL,
  available BIGINT NOT NULL,
  retired BIGINT NOT NULL,
  short BIGINT NOT NULL, -- how many were missing when last said
  synced_at BIGINT NOT NULL,
  PRIMARY KEY (org, id)
);
CREATE UNIQUE INDEX licenses_by_item ON licenses (org, program, store_id, pricing);
CREATE INDEX licenses_by_store ON licenses (org, store_id);

-- The right of one device or person to one item: wanted, asked of the vendor, held, on its way back, or refused. What is back has no row.
CREATE TABLE seats (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  license TEXT NOT NULL,
  program TEXT NOT NULL, -- of the license
  holder_kind TEXT NOT NULL CHECK (holder_kind IN ('device', 'user')),
  holder TEXT NOT NULL, -- serial of a device, id of a user; of a person nobody here knows, the vendor's name
  device TEXT, -- the device with the serial, when it is known
  state TEXT NOT NULL CHECK (state IN ('wanted', 'asked', 'held', 'returning', 'refused')),
  event TEXT, -- what the vendor calls the work that is under way
  reason TEXT, -- a code: why it is where it is
  attempts BIGINT NOT NULL,
  not_before BIGINT, -- not asked for again before
  since BIGINT NOT NULL, -- first wanted, or found
  at BIGINT NOT NULL, -- in this state since
  seen_at BIGINT, -- when the vendor's list showed it last
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, license) REFERENCES licenses (org, id)
);
CREATE UNIQUE INDEX seats_by_holder ON seats (org, license, holder);
CREATE INDEX seats_by_state ON seats (org, program, state, since);
CREATE INDEX seats_of_device ON seats (org, device) WHERE device IS NOT NULL;
CREATE INDEX seats_of_holder ON seats (org, holder);

-- That a device should have an app for which it, or its person, needs a seat. A seat nobody wishes for is unused.
CREATE TABLE seat_wishes (
  org TEXT NOT NULL,
  device TEXT NOT NULL,
  app TEXT NOT NULL,
  store_id TEXT NOT NULL,
  seat_for TEXT NOT NULL CHECK (seat_for IN ('device', 'user')),
  holder TEXT NOT NULL,
  seat TEXT, -- NULL: no program holds a license of the item
  since BIGINT NOT NULL,
  PRIMARY KEY (org, device, app)
);
CREATE INDEX seat_wishes_by_seat ON seat_wishes (org, seat) WHERE seat IS NOT NULL;
CREATE INDEX seat_wishes_unmet ON seat_wishes (org, store_id) WHERE seat IS NULL;

-- A person as a program knows them: made there, invited, joined with an account of their own, retired.
CREATE TABLE seat_holders (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  user_id TEXT NOT NULL,
  client TEXT NOT NULL, -- our name for the person at the vendor; random, tells nothing
  state TEXT NOT NULL CHECK (state IN ('wanted', 'asked', 'registered', 'associated', 'retiring', 'retired', 'refused')),
  event TEXT,
  invite TEXT, -- address under which the person accepts; NULL once accepted
  reason TEXT,
  invited_at BIGINT, -- when the invitation was mailed
  not_before BIGINT,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, program, user_id)
);
CREATE UNIQUE INDEX seat_holders_by_client ON seat_holders (org, program, client);
