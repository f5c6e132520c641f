-- One device's time from its first message until its person may go on: what it waits for, its deadline, how it ended. One run per enrollment; it always ends.
CREATE TABLE setup_runs (
  org TEXT NOT NULL,
  enrollment TEXT NOT NULL,
  device TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL, -- it ends then at the latest
  state TEXT NOT NULL, -- running, stuck, ready, timed-out or skipped
  awaits TEXT NOT NULL, -- JSON: kinds of things that must be there
  waiting TEXT NOT NULL, -- JSON: what it waits for now, as codes with facts
  done BIGINT NOT NULL, -- things that are there
  total BIGINT NOT NULL, -- of so many
  last_word_at BIGINT NOT NULL, -- when the device last said anything
  changed_at BIGINT NOT NULL, -- when there was last progress
  ended_at BIGINT,
  PRIMARY KEY (org, enrollment)
);
CREATE INDEX setup_runs_by_device ON setup_runs (org, device, since);
CREATE INDEX setup_runs_open ON setup_runs (org, since) WHERE ended_at IS NULL;

-- 1: the enrollment has a setup run that has not ended. Every contact reads the row, so it need not look for a run.
ALTER TABLE enrollments ADD COLUMN setting_up BIGINT NOT NULL DEFAULT 0;
