//! What a person presses and what the ledger then says: each form on a ledger of its own.

mod agreements;
mod app;
mod contact;
mod master;
mod money;
mod progress;

use chrono::{DateTime, NaiveDate, Utc};
use iso_currency::Currency;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::domain::change::{
    Change, ContactDraft, CustomerDraft, MilestoneDraft, PaymentDraft, ProjectDraft, Target,
};
use crate::domain::item::Item;
use crate::domain::kinds::{Channel, Method, ProjectState, Stage};
use crate::error::{Error, Result};
use crate::store::{self, Applied};
use crate::text::Lang;
use crate::tui::forms::{Form, FormOutcome};
use crate::tui::input::Key;
use crate::tui::widgets::picker::Picker;
use crate::tui::widgets::testing::{lines, look};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-21")
}

/// A ledger with 星河科技 (two contacts, project P-2031 with three milestones) and 华东水务 (P-2044 with one).
struct Desk {
    store: Store,
    lang: Lang,
    _folder: tempfile::TempDir,
}

const XINGHE: CustomerId = CustomerId(1);
const P2031: ProjectId = ProjectId(1);
/// Overdue since 2026-10-02: ¥480,000.
const M3: MilestoneId = MilestoneId(1);
/// Overdue since 2026-11-08: ¥210,000.
const M4: MilestoneId = MilestoneId(2);
/// Planned: 30 days after acceptance: ¥100,000.
const M5: MilestoneId = MilestoneId(3);
/// Of 华东水务, overdue since 2026-11-01: ¥50,000.
const OTHER: MilestoneId = MilestoneId(4);

impl Desk {
    fn empty(lang: Lang) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            store: Store::open(&folder.path().join("ledger.db")).unwrap(),
            lang,
            _folder: folder,
        }
    }

    fn new() -> Self {
        Self::speaking(Lang::Zh)
    }

    fn speaking(lang: Lang) -> Self {
        let mut desk = Self::empty(lang);
        desk.does(&Change::AddCustomer(CustomerDraft {
            code: "C1".to_owned(),
            name: "星河科技有限公司".to_owned(),
            short_name: "星河科技".to_owned(),
            contacts: vec![
                person("张三", "财务经理", Some(Channel::Wechat)),
                person("李四", "采购", None),
            ],
            ..CustomerDraft::default()
        }));
        desk.does(&Change::AddCustomer(CustomerDraft {
            name: "华东水务".to_owned(),
            ..CustomerDraft::default()
        }));
        desk.does(&Change::AddProject(project("P-2031", "数据中台", XINGHE)));
        desk.does(&Change::AddProject(project(
            "P-2044",
            "泵站",
            CustomerId(2),
        )));
        let mut add = |project, name: &str, stage, (amount, due): (i64, &str)| {
            let draft = milestone(project, name, stage, (amount, due));
            desk.does(&Change::AddMilestone(draft));
        };
        add(
            P2031,
            "M3 验收款",
            Stage::Acceptance,
            (48_000_000, "2026-10-02"),
        );
        add(
            P2031,
            "M4 进度款",
            Stage::Progress,
            (21_000_000, "2026-11-08"),
        );
        add(
            P2031,
            "M5 尾款",
            Stage::Final,
            (10_000_000, "acceptance + 30d"),
        );
        add(
            ProjectId(2),
            "M1 预付款",
            Stage::Advance,
            (5_000_000, "2026-11-01"),
        );
        desk
    }

    fn apply(&mut self, change: &Change) -> Result<Applied, Error> {
        let context = store::Context {
            who: "wang",
            today: today(),
            at: DateTime::<Utc>::from_timestamp(1_795_000_000, 0).unwrap(),
            seen: None,
        };
        self.store.apply(change, &context)
    }

    fn does(&mut self, change: &Change) -> Applied {
        self.apply(change).unwrap()
    }

    fn with<T>(&self, ask: impl FnOnce(Context<'_>) -> Result<T>) -> T {
        let book = Portfolio::load(&self.store, today()).unwrap();
        ask(Context {
            store: &self.store,
            book: &book,
            today: today(),
            look: look(self.lang),
        })
        .unwrap()
    }

    fn press(&self, action: Action, subject: &Subject) -> Response {
        self.with(|context| respond(action, subject, context))
    }

    fn pick(&self, action: Action, text: &str, subject: &Subject) -> Response {
        let picker = picker(self.press(action, subject));
        let id = choose(picker, text);
        self.with(|context| picked(action, id, subject, context))
    }

    fn form(&self, action: Action, milestones: &[MilestoneId]) -> Filled {
        Filled::new(self.press(action, &about(milestones)), self.lang)
    }

    fn item(&self, id: MilestoneId) -> Item {
        self.store.milestone_detail(id).unwrap().item
    }

    /// Writes what a form stands for; a refusal goes back to it.
    fn save(&mut self, form: &mut Filled) -> Change {
        let change = form.submitted();
        if let Err(error) = self.apply(&change) {
            let refusal = refusal(&error, self.lang);
            panic!("{refusal:?}\n{change:?}");
        }
        change
    }
}

