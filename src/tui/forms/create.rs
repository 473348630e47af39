//! Something new: a customer, a project or a milestone, or the choice between them.

use super::context::choose;
use super::{Answer, Context, Recording, customer, milestone, project};
use crate::domain::ids::ProjectId;
use crate::tui::selection::Selection;
use crate::tui::widgets::picker::{Pick, Picker};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum New {
    Customer,
    Project,
    /// A milestone of the selection's project.
    Milestone,
}

impl New {
    const ALL: [Self; 3] = [Self::Customer, Self::Project, Self::Milestone];
}

/// What comes next below the row: a milestone of its project, else a project of its customer. Without either it is what
/// the ledger has none of yet, a customer or a project, else the choice.
pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    if let Some(project) = project_of(selection, cx)? {
        return milestone::add(project, cx);
    }
    match cx.store.counts()? {
        [0, ..] => customer::add(cx),
        [_, projects, _] if projects == 0 || selection.customer.is_some() => {
            project::add(selection, cx)
        }
        [..] => choice(selection, cx),
    }
}

/// The form for something new.
fn form(what: New, selection: &Selection, cx: Context<'_>) -> Answer {
    match (what, project_of(selection, cx)?) {
        (New::Customer, _) => customer::add(cx),
        (New::Project, _) => project::add(selection, cx),
        (New::Milestone, Some(project)) => milestone::add(project, cx),
        (New::Milestone, None) => pick_project(cx),
    }
}

/// The choice of what to add, wherever the cursor is.
pub(super) fn choice(selection: &Selection, cx: Context<'_>) -> Answer {
    let [_, projects, _] = cx.store.counts()?;
    let lang = cx.lang();
    let possible = |what: &New| match what {
        New::Customer | New::Project => true,
        New::Milestone => projects > 0,
    };
    let pick = |what: New| {
        let text = match what {
            New::Customer => lang.form_new_customer(),
            New::Project => lang.form_new_project(),
            New::Milestone => lang.form_new_milestone(),
        };
        Pick::new(what, text, "")
    };
    let picks = New::ALL.into_iter().filter(possible).map(pick);
    let picker = Picker::new(Recording::NewAny.label(lang), picks.collect());
    let selection = selection.clone();
    Ok(choose(picker, move |what, cx| form(what, &selection, cx)))
}

fn project_of(selection: &Selection, cx: Context<'_>) -> Answer<Option<ProjectId>> {
    match selection.milestones.first() {
        Some(first) => Ok(Some(cx.store.milestone_draft(*first)?.project)),
        None => Ok(selection.project),
    }
}

fn pick_project(cx: Context<'_>) -> Answer {
    let picks = cx.project_picks()?;
    if let [only] = picks.as_slice() {
        return milestone::add(only.value, cx);
    }
    let picker = Picker::new(cx.lang().form_of_project(), picks);
    Ok(choose(picker, milestone::add))
}
