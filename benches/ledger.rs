//! Speed of the seams a user feels: reading the portfolio, judging it, writing to it. `HUIKUAN_BENCH_SIZE` sets how many
//! milestones the ledger holds (one in ten open); 100,000 unless set.
#![allow(clippy::expect_used, reason = "a bench without its ledger can only stop")]

#[path = "ledger/keys.rs"]
mod keys;
#[path = "ledger/kit.rs"]
mod kit;
#[path = "ledger/read.rs"]
mod read;
#[path = "ledger/write.rs"]
mod write;

fn main() {
    divan::main();
}
