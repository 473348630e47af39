//! What a person presses and what the ledger then says: each form on a ledger of its own.

mod acceptance;
mod agreements;
mod app;
mod contact;
mod master;
mod money;
mod paper;
mod progress;

use std::any::Any;

use iso_currency::Currency;

use super::*;
use crate::domain::change::{
    Change, ContactDraft, CustomerDraft, MilestoneDraft, PaymentDraft, ProjectDraft, Target,
};
use crate::domain::facts::Account;
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{Channel, Stage};
use crate::store::Applied;
use crate::tui::action::Action;
use crate::tui::data::{LastSeen, Ledger};
use crate::tui::input::Key;
use crate::tui::overlay::Reply;
use crate::tui::screen::Cx;
use crate::tui::tests::kit::{Town, day, opened, today};
use crate::tui::widgets::form::Form;
use crate::tui::widgets::form::testing::Filled;
use crate::tui::widgets::testing::ui;

/// A ledger with 星河科技 (two contacts, project P-2031 with three milestones) and 华东水务 (P-2044 with one).
struct Desk {
    ledger: Ledger,
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
        let Town { store, folder } = Town::empty();
        Self { ledger: opened(store, "wang", LastSeen::default()), lang, _folder: folder }
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
        let projects = [("P-2031", "数据中台", 1), ("P-2044", "泵站", 2)];
        for (code, name, customer) in projects {
            let project = project(code, name, CustomerId(customer));
            desk.does(&Change::AddProject(project));
        }
        for (project, name, stage, amount, due) in [
            (1, "M3 验收款", Stage::Acceptance, 48_000_000, "2026-10-02"),
            (1, "M4 进度款", Stage::Progress, 21_000_000, "2026-11-08"),
            (1, "M5 尾款", Stage::Final, 10_000_000, "acceptance + 30d"),
            (2, "M1 预付款", Stage::Advance, 5_000_000, "2026-11-01"),
        ] {
            let draft = milestone(ProjectId(project), name, stage, (amount, due));
            desk.does(&Change::AddMilestone(draft));
        }
        desk
    }

    fn apply(&mut self, change: &Change) -> Result<Applied> {
        self.ledger.ask();
        self.ledger.apply(change)
    }

    fn does(&mut self, change: &Change) -> Applied {
        self.apply(change).unwrap()
    }

    fn press(&self, recording: Recording, selection: &Selection) -> Effect {
        let cx = Context {
            who: "wang",
            store: &self.ledger.store,
            portfolio: &self.ledger.portfolio,
            today: today(),
            plans: &self.ledger.plans,
            playbook: &self.ledger.playbook,
            ui: ui(self.lang),
        };
        recording.respond(selection, cx).unwrap()
    }

    /// Presses a key that leads to a choice, and chooses by typing, or what the cursor is on where nothing is typed.
    fn pick(&mut self, recording: Recording, text: &str, selection: &Selection) -> Effect {
        let Effect::Open(mut choice) = self.press(recording, selection) else {
            panic!("something else than a choice");
        };
        if !text.is_empty() {
            choice.paste(text);
        }
        let mut cx = Cx { ledger: &mut self.ledger, ui: ui(self.lang) };
        match choice.act(Action::Accept, &mut cx).unwrap() {
            Reply::Done(effect) => effect,
            _ => panic!("nothing is called {text}"),
        }
    }

    fn form(&self, recording: Recording, milestones: &[MilestoneId]) -> Filled {
        self.form_on(recording, &about(milestones))
    }

    fn form_on(&self, recording: Recording, selection: &Selection) -> Filled {
        filled(self.press(recording, selection), self.lang)
    }

    /// The form behind a choice.
    fn form_of(&mut self, recording: Recording, text: &str, selection: &Selection) -> Filled {
        filled(self.pick(recording, text, selection), self.lang)
    }

    /// The form for a new customer.
    fn form_of_customer(&self) -> Filled {
        let cx = Context {
            who: "wang",
            store: &self.ledger.store,
            portfolio: &self.ledger.portfolio,
            today: today(),
            plans: &self.ledger.plans,
            playbook: &self.ledger.playbook,
            ui: ui(self.lang),
        };
        filled(settled(super::customer::add(cx)).unwrap(), self.lang)
    }

    fn item(&self, id: MilestoneId) -> Item {
        self.ledger.store.milestone_detail(id).unwrap().item
    }

    /// Writes what a form stands for.
    fn save(&mut self, form: &mut Filled) -> Change {
        let change = form.submitted();
        self.does(&change);
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
        manager: "王敏".to_owned(),
        contract_amount: Some(100_000_000),
        signed_on: Some(day("2026-01-05")),
        bills: false,
        ..ProjectDraft::new(customer, Currency::CNY)
    }
}

fn milestone(
    project: ProjectId,
    name: &str,
    stage: Stage,
    (amount, due): (i64, &str),
) -> MilestoneDraft {
    MilestoneDraft {
        stage,
        rule: due.parse().unwrap(),
        ..MilestoneDraft::new(project, name, amount)
    }
}

fn paid(amount: i64, currency: Currency, target: Target) -> Change {
    let customer = XINGHE;
    let account = Account { customer, currency };
    Change::RecordPayment(PaymentDraft {
        bank_ref: "B-77".to_owned(),
        target,
        ..PaymentDraft::new(account, day("2026-11-10"), amount)
    })
}

fn about(milestones: &[MilestoneId]) -> Selection {
    Selection { milestones: milestones.to_vec(), ..Selection::default() }
}

fn customer(id: CustomerId) -> Selection {
    Selection { customer: Some(id), ..Selection::default() }
}

fn said(response: Effect) -> String {
    match response {
        Effect::Say(text) => text,
        _ => panic!("something else than words"),
    }
}

/// The form that was opened.
fn filled(effect: Effect, lang: Lang) -> Filled {
    let overlay: Box<dyn Any> = match effect {
        Effect::Open(overlay) => overlay,
        Effect::Say(text) => panic!("{text}"),
        _ => panic!("something else than a form"),
    };
    let form = overlay.downcast::<Form>();
    let form = form.unwrap_or_else(|_| panic!("something else than a form"));
    Filled::new(*form, lang)
}
