//! `limitation`: until when what is due and open can be claimed.

use std::collections::BTreeSet;

use crate::domain::ids::ProjectId;
use crate::error::Result;
use crate::exchange::deadlines::{DeadlineRow, Deadlines};
use crate::exchange::lists::Rows;
use crate::portfolio::Names;
use crate::report::deadlines;

use super::args;
use super::session::Session;

pub fn limitation(session: &Session, args: &args::Limitation) -> Result<()> {
    let store = session.read()?;
    let today = session.today;
    let customer = args.customer.as_deref().map(|name| store.find_customer(name)).transpose()?;
    let projects: BTreeSet<ProjectId> = match customer {
        Some(customer) => store.projects_of_customer(customer)?.into_iter().collect(),
        None => store.items()?.iter().map(|item| item.project).collect(),
    };
    let projects: Vec<ProjectId> = projects.into_iter().collect();
    let mut found = deadlines::of_projects(&store, &projects, today, &store.policy()?)?;
    if let Some(days) = args.within {
        found.retain(|one| one.days_left(today) <= i64::from(days));
    }
    let mut names = Names::default();
    names.read(&store, found.iter().map(|one| &one.item))?;
    let rows = found.into_iter().map(|one| DeadlineRow::new(one, &names, today)).collect();
    session.list(&Deadlines(Rows(rows)), &args.table.shape(&[]), &args.table.files)
}
