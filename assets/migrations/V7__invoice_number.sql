-- Invoices are looked up by their number alone, and a number is free or taken whoever is billed.
CREATE INDEX invoice_number ON all_invoice (number);

PRAGMA user_version = 7;
