-- Orders are said differently on each road: the platform of the enrollment they were given to.
ALTER TABLE commands ADD COLUMN road TEXT NOT NULL DEFAULT 'apple';
