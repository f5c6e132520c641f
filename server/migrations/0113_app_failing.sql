-- On how many devices a required app has been said to fail for good; 0: nobody was told of any.
ALTER TABLE apps ADD COLUMN failing BIGINT NOT NULL DEFAULT 0;
