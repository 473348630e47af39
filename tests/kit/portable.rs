//! A second engine behind the store: SQLite again, but one that refuses every statement which another engine would not
//! read the same way. A suite on it proves that the store asks for nothing but what the trait offers.
//!
//! With `HUIKUAN_STATEMENTS=FILE` every statement is also written to that file, as `PREPARE` for the `psql` shell:
//! `tests/store/postgres.sh` has `PostgreSQL` read them all.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use huikuan::error::Result;
use huikuan::error::check::{Check, Fault};
use huikuan::store::Sqlite;
use huikuan::store::backend::{Backend, Cells, Connector, Value};

/// What only some engines understand.
const FOREIGN: &[&str] = &[
    "?",
    "json_",
    "instr(",
    "ifnull(",
    "rowid",
    "pragma",
    "autoincrement",
    "glob ",
    "insert or ",
    "replace into",
    "group_concat",
    "date(",
    "datetime(",
    "julianday",
    "typeof(",
    "is not $",
    "==",
];

#[derive(Debug)]
pub struct Portable(Box<dyn Backend>);

impl Portable {
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self(Box::new(Sqlite::open(path)?)))
    }
}

fn check(sql: &str) {
    static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    if !SEEN.lock().unwrap().insert(sql.to_owned()) {
        return;
    }
    let lower = sql.to_lowercase();
    for word in FOREIGN {
        assert!(!lower.contains(word), "`{word}` is one engine's own, in {sql}");
    }
    let mut known = 0;
    for rest in sql.split('$').skip(1) {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let number: usize = digits.parse().unwrap();
        assert!(number <= known + 1, "${number} comes before ${}, in {sql}", known + 1);
        known = known.max(number);
    }
    if let Some(path) = std::env::var_os("HUIKUAN_STATEMENTS") {
        let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
        writeln!(file, "DEALLOCATE ALL; PREPARE statement AS {sql};").unwrap();
    }
}

impl Backend for Portable {
    fn begin(&self) -> Result<()> {
        self.0.begin()
    }

    fn defer_references(&self) -> Result<()> {
        self.0.defer_references()
    }

    fn begin_reading(&self) -> Result<()> {
        self.0.begin_reading()
    }

    fn commit(&self) -> Result<()> {
        self.0.commit()
    }

    fn rollback(&self) -> Result<()> {
        self.0.rollback()
    }

    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<()> {
        check(sql);
        self.0.execute(sql, values)
    }

    fn insert(&self, sql: &str, values: &[Value<'_>]) -> Result<i64> {
        check(sql);
        self.0.insert(sql, values)
    }

    fn query(
        &self,
        sql: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Cells) -> Result<()>,
    ) -> Result<()> {
        check(sql);
        self.0.query(sql, values, each)
    }

    fn version(&self) -> Result<i64> {
        self.0.version()
    }

    fn schema(&self) -> i64 {
        self.0.schema()
    }

    fn set_bulk(&self, bulk: bool) -> Result<()> {
        self.0.set_bulk(bulk)
    }

    fn set_patience(&self, patience: Duration) -> Result<()> {
        self.0.set_patience(patience)
    }

    fn connector(&self) -> Connector {
        let connector = self.0.connector();
        Box::new(move || Ok(Box::new(Self(connector()?))))
    }

    fn settle(&self) -> Result<()> {
        self.0.settle()
    }

    fn copy_to(&self, file: &Path) -> Result<()> {
        self.0.copy_to(file)
    }

    fn faults(&self, check: Check) -> Result<Option<Vec<Fault>>> {
        self.0.faults(check)
    }
}
