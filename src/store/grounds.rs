//! What starts the limitation clock of milestones anew, besides their payments: contacts and promises, with the way they
//! were made, and papers.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Reader;
use super::backend::{Select, select};
use crate::domain::ids::{MilestoneId, TouchId};
use crate::domain::kinds::{Channel, PaperKind, TouchKind};
use crate::domain::limitation::{Ground, GroundPaper};
use crate::error::Result;

select! {
    struct Touched from "touch_milestone l JOIN touch t ON t.id = l.touch" {
        milestone: MilestoneId = "l.milestone",
        on: NaiveDate = "t.touched_on",
        kind: TouchKind = "t.kind",
        channel: Option<Channel> = "t.channel",
    }
}

select! {
    struct Promised from "promise p JOIN all_touch t ON t.id = p.touch" {
        milestone: MilestoneId = "p.milestone",
        on: NaiveDate = "p.made_on",
        channel: Option<Channel> = "t.channel",
    }
}

select! {
    struct Papered from "paper_about a JOIN paper t ON t.id = a.paper" {
        milestone: MilestoneId = "a.milestone",
        kind: PaperKind = "t.kind",
        dated_on: NaiveDate = "t.dated_on",
        sent_on: Option<NaiveDate> = "t.sent_on",
        delivered_on: Option<NaiveDate> = "t.delivered_on",
        proof: String = "t.proof",
        signed_on: Option<NaiveDate> = "t.signed_on",
        touch: Option<TouchId> = "t.touch",
    }
}

impl Reader {
    /// The contacts, promises and papers that start the clock of these milestones anew, whether they can be proved or not.
    pub fn grounds(&self, ids: &[MilestoneId]) -> Result<HashMap<MilestoneId, Vec<Ground>>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let mut grounds: HashMap<MilestoneId, Vec<Ground>> = HashMap::new();
        let sql = [Touched::SELECT, "WHERE l.milestone IN ($ids) ORDER BY l.id"].join(" ");
        self.db.each_of(&sql, &ids, |touched: Touched| {
            let ground = Ground::of_touch(touched.on, touched.kind, touched.channel);
            grounds.entry(touched.milestone).or_default().extend(ground);
            Ok(())
        })?;
        let sql = [Promised::SELECT, "WHERE p.milestone IN ($ids) ORDER BY p.id"].join(" ");
        self.db.each_of(&sql, &ids, |promised: Promised| {
            let ground = Ground::of_promise(promised.on, promised.channel);
            grounds.entry(promised.milestone).or_default().push(ground);
            Ok(())
        })?;
        let sql = [Papered::SELECT, "WHERE a.milestone IN ($ids) ORDER BY t.id"].join(" ");
        self.db.each_of(&sql, &ids, |paper: Papered| {
            let ground = GroundPaper {
                kind: paper.kind,
                dated_on: paper.dated_on,
                sent_on: paper.sent_on,
                delivered_on: paper.delivered_on,
                proved: !paper.proof.is_empty(),
                signed_on: paper.signed_on,
                told: paper.touch.is_some(),
            };
            grounds.entry(paper.milestone).or_default().extend(Ground::of_paper(&ground));
            Ok(())
        })?;
        Ok(grounds)
    }
}
