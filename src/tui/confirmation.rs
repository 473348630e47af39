//! What a notice says of a change that was saved.

use crate::domain::change::Change;
use crate::domain::ids::{CustomerId, MilestoneId, SnapshotId};
use crate::store::Applied;
use crate::text::Lang;
use crate::text::changes::Names;
use crate::tui::data::{self, Ledger};

/// One line: what was saved.
pub fn words(change: &Change, applied: &Applied, ledger: &Ledger, lang: Lang) -> String {
    let created = applied.created.first().copied();
    match (change, created) {
        _ if applied.event.is_none() => lang.nothing_changed().to_owned(),
        (Change::TakeSnapshot { .. }, Some(id)) => data::export(SnapshotId(id), ledger, lang),
        (change, created) => {
            let dated = applied.dated.iter();
            let dated: Vec<_> = dated.map(|(id, due)| (ledger.milestones(&[*id]), *due)).collect();
            lang.confirmation(change, created, ledger) + &lang.also_dated(&dated)
        }
    }
}

impl Names for Ledger {
    /// The first milestone by key or name, and how many others.
    fn milestones(&self, ids: &[MilestoneId]) -> String {
        let Some(first) = ids.first() else {
            return String::new();
        };
        // A name that is not here is no reason to trouble anyone: the number says it, too.
        let names = self.store.milestone_names(&[*first]).unwrap_or_default();
        let named = names.get(first).map_or_else(
            || first.to_string(),
            |name| if name.code.is_empty() { name.name.to_string() } else { name.code.to_string() },
        );
        match ids.len() {
            0 | 1 => named,
            more => format!("{named} +{}", more - 1),
        }
    }

    fn customer(&self, id: CustomerId) -> String {
        self.portfolio.names.customer(id).short().to_owned()
    }
}
