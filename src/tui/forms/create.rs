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

/// The form for something new.
fn form(what: New, selection: &Selection, cx: Context<'_>) -> Answer {
    match (what, project_of(selection, cx)?) {
        (New::Customer, _) => customer::add(cx),
        (New::Project, _) => project::add(selection, cx),
        (New::Milestone, Some(project)) => milestone::add(project, cx),
        (New::Milestone, None) => pick_project(cx),
    }
}

/// A milestone where there are milestones, a customer where there is none yet, else the choice, with what the selection
/// is first.
pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    if !selection.milestones.is_empty() {
        return form(New::Milestone, selection, cx);
    }
    let [customers, projects, _] = cx.store.counts()?;
    if customers == 0 {
        return customer::add(cx);
    }
    let likely = match (selection.project, selection.customer) {
        (None, Some(_)) => New::Customer,
        _ => New::Project,
    };
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
    let picker = Picker::new(Recording::New.label(lang), picks.collect()).at(&likely);
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
