-- Whether the first accounts of a Mac are still to be made in its assistant: wanted, done or failed. NULL: nothing was decided about them.
ALTER TABLE apple_enrollments ADD COLUMN first_account TEXT;
