-- Where a right to enroll comes from: person (somebody invites), setup (it stands for promised devices), account (somebody signed in). Only the first are anybody's invitations.
ALTER TABLE invitations ADD COLUMN origin TEXT NOT NULL DEFAULT 'person';
UPDATE invitations SET origin = 'setup' WHERE EXISTS (SELECT 1 FROM setups s WHERE s.org = invitations.org AND s.invitation = invitations.id);
UPDATE invitations SET origin = 'account' WHERE created_by_kind = 'system' AND user_id IS NOT NULL AND name IS NULL AND uses = 1;
