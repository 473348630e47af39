//! Lists with one row a project: stages as columns (预付款, 进度款, 质保金), each a milestone of the row, with columns
//! of its own behind it (到账日) or below it (应收, 已收, 到期日).

use std::collections::BTreeMap;

use super::{Heading, Mapping, Name, columns};
use crate::domain::plan::field::PlanField;
use crate::exchange::plan::units::Unit;
use crate::text::stages::{stage_named, stage_told};

use PlanField as F;

/// Stages that make a list one of this kind.
const LEAST: usize = 2;

/// A stage, and its columns by field.
#[derive(Debug)]
pub struct StageClaim {
    pub name: String,
    /// The first column of a name over several, where its columns stand below that.
    below: Option<usize>,
    pub columns: BTreeMap<PlanField, usize>,
}

/// Whether a field belongs to the row and not to each stage.
pub const fn is_of_row(field: PlanField) -> bool {
    field.is_shared() || matches!(field, F::Note | F::Condition)
}

/// Whether each stage can have a column of its own for it.
const fn is_of_stage(field: PlanField) -> bool {
    matches!(
        field,
        F::Amount
            | F::Percent
            | F::AgreedOn
            | F::Due
            | F::Condition
            | F::PlannedOn
            | F::DeliveredOn
            | F::AcceptedOn
            | F::InvoiceNo
            | F::InvoicedOn
            | F::Paid
            | F::PaidOn
            | F::Disputed
            | F::WrittenOffOn
            | F::Note
    )
}

/// The field a stage may have of a column with these meanings.
fn of_stage(meanings: &[(PlanField, u8)]) -> Option<PlanField> {
    let fields = meanings.iter().filter(|(field, _)| is_of_stage(*field));
    fields.min_by_key(|(_, rank)| *rank).map(|(field, _)| *field)
}

/// Whether a name (folded, without signs) is that of a stage's money: 验收款, 质保金, 第二期款, 30%预付款.
pub fn is_stage(name: &str) -> bool {
    const OTHERS: [&str; 6] = ["未", "剩余", "欠", "累计", "合计", "总"];
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '%' | '.'));
    if OTHERS.iter().any(|word| name.starts_with(word)) {
        return false;
    }
    let is_money = || {
        name.ends_with(['款', '金'])
            || name.ends_with("payment")
            || name.is_ascii() && stage_named(name).is_some()
    };
    is_numbered(name) || stage_told(name).is_some() && is_money()
}

/// 第一期, 二期款, 第3笔.
fn is_numbered(name: &str) -> bool {
    let (counted, behind) = match name.strip_prefix('第') {
        Some(rest) => (rest, ["期", "笔", "次", "期款", "笔款", "次付款"].as_slice()),
        None => (name, ["期款", "笔款", "次付款"].as_slice()),
    };
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十首末".contains(c);
    let rest = counted.trim_start_matches(is_number);
    rest.len() < counted.len() && behind.contains(&rest)
}

/// A name that is a stage's and a field's together: 预付款到账日, 已收预付款.
fn stage_with_field(name: &str) -> Option<(&str, PlanField)> {
    if name.trim_end_matches('%').ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let field = |text: &str| of_stage(&columns::meanings(text));
    name.char_indices().skip(1).find_map(|(at, _)| {
        let (before, behind) = name.split_at(at);
        let stage_first = || Some((before, field(behind).filter(|_| is_stage(before))?));
        let field_first = || Some((behind, field(before).filter(|_| is_stage(behind))?));
        stage_first().or_else(field_first)
    })
}

/// What milestones of a stage are called: its header, without unit and remark.
fn called(header: &str) -> String {
    let known = |inside: &str| {
        let inside = Name::of(inside.trim_end_matches([')', '）'])).folded;
        Unit::parse(&inside).is_some() || Unit::is_remark(&inside)
    };
    match header.split_once(['(', '（']) {
        Some((name, inside)) if known(inside) => name.trim().to_owned(),
        Some(_) | None => header.to_owned(),
    }
}

/// The stages of a header, if it has several and nothing that names the milestone of a row.
pub fn find(headings: &[Heading], names: &[Name], mapping: &Mapping) -> Vec<StageClaim> {
    let own = |field: &PlanField| mapping.field(*field);
    let is_named = |&(field, rank): &(PlanField, u8)| {
        matches!(field, F::Milestone | F::Stage) || field == F::Key && rank == 0
    };
    if PlanField::ALL.iter().filter(|field| !is_of_row(**field)).any(own)
        || names.iter().flat_map(|name| &name.meanings).any(is_named)
    {
        return Vec::new();
    }
    let mut stages: Vec<StageClaim> = Vec::new();
    // Columns behind a stage that may be its own: with the place of the stage.
    let mut behind: Vec<(usize, PlanField, usize)> = Vec::new();
    let mut open = false;
    for (index, (heading, name)) in headings.iter().zip(names).enumerate() {
        if let Some((upper, first)) = &heading.upper
            && is_stage(&Name::of(upper).folded)
        {
            open = false;
            if stages.last().is_none_or(|stage| stage.below != Some(*first)) {
                let (name, below) = (called(upper), Some(*first));
                stages.push(StageClaim { name, below, columns: BTreeMap::new() });
            }
            let field = of_stage(&Name::of(&heading.own).meanings);
            if let (Some(stage), Some(field)) = (stages.last_mut(), field) {
                stage.columns.entry(field).or_insert(index);
            }
        } else if let Some(field) = of_stage(&name.meanings) {
            if open {
                behind.push((stages.len() - 1, field, index));
            }
        } else if !name.meanings.is_empty() {
            open = false;
        } else if let Some((stage, field)) = stage_with_field(&name.folded) {
            open = false;
            let known = stages.iter_mut().find(|known| Name::of(&known.name).folded == stage);
            if let Some(known) = known {
                known.columns.entry(field).or_insert(index);
            } else {
                let columns = BTreeMap::from([(field, index)]);
                stages.push(StageClaim { name: stage.to_owned(), below: None, columns });
            }
        } else if is_stage(&name.folded) {
            open = true;
            let columns = BTreeMap::from([(F::Amount, index)]);
            stages.push(StageClaim { name: called(&heading.own), below: None, columns });
        }
    }
    // One column of a kind could be about the whole row; one behind each of several stages is each stage's.
    let times = |field: PlanField| {
        let mut of: Vec<usize> = behind.iter().filter(|b| b.1 == field).map(|b| b.0).collect();
        of.dedup();
        of.len()
    };
    for &(stage, field, index) in behind.iter().filter(|(_, field, _)| times(*field) > 1) {
        if let Some(stage) = stages.get_mut(stage) {
            stage.columns.entry(field).or_insert(index);
        }
    }
    stages.retain(|stage| {
        stage.columns.contains_key(&F::Amount) || stage.columns.contains_key(&F::Percent)
    });
    if stages.len() < LEAST {
        return Vec::new();
    }
    number(&mut stages);
    stages
}

/// Tells apart stages of one name.
fn number(stages: &mut [StageClaim]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for stage in stages {
        let times = seen.entry(stage.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            stage.name = format!("{} {times}", stage.name);
        }
    }
}
