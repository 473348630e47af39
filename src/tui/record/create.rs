//! Something new: a customer, a project or a milestone, or the choice between them.

use super::{Context, Subject, customer, milestone, project};
use crate::domain::ids::ProjectId;
use crate::error::Result;
use crate::tui::action::Action;
use crate::tui::desk::Response;
use crate::tui::widgets::list::RowId;
use crate::tui::widgets::picker::{Pick, Picker};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum New {
    Customer,
    Project,
    /// A milestone of the subject's project.
    Milestone,
}

impl New {
    const ALL: [Self; 3] = [Self::Customer, Self::Project, Self::Milestone];

    /// Its place in the choice; projects to pick stand below 0.
    const fn row(self) -> RowId {
        RowId(self as i64 + 1)
    }
}

/// The form for something new.
pub fn new(what: New, subject: &Subject, context: Context<'_>) -> Result<Response> {
    match (what, subject_project(subject, context)?) {
        (New::Customer, _) => Ok(customer::add(context)),
        (New::Project, _) => project::add(subject, context),
        (New::Milestone, Some(project)) => milestone::add(project, context),
        (New::Milestone, None) => pick_project(context),
    }
}

/// A milestone where there are milestones, a customer where there is none yet, else the choice, with what the subject is first.
pub(super) fn respond(subject: &Subject, context: Context<'_>) -> Result<Response> {
    if !subject.milestones.is_empty() {
        return new(New::Milestone, subject, context);
    }
    let [customers, projects, _] = context.store.counts()?;
    if customers == 0 {
        return Ok(customer::add(context));
    }
    let likely = match (subject.project, subject.customer) {
        (None, Some(_)) => New::Customer,
        _ => New::Project,
    };
    let lang = context.lang();
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
        Pick::new(what.row(), text, "")
    };
    let picks = New::ALL.into_iter().filter(possible).map(pick);
    let title = Action::New.label(lang);
    let picker = Picker::new(title, picks.collect(), Some(likely.row()));
    Ok(Response::Pick(Box::new(picker), Action::New))
}

/// Goes on with the choice, or with the project that was picked for a milestone.
pub(super) fn picked(id: RowId, subject: &Subject, context: Context<'_>) -> Result<Response> {
    match New::ALL.into_iter().find(|what| what.row() == id) {
        Some(what) => new(what, subject, context),
        None => milestone::add(ProjectId(-id.0), context),
    }
}

fn subject_project(subject: &Subject, context: Context<'_>) -> Result<Option<ProjectId>> {
    match subject.milestones.first() {
        Some(first) => Ok(Some(context.store.milestone_draft(*first)?.project)),
        None => Ok(subject.project),
    }
}

fn pick_project(context: Context<'_>) -> Result<Response> {
    let mut picks = context.project_picks()?;
    if let [only] = picks.as_slice() {
        return milestone::add(ProjectId(only.id.0), context);
    }
    for pick in &mut picks {
        pick.id = RowId(-pick.id.0);
    }
    let picker = Picker::new(context.lang().form_of_project(), picks, None);
    Ok(Response::Pick(Box::new(picker), Action::New))
}
