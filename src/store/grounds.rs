//! What starts the limitation clock of milestones anew, besides their payments: contacts and promises, with the way they
//! were made.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Reader;
use super::backend::{Select, select};
use crate::domain::ids::MilestoneId;
use crate::domain::kinds::{Channel, TouchKind};
use crate::domain::limitation::Ground;
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

impl Reader {
    /// The contacts and promises that start the clock of these milestones anew, whether they can be proved or not.
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
        Ok(grounds)
    }
}
