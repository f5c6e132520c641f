-- With what a device of a line was refused when it asked to enroll, until it is let in; NULL: it was not.
ALTER TABLE intake_lines ADD COLUMN refused TEXT;
