//! Finding customers or projects by what people type: all of them are looked through in the ledger, off the loop.

use crate::error::Result;
use crate::store::Reader;
use crate::text::find::Needle;

use super::ledger::Ledger;
use super::task::Task;

/// Hands out each id with the text it is found by.
type Each<Id> = fn(&Reader, &mut dyn FnMut(Id, &str)) -> Result<()>;

pub struct Search<Id> {
    task: Task<(u64, String), Vec<Id>>,
    /// What was typed last is still being looked for.
    pub is_running: bool,
}

impl<Id> Default for Search<Id> {
    fn default() -> Self {
        Self { task: Task::default(), is_running: false }
    }
}

impl<Id: Send + 'static> Search<Id> {
    /// What a text finds, in the order it is handed out, with a serial number; none if nothing is looked for, or as long
    /// as it is.
    pub fn find(
        &mut self,
        typed: &str,
        ledger: &Ledger,
        each: Each<Id>,
    ) -> Result<Option<(u64, &[Id])>> {
        let typed = typed.trim();
        self.is_running = false;
        if typed.is_empty() {
            return Ok(None);
        }
        let needle = Needle::new(typed);
        let key = (ledger.version(), typed.to_owned());
        let ended = self.task.get(&key, ledger.place(), move |store| {
            let mut found = Vec::new();
            each(store, &mut |id, text| {
                if needle.matches(text) {
                    found.push(id);
                }
            })?;
            Ok(found)
        })?;
        self.is_running = ended.is_none();
        let latest = self.task.latest().filter(|_| !self.is_running);
        Ok(latest.map(|(serial, found)| (serial, found.as_slice())))
    }
}
