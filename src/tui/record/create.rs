//! Something new: a customer, a project or a milestone, or the choice between them.

use crate::error::Result;

use super::{Context, Selection, customer, milestone, project};
use crate::domain::ids::ProjectId;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
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
}

/// The form for something new.
pub fn new(what: New, selection: &Selection, context: Context<'_>) -> Result<Effect> {
    match (what, subject_project(selection, context)?) {
        (New::Customer, _) => Ok(customer::add(context)),
        (New::Project, _) => project::add(selection, context),
        (New::Milestone, Some(project)) => milestone::add(project, context),
        (New::Milestone, None) => pick_project(context),
    }
}

/// A milestone where there are milestones, a customer where there is none yet, else the choice, with what the subject is first.
pub(super) fn respond(selection: &Selection, context: Context<'_>) -> Result<Effect> {
    if !selection.milestones.is_empty() {
        return new(New::Milestone, selection, context);
    }
    let [customers, projects, _] = context.store.counts()?;
    if customers == 0 {
        return Ok(customer::add(context));
    }
    let likely = match (selection.project, selection.customer) {
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
        Pick::new(what, text, "")
    };
    let picks = New::ALL.into_iter().filter(possible).map(pick);
    let title = Action::New.label(lang);
    let picker = Picker::new(title, picks.collect()).at(&likely);
    let selection = selection.clone();
    Ok(Effect::choose(picker, move |what, context| {
        new(what, &selection, context)
    }))
}

fn subject_project(selection: &Selection, context: Context<'_>) -> Result<Option<ProjectId>> {
    match selection.milestones.first() {
        Some(first) => Ok(Some(context.store.milestone_draft(*first)?.project)),
        None => Ok(selection.project),
    }
}

fn pick_project(context: Context<'_>) -> Result<Effect> {
    let picks = context.project_picks()?;
    if let [only] = picks.as_slice() {
        return milestone::add(only.value, context);
    }
    let picker = Picker::new(context.lang().form_of_project(), picks);
    Ok(Effect::choose(picker, milestone::add))
}
