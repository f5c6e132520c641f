-- What an enrollment profile promised the device that fetched it: these cannot change while the enrollment lasts.
CREATE TABLE apple_offers (
  org TEXT NOT NULL,
  arrival TEXT NOT NULL,
  topic TEXT NOT NULL, -- of the push certificate
  url TEXT NOT NULL, -- where the device calls
  access_rights BIGINT NOT NULL,
  PRIMARY KEY (org, arrival)
);

-- What only Apple enrollments have: the promise of their profile, the tokens the device entrusted to us, and the renewal of its identity.
CREATE TABLE apple_enrollments (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  topic TEXT NOT NULL,
  url TEXT NOT NULL,
  access_rights BIGINT NOT NULL,
  unlock_token BYTEA, -- sealed; clears the passcode
  unlock_at BIGINT,
  bootstrap_token BYTEA, -- sealed; lets a Mac create secure accounts and install updates
  bootstrap_at BIGINT,
  awaiting_configuration BIGINT NOT NULL, -- 1: Setup Assistant waits until we let it go on
  renew_at BIGINT, -- when the identity certificate is to be renewed
  renewal_command TEXT, -- the command that carries the newest renewal
  renewal_at BIGINT,
  renewal_tries BIGINT NOT NULL,
  PRIMARY KEY (org, enrollment)
);

-- The last status report that each channel sent (declarative management), as it came.
CREATE TABLE apple_status (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  account TEXT NOT NULL, -- '' for the device itself
  at BIGINT NOT NULL,
  size BIGINT NOT NULL,
  value BYTEA NOT NULL, -- JSON, deflated
  PRIMARY KEY (org, enrollment, account)
);

-- What an org decided about its Apple devices.
CREATE TABLE apple_settings (
  org TEXT PRIMARY KEY,
  network_accounts BIGINT NOT NULL -- 0: network accounts of Macs are left unmanaged
);
