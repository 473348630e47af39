//! The only SQL: open, migrations, one file per aggregate, apply(Change), read models. Blocking on purpose.
