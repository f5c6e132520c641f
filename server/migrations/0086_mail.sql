-- Mail on its way out: one row for each recipient. Its id is the Message-ID, so that a second attempt is the same message.
CREATE TABLE mails (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  recipient TEXT NOT NULL, -- one address
  subject TEXT NOT NULL,
  language TEXT NOT NULL,
  body BYTEA, -- sealed JSON of the words and the names of what is attached; null once the mail has ended, because it may hold a link that signs in
  about_kind TEXT,
  about_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'late')),
  attempts BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  until BIGINT NOT NULL, -- not worth sending any more after this
  answer TEXT, -- what the mail server said last
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (org, id)
);
CREATE INDEX mails_due ON mails (org, next_at) WHERE state = 'waiting';
CREATE INDEX mails_by_state ON mails (org, state, id);
CREATE INDEX mails_by_end ON mails (org, ended_at) WHERE ended_at IS NOT NULL;

-- How an org's mail gets on with the mail server itself: one row each.
CREATE TABLE mail_lines (
  org TEXT PRIMARY KEY,
  tries BIGINT NOT NULL, -- in vain, one after the other
  failing_since BIGINT,
  trouble TEXT, -- what went wrong last
  delivered_at BIGINT -- when the server last took a mail
);
