//! From the file to what a screen shows.

use divan::{Bencher, black_box};
use huikuan::domain::aging::Buckets;
use huikuan::domain::money::Currency;
use huikuan::portfolio::Portfolio;
use huikuan::report::aging::{GroupBy, table};
use huikuan::report::figures::figures;
use huikuan::report::worklist::worklist;

use crate::kit::{TODAY, large, noted, portfolio};

/// Every start: the open milestones, as they stand in the file.
#[divan::bench(sample_count = 20)]
fn load_items(bencher: Bencher) {
    let store = large();
    bencher.bench_local(|| black_box(store.items()).map(|items| items.len()));
}

/// Every start: the items and what reports need besides.
#[divan::bench(sample_count = 20)]
fn load_book(bencher: Bencher) {
    let store = large();
    bencher.bench_local(|| Portfolio::load(&store, TODAY).map(|portfolio| portfolio.items().len()));
}

/// The portfolio of a day one year back: read from the facts.
#[divan::bench(sample_count = 5)]
fn load_book_one_year_back(bencher: Bencher) {
    let store = large();
    let day = TODAY - chrono::Days::new(365);
    bencher.bench_local(|| Portfolio::load(&store, day).map(|portfolio| portfolio.items().len()));
}

#[divan::bench(sample_count = 50)]
fn todays_worklist(bencher: Bencher) {
    let portfolio = portfolio();
    let main = Currency::CNY;
    bencher.bench_local(|| {
        worklist(portfolio.items(), &portfolio.customers, TODAY, &portfolio.policy, main)
    });
}

#[divan::bench(sample_count = 50)]
fn five_figures(bencher: Bencher) {
    let portfolio = portfolio();
    bencher
        .bench_local(|| figures(portfolio.items(), &[], TODAY, &portfolio.policy, Currency::CNY));
}

#[divan::bench(sample_count = 50, args = [GroupBy::Customer, GroupBy::Project, GroupBy::Stage])]
fn aging(bencher: Bencher, by: GroupBy) {
    let portfolio = portfolio();
    let buckets = Buckets::default();
    bencher.bench_local(|| table(portfolio.items(), &portfolio.unapplied, TODAY, by, &buckets));
}

/// The view of to-dos, every time the ledger changed: where each stands.
#[divan::bench(sample_count = 20)]
fn open_todos_by_day(bencher: Bencher) {
    let store = noted();
    bencher.bench_local(|| {
        let mut days = Vec::new();
        store.each_open_todo(|day| days.push(day)).map(|()| days.len())
    });
}

/// The same narrowed: by what they are, and by what they say and are about.
#[divan::bench(sample_count = 10, args = [false, true])]
fn todos_looked_through(bencher: Bencher, named: bool) {
    let store = noted();
    bencher.bench_local(|| {
        let mut blocks = 0;
        store.each_todo(false, named, |head| blocks += usize::from(head.blocks)).map(|()| blocks)
    });
}

#[divan::bench(sample_count = 20)]
fn newest_notes(bencher: Bencher) {
    let store = noted();
    bencher.bench_local(|| store.newest_notes(None, 20).map(|(notes, all)| (notes.len(), all)));
}

/// A tab of a page.
#[divan::bench(sample_count = 20)]
fn timeline_of_a_project(bencher: Bencher) {
    let store = noted();
    let project = store.items().expect("items").first().expect("an item").project;
    bencher.bench_local(|| store.project_timeline(project).map(|timeline| timeline.len()));
}
