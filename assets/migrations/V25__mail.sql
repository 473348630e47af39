PRAGMA user_version = 25;
