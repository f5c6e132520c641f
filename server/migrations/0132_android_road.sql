-- What an organization decided about its enterprise, when Google was last heard and last turned away, and when all of it was last looked through.
ALTER TABLE android_enterprises ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE android_enterprises ADD COLUMN heard_at BIGINT; -- the newest notice that was believed
ALTER TABLE android_enterprises ADD COLUMN turned_at BIGINT; -- the newest delivery that was not
ALTER TABLE android_enterprises ADD COLUMN check_asked_at BIGINT; -- somebody wants it looked through; absent when nobody does
ALTER TABLE android_enterprises ADD COLUMN listed_at BIGINT; -- when devices and tokens were last compared with Google's
ALTER TABLE android_enterprises ADD COLUMN closing_at BIGINT; -- since when nothing is wanted of Google any more

-- A token that nobody may use any more is taken away at Google, too.
ALTER TABLE android_tokens ADD COLUMN ending_at BIGINT; -- since when it must go
ALTER TABLE android_tokens ADD COLUMN gone_at BIGINT; -- since when Google has it no more

-- How many requests of a project are left, for all processes together. Projects may be shared by organizations, so its org is the empty one.
CREATE TABLE android_shares (
  org TEXT NOT NULL,
  project TEXT NOT NULL,
  thousandths BIGINT NOT NULL, -- of a request
  at BIGINT NOT NULL, -- when that was
  PRIMARY KEY (org, project)
);

-- Apps of the catalog as Google knows them: what its store says of each, and web apps that were made there.
CREATE TABLE android_store_apps (
  org TEXT NOT NULL,
  program TEXT NOT NULL,
  app TEXT NOT NULL,
  package TEXT NOT NULL, -- '' while a web app is not made yet
  said TEXT NOT NULL, -- hash of what a web app was last said to be; '' for none
  state TEXT NOT NULL, -- wanted, there or unknown
  problem TEXT, -- in Google's words
  read_at BIGINT, -- when Google was last asked
  PRIMARY KEY (org, program, app)
);
CREATE INDEX android_store_apps_due ON android_store_apps (org, program, read_at);

-- A device that is let go of here may go on telling of itself: it is remembered by name, so that it does not enroll by that.
ALTER TABLE android_devices ADD COLUMN ended_at BIGINT;
