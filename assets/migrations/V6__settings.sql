-- What a ledger's users set, as they type it; null is the program's own value again.
CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT
) STRICT;

PRAGMA user_version = 6;
