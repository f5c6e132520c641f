-- Declarative management and delivery of items on one channel of an Apple enrollment. The row comes with the first thing that is to be said on the channel.
CREATE TABLE apple_channels (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  account TEXT NOT NULL, -- '' for the device itself
  device TEXT NOT NULL,
  epoch BIGINT NOT NULL, -- part of every ServerToken: grows when someone has everything read again
  token TEXT NOT NULL, -- DeclarationsToken of the newest set that was prepared; '' before the first
  changed_at BIGINT NOT NULL, -- since when the set has this token: moves only when the token does
  given TEXT NOT NULL, -- token that the device was given last; '' for none
  given_at BIGINT, -- when it was first given this one
  items_token TEXT NOT NULL, -- token of the manifest that the device fetched last; '' for none
  items_at BIGINT,
  status_at BIGINT, -- newest status report
  full_at BIGINT, -- newest that was whole
  capabilities TEXT, -- JSON as the client said it; NULL: it never did
  enabled_at BIGINT, -- when the device first took the command that begins declarative management
  stalled_at BIGINT, -- since when it is taken to have stopped in the middle; NULL: it has not
  refused_os TEXT, -- the version of the system that did not take the command; NULL: none has refused
  PRIMARY KEY (org, enrollment, account)
);

-- What a device said about each declaration it holds, in place of what it said before.
CREATE TABLE apple_declarations (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  account TEXT NOT NULL,
  identifier TEXT NOT NULL,
  token TEXT NOT NULL, -- ServerToken it speaks about; '' when it does not say
  class TEXT NOT NULL, -- activation, configuration, asset, management
  active BIGINT, -- 1 or 0; NULL: not said
  valid TEXT NOT NULL, -- unknown, valid, invalid
  reasons TEXT NOT NULL, -- JSON
  at BIGINT NOT NULL,
  PRIMARY KEY (org, enrollment, account, identifier, token)
);

-- What an item needs on one channel beyond its value: how often it was begun anew, and the one-time proof for a certificate of its own.
CREATE TABLE apple_items (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  account TEXT NOT NULL,
  item TEXT NOT NULL,
  version TEXT NOT NULL, -- of the item the rest belongs to
  epoch BIGINT NOT NULL, -- grows when the same version is to be installed again
  proof BYTEA, -- sealed: the challenge in its certificate payload, the same at every download
  renew_at BIGINT, -- when the certificate that came of it is replaced; NULL: there is none yet
  PRIMARY KEY (org, enrollment, account, item)
);
CREATE INDEX apple_items_renewing ON apple_items (org, renew_at) WHERE renew_at IS NOT NULL;
