-- When a wake last went a way is told by the try itself.
ALTER TABLE wake_reaches DROP COLUMN tried_at;
