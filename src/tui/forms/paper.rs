//! Papers: one is filed; or was sent, delivered, signed.

use super::context::choose;
use super::{Answer, Context, settled};
use crate::domain::about::{About, Subject};
use crate::domain::change::{Change, PaperDraft, PaperMark};
use crate::domain::ids::PaperId;
use crate::domain::item::Item;
use crate::domain::kinds::PaperKind;
use crate::domain::rules;
use crate::domain::violation::Field as Part;
use crate::error::Result;
use crate::exchange::papers;
use crate::store::Paper;
use crate::text::Lang;
use crate::tui::effect::Effect;
use crate::tui::selection::Selection;
use crate::tui::widgets::form::{Field, Fields};
use crate::tui::widgets::picker::{Pick, Picker};

/// The form for a new one; where there are some, the choice among them and that.
pub(super) fn respond(selection: &Selection, cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    if let Some(id) = selection.paper {
        let paper = cx.store.paper(id)?;
        let next = Step::after(&paper);
        return Ok(mark(&paper, next, cx));
    }
    let items = cx.items(&selection.milestones)?;
    let project = selection.project.filter(|_| items.is_empty());
    let narrowest = match items.first() {
        Some(first) => {
            cx.one_customer(&items, selection)?;
            About::Milestone(first.id)
        }
        None => project
            .map(About::Project)
            .or(selection.customer.map(About::Customer))
            .ok_or(lang.why_no_row())?,
    };
    let known = cx.store.papers(Some(narrowest), None)?.into_iter();
    let known: Vec<Paper> = known.filter(|paper| paper.state(cx.today).is_some()).collect();
    if known.is_empty() {
        return file(narrowest, &items, cx);
    }
    let title = title(lang.papers_title(), narrowest, &items, cx)?;
    let pick = |paper: Paper| {
        let head = &paper.head;
        let called = lang.paper_called(head.kind, &head.number, &head.title);
        let state = paper.state(cx.today).map_or("", |state| lang.paper_state(state));
        let state = lang.commas([state.to_owned(), lang.day(head.dated_on, cx.today)]);
        Pick::new(Some(paper), called, state)
    };
    let mut picks = vec![Pick::new(None, lang.form_paper_new(), "")];
    picks.extend(known.into_iter().map(pick));
    Ok(choose(Picker::new(title, picks), move |one, cx| match one {
        Some(paper) => Ok(mark(&paper, Step::after(&paper), cx)),
        None => file(narrowest, &items, cx),
    }))
}

/// The form for a new one about something.
pub fn new(about: About, cx: Context<'_>) -> Result<Effect> {
    let milestone = match about {
        About::Milestone(id) => Some(id),
        About::Customer(_) | About::Project(_) => None,
    };
    let items = cx.items(&milestone.into_iter().collect::<Vec<_>>())?;
    settled(file(about, &items, cx))
}

/// The form that says that one reached the customer.
pub(super) fn delivered(id: PaperId, cx: Context<'_>) -> Answer {
    Ok(mark(&cx.store.paper(id)?, Step::Delivered, cx))
}

fn title(what: &str, about: About, items: &[Item], cx: Context<'_>) -> Answer<String> {
    Ok(match about {
        About::Milestone(_) => cx.title(what, items)?,
        About::Project(id) => {
            let names = cx.store.project_names(&[id])?;
            format!("{what} - {}", names.get(&id).map_or("", |name| &name.name))
        }
        About::Customer(id) => format!("{what} - {}", cx.customer_name(id)?),
    })
}

