-- Each event carries the hash of itself, of what it did to rows, and of the event before. `tip` is the last event, in a
-- page of its own that every change writes: a log that is not this file's shows by it. Events from before this version
-- get their hashes when the ledger is opened; until then there is no tip.
ALTER TABLE event ADD COLUMN hash BLOB;
ALTER TABLE derived ADD COLUMN tip INTEGER;

PRAGMA user_version = 3;
