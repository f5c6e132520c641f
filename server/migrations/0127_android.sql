-- What is known of a program at Google's management interface beside the program itself: the project, the sign-up that goes on, the enterprise it led to.
CREATE TABLE android_enterprises (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  project TEXT NOT NULL,
  topic TEXT NOT NULL, -- that notices are published to; '' for none
  pusher TEXT NOT NULL, -- the account that delivers notices; '' for none
  hook TEXT NOT NULL, -- the last part of the address that notices come to
  signup TEXT, -- Google's name of the sign-up
  signup_url TEXT,
  signup_mark TEXT, -- digest of what comes back with whoever signed up
  signup_at BIGINT,
  came_back BYTEA, -- sealed; what Google gave whoever signed up, until the enterprise is made of it
  enterprise TEXT,
  said TEXT NOT NULL, -- hash of the settings last said; '' for none
  ready_at BIGINT, -- since when there is a policy for newcomers
  checked_at BIGINT,
  wait_until BIGINT,
  PRIMARY KEY (org, program)
);
CREATE UNIQUE INDEX android_enterprises_hook ON android_enterprises (hook);
CREATE UNIQUE INDEX android_enterprises_one ON android_enterprises (enterprise);
CREATE INDEX android_enterprises_mark ON android_enterprises (signup_mark);

-- Enrollment tokens of Google, one to an invitation.
CREATE TABLE android_tokens (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  program TEXT NOT NULL,
  invitation TEXT NOT NULL,
  mode TEXT NOT NULL,
  name TEXT, -- Google's; absent before it is made
  content BYTEA NOT NULL, -- sealed: what was wished, and what Google made of it
  state TEXT NOT NULL CHECK (state IN ('wanted', 'there', 'refused')),
  problem TEXT,
  expires_at BIGINT NOT NULL,
  made_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX android_tokens_wanted ON android_tokens (org, program, state);
CREATE INDEX android_tokens_name ON android_tokens (org, name);

-- Policies of an enterprise as Google has them. Devices that should be the same share one.
CREATE TABLE android_policies (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  id TEXT NOT NULL, -- the last part of its name
  hash TEXT NOT NULL, -- of its content
  version BIGINT NOT NULL, -- Google's
  made_at BIGINT NOT NULL,
  unused_at BIGINT, -- since when no device is on it
  PRIMARY KEY (org, program, id)
);
CREATE UNIQUE INDEX android_policies_hash ON android_policies (org, program, hash);

-- What policies say, by hash; secrets are their forms.
CREATE TABLE android_contents (
  org TEXT NOT NULL,
  hash TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (org, hash)
);

-- What only an enrollment through Google has.
CREATE TABLE android_devices (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  program TEXT NOT NULL,
  device TEXT NOT NULL,
  name TEXT NOT NULL, -- enterprises/…/devices/…
  mode TEXT NOT NULL,
  policy TEXT NOT NULL, -- id of the policy it is on; '' for the one of newcomers
  hash TEXT NOT NULL, -- what that says; '' for the one of newcomers
  version BIGINT NOT NULL,
  wanted TEXT NOT NULL, -- what its policy should say; '' before it was computed
  report TEXT, -- the newest word of how its policy fares
  reported_at BIGINT,
  due_at BIGINT, -- when there is something to do for it
  PRIMARY KEY (org, enrollment)
);
CREATE UNIQUE INDEX android_devices_name ON android_devices (org, name);
CREATE INDEX android_devices_due ON android_devices (org, program, due_at);
CREATE INDEX android_devices_policy ON android_devices (org, program, policy);

-- Orders that Google has: which of our commands each operation is.
CREATE TABLE android_operations (
  org TEXT NOT NULL,
  command TEXT NOT NULL, -- as it is called on the wire
  program TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  device TEXT NOT NULL, -- enterprises/…/devices/…
  type TEXT NOT NULL,
  name TEXT, -- absent while it is not known whether Google has it
  sent_at BIGINT NOT NULL,
  look_at BIGINT, -- when to ask what became of it; absent when it is over
  PRIMARY KEY (org, command)
);
CREATE INDEX android_operations_name ON android_operations (org, name);
CREATE INDEX android_operations_look ON android_operations (org, program, look_at);

-- Notices that were taken: they come at least once.
CREATE TABLE android_notices (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  message TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (org, program, message)
);
CREATE INDEX android_notices_at ON android_notices (org, at);

-- Keys by which Google signs who delivers notices.
CREATE TABLE android_signers (
  org TEXT NOT NULL,
  kid TEXT NOT NULL,
  jwk TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (org, kid)
);
