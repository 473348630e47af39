-- What a contract says of money that comes late, as it is typed: a rate by the day or the year, from when, up to how much.
ALTER TABLE project ADD COLUMN late_fee TEXT;

PRAGMA user_version = 9;
