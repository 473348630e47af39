-- What is derived from facts, one row per open milestone: the few columns queries ask for, and domain::item::Item
-- encoded. Which encoding and which rules made it stands in `derived`; another version than the program's has
-- everything derived again when the ledger is opened.
DROP TABLE open_packed;
DROP TABLE open_item;
CREATE TABLE open_item (
    id INTEGER PRIMARY KEY REFERENCES milestone (id),
    project INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    item BLOB NOT NULL
) STRICT;
CREATE INDEX open_item_customer ON open_item (customer);

CREATE TABLE derived (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO derived (id, version) VALUES (1, 0);

-- Settings have no place in a ledger yet.
DROP TABLE setting;

PRAGMA user_version = 2;