fn person(name: &str, role: &str, channel: Option<Channel>) -> ContactDraft {
    ContactDraft {
        name: name.to_owned(),
        role: role.to_owned(),
        channel,
        ..ContactDraft::default()
    }
}

fn project(code: &str, name: &str, customer: CustomerId) -> ProjectDraft {
    ProjectDraft {
        code: code.to_owned(),
        name: name.to_owned(),
        customer,
        manager: "王敏".to_owned(),
        contract_no: String::new(),
        contract_amount: Some(100_000_000),
        currency: Currency::CNY,
        signed_on: Some(day("2026-01-05")),
        starts_on: None,
        ends_on: None,
        warranty_ends_on: None,
        progress_percent: None,
        grace_days: 0,
        state: ProjectState::Active,
    }
}

fn milestone(
    project: ProjectId,
    name: &str,
    stage: Stage,
    (amount, due): (i64, &str),
) -> MilestoneDraft {
    MilestoneDraft {
        project,
        key: String::new(),
        name: name.to_owned(),
        stage,
        amount,
        condition: String::new(),
        rule: due.parse().unwrap(),
        agreed_on: None,
        planned_on: None,
        delivered_on: None,
        accepted_on: None,
        method: None,
        note: String::new(),
    }
}

fn paid(amount: i64, currency: Currency, target: Target) -> Change {
    Change::RecordPayment(PaymentDraft {
        customer: XINGHE,
        received_on: day("2026-11-10"),
        amount,
        currency,
        method: Method::Transfer,
        payer: String::new(),
        bank_ref: "B-77".to_owned(),
        note: String::new(),
        target,
    })
}

fn about(milestones: &[MilestoneId]) -> Subject {
    Subject {
        milestones: milestones.to_vec(),
        ..Subject::default()
    }
}

fn customer(id: CustomerId) -> Subject {
    Subject {
        customer: Some(id),
        ..Subject::default()
    }
}

fn said(response: Response) -> String {
    match response {
        Response::Say(text) => text,
        _ => panic!("something else than words"),
    }
}

fn picker(response: Response) -> Picker {
    match response {
        Response::Pick(picker, _) => *picker,
        _ => panic!("something else than a choice"),
    }
}

fn choose(mut picker: Picker, text: &str) -> RowId {
    picker.paste(text);
    let chosen = picker.chosen();
    chosen.unwrap_or_else(|| panic!("no {text}")).id
}

/// A form and the keys pressed in it.
struct Filled {
    form: Form,
    lang: Lang,
}

impl Filled {
    fn new(response: Response, lang: Lang) -> Self {
        match response {
            Response::Form(form) => Self { form: *form, lang },
            Response::Say(text) => panic!("{text}"),
            _ => panic!("something else than a form"),
        }
    }

    fn keys(&mut self, keys: &[Key]) -> &mut Self {
        for key in keys {
            let outcome = self.form.on_key(*key);
            assert_eq!(outcome, FormOutcome::Pending, "{key}");
        }
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.keys(&[Key::Char(c)]);
        }
        self
    }

    fn tab(&mut self, times: usize) -> &mut Self {
        self.keys(&vec![Key::Tab; times])
    }

    /// Types into a field instead of what stands there.
    fn instead(&mut self, text: &str) -> &mut Self {
        self.keys(&[Key::Ctrl('u')]).types(text)
    }

    fn submitted(&mut self) -> Change {
        match self.form.on_key(Key::Enter) {
            FormOutcome::Submitted(change) => *change,
            other => panic!("{other:?}\n{}", self.shown()),
        }
    }

    /// What stands on a screen of 80x24 after an Enter that did not save.
    fn complains(&mut self) -> String {
        self.keys(&[Key::Enter]).shown()
    }

    fn shown(&mut self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let look = look(self.lang);
        terminal
            .draw(|frame| self.form.draw(frame, frame.area(), look))
            .unwrap();
        let lines = lines(terminal.backend().buffer());
        let text = lines.into_iter().filter(|line| !line.is_empty());
        text.collect::<Vec<_>>().join("\n")
    }
}
