-- Personal links: each opens the page of one user once. Only the hash is kept; the newest ends the older ones.
CREATE TABLE portal_links (
  org TEXT NOT NULL,
  hash TEXT NOT NULL,
  user_id TEXT NOT NULL,
  sent TEXT NOT NULL, -- 'mail': only who reads the person's mail has it; 'show': whoever made it has seen it
  made_by_kind TEXT NOT NULL,
  made_by_id TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org, hash),
  FOREIGN KEY (org, user_id) REFERENCES users (org, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX portal_links_by_hash ON portal_links (hash);
CREATE INDEX portal_links_by_user ON portal_links (org, user_id);

-- Visits: browsers in which a person reads their own page.
CREATE TABLE portal_visits (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  hash TEXT NOT NULL, -- of the cookie
  user_id TEXT NOT NULL,
  sent TEXT NOT NULL, -- how the link came that began it
  address TEXT NOT NULL,
  agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL, -- coalesced to a minute
  expires_at BIGINT NOT NULL,
  proven_at BIGINT, -- when a mailed code was last shown in it
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, user_id) REFERENCES users (org, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX portal_visits_by_hash ON portal_visits (hash);
CREATE INDEX portal_visits_by_user ON portal_visits (org, user_id);
CREATE INDEX portal_visits_by_end ON portal_visits (expires_at);

-- The code that was mailed last to a person, good in one visit. Its hash is bound to the visit's cookie, which is not kept, so that nobody can try all of them here.
CREATE TABLE portal_codes (
  org TEXT NOT NULL,
  user_id TEXT NOT NULL,
  visit TEXT NOT NULL,
  hash TEXT, -- null once it was used or tried too often
  tries BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  sent_since BIGINT NOT NULL, -- codes are counted from here, for an hour
  sent_times BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  PRIMARY KEY (org, user_id),
  FOREIGN KEY (org, user_id) REFERENCES users (org, id) ON DELETE CASCADE
);
