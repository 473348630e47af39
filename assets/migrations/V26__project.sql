PRAGMA user_version = 26;
