//! The contract of the domain, as tables and properties: what a milestone's facts mean on a day.
#![allow(
    clippy::unwrap_used,
    clippy::missing_docs_in_private_items,
    missing_docs,
    reason = "helpers of tests panic like tests do, and their names say what they are"
)]

mod aging;
mod allocation;
mod approval;
mod balance;
mod bill;
mod deals;
mod due;
mod dunning;
#[path = "../kit/facts.rs"]
mod kit;
mod late_fee;
mod limitation;
mod movement;
mod people;
mod promise;
mod rules;
mod settled;
mod status;
mod statutory;
mod todo;
mod waiver;
mod worklist;
