//! A note: how far a project is, minutes, what the customer says.

use super::{Answer, Context};
use crate::domain::about::About;
use crate::domain::change::{Change, NoteDraft};
use crate::domain::kinds::NoteKind;
use crate::domain::violation::{Field as Part, Violation};
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};

pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let items = cx.items(&selection.milestones)?;
    let item = items.first();
    let project = selection.project.or_else(|| item.map(|item| item.project));
    let customer = selection.customer.or_else(|| item.map(|item| item.customer));
    let narrowest = item
        .map(|item| About::Milestone(item.id))
        .or(project.map(About::Project))
        .or(customer.map(About::Customer));
    let narrowest = narrowest.ok_or(lang.why_no_row())?;
    let usual = if project.is_some() { NoteKind::Progress } else { NoteKind::Remark };

    let mut fields = Fields::default();
    if let Some(project) = project
        && let Some((percent, on)) = cx.store.progress(project)?
    {
        let on = on.map(|on| lang.day(on, cx.today)).unwrap_or_default();
        let known = lang.noted(NoteKind::Progress, Some(percent));
        fields.note(lang.commas([known, on]));
    }
    let kind = fields.add(cx.choice(lang.form_note_kind(), Some(usual)).required());
    let percent = Field::number(lang.form_progress(), 100_u8, None);
    let percent = percent.hinted(lang.form_progress_hint()).required().about(Part::Progress);
    let percent = fields.add(percent.shown_if(&kind, NoteKind::Progress));
    let score = Field::number(lang.form_note_score(), 10_u8, None).required().about(Part::Score);
    let score = fields.add(score.shown_if(&kind, NoteKind::Satisfaction));
    let wording = Field::text(lang.form_note_wording(), "").hinted(lang.form_note_wording_hint());
    let wording = fields.add(wording.about(Part::Wording));
    let until = Field::next(lang.note_until(), None).hinted(lang.form_note_until_hint());
    let until = until.about(Part::Due).shown_if(&kind, NoteKind::Commitment);
    let until = fields.add(until);
    let on = fields.add(cx.day(lang.form_day()));
    if project.is_some() {
        fields.focus(&percent);
    }
    let title = match narrowest {
        About::Milestone(_) => {
            cx.title(lang.form_note_new(), items.get(..1).unwrap_or_default())?
        }
        About::Project(id) => {
            let names = cx.store.project_names(&[id])?;
            let name = names.get(&id).map_or("", |name| &name.name);
            format!("{} - {name}", lang.form_note_new())
        }
        About::Customer(id) => format!("{} - {}", lang.form_note_new(), cx.customer_name(id)?),
    };
    Ok(cx.open(title, fields, move |values| {
        let kind_of = values.get(&kind)?;
        let (about, number) = match kind_of {
            NoteKind::Progress => {
                let project = project.ok_or_else(|| kind.wrong(Violation::Empty(Part::Project)))?;
                (About::Project(project), Some(values.get(&percent)?))
            }
            NoteKind::Satisfaction => (narrowest, Some(values.get(&score)?)),
            NoteKind::Minutes
            | NoteKind::Remark
            | NoteKind::Lesson
            | NoteKind::Credit
            | NoteKind::Feedback
            | NoteKind::Commitment => (narrowest, None),
        };
        let (on, wording) = (values.get(&on)?, values.get(&wording)?);
        let until = values.get(&until)?;
        Ok(Change::AddNote(NoteDraft { kind: kind_of, about, on, wording, number, until }))
    }))
}