fn file(narrowest: About, items: &[Item], cx: Context<'_>) -> Answer {
    let lang = cx.lang();
    let about = match narrowest {
        About::Milestone(_) => Subject::Milestones(items.iter().map(|item| item.id).collect()),
        About::Project(_) | About::Customer(_) => narrowest.into(),
    };
    let currency = cx.store.paper_currency(narrowest)?;
    let mut fields = Fields::default();
    let kind = fields.add(cx.choice(lang.form_paper_kind(), None::<PaperKind>).required());
    let path = fields.add(Field::text(lang.form_paper_file(), ""));
    let number = Field::text(lang.form_paper_number(), "").about(Part::PaperNumber);
    let number = fields.add(number.hinted(lang.form_paper_number_hint()));
    let heading = fields.add(Field::text(lang.form_paper_title(), ""));
    let dated = fields.add(cx.day(lang.form_paper_dated()));
    let expires = fields.add(Field::next(lang.form_paper_expires(), None));
    let amount =
        currency.map(|currency| fields.add(Field::amount(lang.form_amount(), currency, None)));
    let note = fields.add(Field::text(lang.form_note(), ""));
    let ledger = cx.store.path().to_owned();
    Ok(cx.open(title(lang.form_paper_new(), narrowest, items, cx)?, fields, move |values| {
        let typed = values.get(&path)?;
        let named =
            papers::filed(&typed, &ledger).map_err(|why| path.wrong(reason(lang, &typed, &why)));
        let (file, sha256) = named?;
        let (dated_on, expires_on) = (values.get(&dated)?, values.get(&expires)?);
        expires.check(rules::not_before(expires_on, dated_on))?;
        let amount = amount.as_ref().map(|amount| values.get(amount)).transpose()?.flatten();
        Ok(Change::FilePaper(PaperDraft {
            number: values.get(&number)?,
            title: values.get(&heading)?,
            expires_on,
            amount,
            currency: currency.filter(|_| amount.is_some()),
            file,
            sha256,
            note: values.get(&note)?,
            ..PaperDraft::new(values.get(&kind)?, about.clone(), dated_on)
        }))
    }))
}

/// Why a file cannot be filed.
fn reason(lang: Lang, typed: &str, why: &std::io::Error) -> String {
    papers::refused(typed, why).map_or_else(|| why.to_string(), |why| lang.value_error(&why))
}

/// What can be said of a paper that is on file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Sent,
    Delivered,
    Signed,
    Closed,
}

impl Step {
    const ALL: [Self; 4] = [Self::Sent, Self::Delivered, Self::Signed, Self::Closed];

    /// What comes next of a paper.
    const fn after(paper: &Paper) -> Self {
        let head = &paper.head;
        if head.sent_on.is_none() && head.kind.is_ours() {
            Self::Sent
        } else if head.delivered_on.is_none() && head.kind.is_ours() {
            Self::Delivered
        } else {
            Self::Signed
        }
    }

    const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Sent => lang.mark_sent(),
            Self::Delivered => lang.mark_delivered(),
            Self::Signed => lang.mark_signed(),
            Self::Closed => lang.mark_closed(),
        }
    }
}

fn mark(paper: &Paper, next: Step, cx: Context<'_>) -> Effect {
    let lang = cx.lang();
    let head = &paper.head;
    let steps: Vec<Step> = Step::ALL
        .into_iter()
        .filter(|step| *step != Step::Closed || head.expires_on.is_some())
        .collect();
    let other = lang.other();
    let mut fields = Fields::default();
    let step = Field::choice(lang.form_paper_mark(), &steps, |step| step.word(lang), Some(next));
    let step = fields.add(step.also(steps.iter().map(|step| step.word(other))).required());
    let on = fields.add(cx.day(lang.form_day()));
    let channel = cx.choice(lang.form_channel(), head.sent_by);
    let channel = fields.add(channel.shown_if(&step, Step::Sent));
    let proof = Field::text(lang.form_paper_proof(), &head.proof);
    let proof = proof.hinted(lang.form_paper_proof_hint());
    let proof = fields.add(proof.shown_if(&step, Step::Delivered));
    let note = fields.add(Field::text(lang.form_note(), "").shown_if(&step, Step::Closed));
    let days = paper.days();
    let (id, today) = (head.id, cx.today);
    let title = lang.paper_called(head.kind, &head.number, &head.title);
    cx.open(title, fields, move |values| {
        let mark = match values.get(&step)? {
            Step::Sent => PaperMark::Sent { channel: values.get(&channel)?, mailed: None },
            Step::Delivered => PaperMark::Delivered { proof: values.get(&proof)? },
            Step::Signed => PaperMark::Signed,
            Step::Closed => PaperMark::Closed { note: values.get(&note)? },
        };
        let day = values.get(&on)?;
        on.check(rules::mark_paper(&days, &mark, day, today))?;
        Ok(Change::MarkPaper { paper: id, mark, on: day })
    })
}
