//! Changes, on disk when they return.

use divan::Bencher;
use huikuan::demo;
use huikuan::domain::change::{Change, TouchDraft};
use huikuan::domain::due::DueRule;
use huikuan::domain::ids::MilestoneId;
use huikuan::domain::kinds::{Channel, Outcome, Stage, TouchKind};
use huikuan::domain::money::Currency;
use huikuan::domain::plan::{PlanBatch, PlanRow};
use huikuan::store::Store;

use crate::kit::{TODAY, context, filled, large, portfolio};

fn a_call(milestone: MilestoneId) -> Change {
    Change::LogContact(TouchDraft {
        milestones: vec![milestone],
        on: TODAY,
        contact: None,
        channel: Channel::Phone,
        kind: TouchKind::Dunning,
        step: Some(2),
        outcome: Some(Outcome::Noted),
        cause: None,
        note: "在走付款流程".to_owned(),
        next_on: None,
        promises: Vec::new(),
        disputes: Vec::new(),
    })
}

/// One contact logged on an open milestone, on disk and in the portfolio again.
#[divan::bench(sample_count = 50)]
fn log_a_contact(bencher: Bencher) {
    let mut store = large();
    let mut portfolio = portfolio();
    let open = portfolio.items()[portfolio.items().len() / 2].id;
    bencher.bench_local(|| {
        store.apply(&a_call(open), &context()).expect("logged");
        portfolio.refresh(&store, &[open]).expect("read again");
    });
}

/// A plan list of ten thousand rows into an empty ledger, after the file was read.
#[divan::bench(sample_count = 3)]
fn import_10k(bencher: Bencher) {
    let batch = plan_list(10_000);
    let fresh = || {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("import.db")).expect("an empty ledger");
        (folder, store)
    };
    bencher.with_inputs(fresh).bench_local_values(|(folder, mut store)| {
        store.import(&batch, &context(), &mut |_, _| {}).expect("imported");
        (folder, store)
    });
}

/// Rows as a plan list has them: five to a project, ten projects to a customer, half of them paid.
fn plan_list(rows: u32) -> PlanBatch {
    let day = |days: u32| TODAY - chrono::Days::new(days.into());
    let row = |n: u32| {
        let (project, customer) = (n / 5, n / 50);
        PlanRow {
            row: n + 2,
            key: Some(format!("K{n:07}")),
            customer: format!("C{customer:05}"),
            customer_name: format!("客户{customer:05}有限公司"),
            contact_name: None,
            contact_phone: None,
            project: Some(format!("P{project:06}")),
            project_name: Some("数据中台".to_owned()),
            manager: Some("王敏".to_owned()),
            contract_no: None,
            contract_amount: None,
            signed_on: Some(day(700)),
            milestone: "进度款".to_owned(),
            stage: Some(Stage::Progress),
            guessed_stage: None,
            amount: 12_345_600 + i64::from(n),
            currency: Currency::CNY,
            agreed_on: None,
            due: Some(DueRule::fixed(day(n % 600))),
            condition: None,
            told_due: None,
            planned_on: None,
            delivered_on: None,
            accepted_on: None,
            invoice_no: Some(format!("{n:020}")),
            invoiced_on: Some(day(n % 600 + 20)),
            paid: None,
            paid_on: n.is_multiple_of(2).then(|| day(n % 600)),
            disputed: None,
            written_off_on: None,
            note: None,
        }
    };
    PlanBatch {
        bills: true,
        file: "plan.csv".to_owned(),
        sha256: String::new(),
        reschedule: false,
        skip_bad: false,
        undated: None,
        rows: (0..rows).map(row).collect(),
    }
}

/// The small demo on a throw-away ledger: what stands between `huikuan demo` and its first frame.
#[divan::bench(sample_count = 50)]
fn small_demo(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a folder");
    bencher
        .with_inputs(|| Store::throwaway(folder.path()).expect("an empty ledger"))
        .bench_local_values(|mut store| {
            demo::small(&mut store, TODAY, demo::Company::Chinese).expect("filled");
            store
        });
}

/// Ten thousand generated milestones in a file of their own.
#[divan::bench(sample_count = 3)]
fn generate_10k(bencher: Bencher) {
    bencher.bench_local(|| filled(10_000));
}
