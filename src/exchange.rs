//! Files in (plan lists) and files out (text table, csv, json, md).
