-- Whether the vendor leads devices here whose own domain answers nothing.
ALTER TABLE apple_account_doors ADD COLUMN led BIGINT NOT NULL DEFAULT 0; -- 1: yes

-- Where the vendor leads them to by a program, as far as it was told.
ALTER TABLE ade_clients ADD COLUMN led_to TEXT; -- NULL: nowhere
ALTER TABLE ade_clients ADD COLUMN led_at BIGINT; -- last told; NULL: to be told anew
ALTER TABLE ade_clients ADD COLUMN led_problem TEXT; -- the vendor's words when it refused
