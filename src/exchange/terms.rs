//! Payment conditions as they were read.

use serde_json::{Value, json};

use crate::domain::due::{Event, Offset};
use crate::domain::kinds::Stage;
use crate::domain::terms::{
    Clause, Deemed, Discount, Need, Part, Penalty, PenaltyRate, Terms, Trigger, Whole,
};
use crate::text::Lang;

use super::out::{Cell, Column, JsonOut, Page, Report, Table};

pub struct TermsRead(pub Terms);

impl Report for TermsRead {
    fn page(&self, lang: Lang) -> Page<'_> {
        let terms = &self.0;
        let columns = vec![
            Column::left(lang.terms_pays()),
            Column::left(lang.form_stage()),
            Column::left(lang.terms_when()),
            Column::left(lang.terms_rule()),
            Column::left(lang.terms_beside()),
        ];
        let row = move |clause: &Clause| -> Vec<Cell> {
            vec![
                lang.part(clause).into(),
                clause.stage.map(|stage| lang.stage(stage)).unwrap_or_default().into(),
                lang.when(clause).into(),
                lang.clause_rule(clause).into(),
                lang.needs(&clause.needs).into(),
            ]
        };
        let mut lead = Vec::new();
        if terms.is_nothing() {
            lead.push(lang.terms_nothing().to_owned());
        }
        lead.extend(terms.discount.map(|discount| lang.discount_told(discount)));
        lead.extend(terms.deemed.map(|deemed| lang.deemed_told(deemed)));
        lead.extend(terms.penalty.as_ref().map(|penalty| lang.penalty_told(penalty)));
        if !terms.unread.is_empty() {
            lead.push(lang.terms_unread(&terms.unread.join(lang.and_then())));
        }
        let tables = match terms.clauses.as_slice() {
            [] => Vec::new(),
            clauses => vec![Table::new(columns, clauses.iter().map(row))],
        };
        Page { title: lang.terms_title().to_owned(), lead, tables }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let terms = &self.0;
        let value = json!({
            "clauses": terms.clauses.iter().map(clause).collect::<Vec<_>>(),
            "discount": terms.discount.map(|Discount { percent, within }| {
                json!({ "percent": percent.to_string(), "within": offset(within) })
            }),
            "deemed_acceptance": terms.deemed.map(|Deemed { after, within }| {
                json!({ "after": after.map(Event::code), "within": within.map(offset) })
            }),
            "penalty": terms.penalty.as_ref().map(penalty),
            "unread": terms.unread,
            "short": terms.to_string(),
        });
        serde_json::to_writer(out, &value)
    }
}

fn offset(offset: Offset) -> String {
    format!("{}{}", offset.count, offset.unit.code())
}

fn clause(clause: &Clause) -> Value {
    let (mut percent, mut cumulative, mut settled, mut amount) = (None, false, false, None);
    match &clause.part {
        Some(Part::Share { percent: share, cumulative: up_to, of }) => {
            percent = Some(share.to_string());
            cumulative = *up_to;
            settled = *of == Whole::Settled;
        }
        Some(Part::Fixed(text)) => amount = Some(text.clone()),
        Some(Part::Rest) | None => {}
    }
    let (event, progress) = match &clause.trigger {
        Some(Trigger::Event(event)) => (Some(event.code()), None),
        Some(Trigger::Progress(percent)) => (Some("progress"), Some(percent.to_string())),
        Some(Trigger::Settlement) => (Some("settlement"), None),
        None => (None, None),
    };
    let need = |need: &Need| json!({ "what": need.what, "within": need.within.map(offset) });
    json!({
        "text": clause.text,
        "percent": percent,
        "cumulative": cumulative,
        "of_settled": settled,
        "amount": amount.or_else(|| clause.told.clone()),
        "rest": clause.part == Some(Part::Rest),
        "stage": clause.stage.map(Stage::code),
        "event": event,
        "progress_percent": progress,
        "month_end": clause.month_end,
        "offsets": clause.offsets.iter().copied().map(offset).collect::<Vec<_>>(),
        "needs": clause.needs.iter().map(need).collect::<Vec<_>>(),
        "rule": clause.rule(),
        "understood": !clause.is_unclear,
    })
}

fn penalty(penalty: &Penalty) -> Value {
    let (kind, percent, amount) = match &penalty.rate {
        PenaltyRate::PerDay(percent) => ("per_day", Some(percent), None),
        PenaltyRate::PerYear(percent) => ("per_year", Some(percent), None),
        PenaltyRate::Once(percent) => ("once", Some(percent), None),
        PenaltyRate::Lump(amount) => ("once", None, Some(amount)),
    };
    json!({
        "kind": kind,
        "percent": percent.map(ToString::to_string),
        "amount": amount,
        "cap_percent": penalty.cap.map(|cap| cap.to_string()),
    })
}
