-- Who must have agreed before a device does what cannot be undone, as devices are told and check by themselves. Each set was endorsed by the one before it.
CREATE TABLE approver_sets (
  org TEXT NOT NULL,
  version BIGINT NOT NULL,
  need BIGINT NOT NULL, -- how many of them; 0: devices check nothing
  content TEXT NOT NULL, -- canonical JSON, exactly what was endorsed and what devices are told
  intent TEXT, -- in which the set before it endorsed this one; null where nobody had to
  at BIGINT NOT NULL,
  PRIMARY KEY (org, version)
);

-- What a passkey signed is kept whole, so that devices can check it themselves.
ALTER TABLE approvals ADD COLUMN statement TEXT; -- canonical JSON whose hash is the challenge; null: nothing was signed
ALTER TABLE approvals ADD COLUMN assertion TEXT; -- JSON of id, clientDataJSON, authenticatorData, signature
ALTER TABLE intents ADD COLUMN proved BIGINT NOT NULL DEFAULT 0; -- 1: devices check the approvals, so only passkeys they know count
