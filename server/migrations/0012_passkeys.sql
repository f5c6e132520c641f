-- What admins prove themselves with that cannot be told to anyone: a key pair whose private half stays in their device. (WebAuthn)
CREATE TABLE passkeys (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  admin TEXT NOT NULL,
  name TEXT NOT NULL,
  credential TEXT NOT NULL, -- base64url; unique on the whole server, because a sign-in names no org
  public_key BYTEA NOT NULL, -- COSE
  counter BIGINT NOT NULL, -- of its uses, where the authenticator counts; only grows
  transports TEXT NOT NULL, -- JSON
  synced BIGINT NOT NULL, -- 1: it is kept in an account and may be on several devices
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  suspect_at BIGINT, -- its counter went backwards then: there are two of it, and neither is believed
  PRIMARY KEY (org, id),
  FOREIGN KEY (org, admin) REFERENCES admins (org, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX passkeys_by_credential ON passkeys (credential);
CREATE INDEX passkeys_by_admin ON passkeys (org, admin);

-- What passkeys are asked to sign: good once, for one purpose and one subject. org is '' where nobody has said yet who they are.
CREATE TABLE passkey_challenges (
  org TEXT NOT NULL,
  purpose TEXT NOT NULL,
  subject TEXT NOT NULL, -- the admin, with their session where it is bound to one; '' for a sign-in that names nobody
  hash TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org, purpose, subject, hash)
);
CREATE INDEX passkey_challenges_by_end ON passkey_challenges (expires_at);

-- Who could have let themselves in as an admin: who invited them, and who made a link that set their password. Approvals ask it.
CREATE TABLE admin_makers (
  org TEXT NOT NULL,
  admin TEXT NOT NULL,
  maker TEXT NOT NULL,
  how TEXT NOT NULL, -- 'invited' or 'linked'
  at BIGINT NOT NULL, -- newest
  PRIMARY KEY (org, admin, maker, how),
  FOREIGN KEY (org, admin) REFERENCES admins (org, id) ON DELETE CASCADE
);
INSERT INTO admin_makers (org, admin, maker, how, at)
  SELECT org, about_id, actor_id, 'invited', max(at) FROM events
  WHERE type = 'admin.invited' AND actor_kind = 'admin' AND about_id IN (SELECT id FROM admins)
  GROUP BY org, about_id, actor_id;

ALTER TABLE sessions ADD COLUMN proven_at BIGINT; -- when a passkey or a code was last shown in it
ALTER TABLE api_keys ADD COLUMN suspended_at BIGINT; -- refused since then, until someone lets it go on
ALTER TABLE api_keys ADD COLUMN waits_for TEXT; -- the intent that decides whether it ever opens anything
ALTER TABLE admins ADD COLUMN zone TEXT; -- IANA; null: not chosen
