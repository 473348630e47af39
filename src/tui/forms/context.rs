//! What a form is about: the items behind its selection, how they are called, and titles made of that.

use chrono::NaiveDate;
use iso_currency::Currency;

use super::{Answer, Recording, Stop, settled};
use crate::domain::change::Change;
use crate::domain::ids::{CustomerId, MilestoneId, ProjectId};
use crate::domain::item::Item;
use crate::domain::kinds::{
    AcceptanceResult, BillForm, Cause, Channel, ConditionKind, Grade, InvoiceKind, Level, Method,
    NoteKind, Outcome, PaperKind, PriorityStart, Role, Stage, TodoKind, TouchKind,
};
use crate::domain::money::{self, PerCurrency};
use crate::domain::policy::Wording;
use crate::domain::template::Plans;
use crate::domain::violation::Field as Part;
use crate::error::Error;
use crate::portfolio::Portfolio;
use crate::report::playbook::Playbook;
use crate::store::{Page, Store};
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::effect::Effect;
use crate::tui::overlays::Choice;
use crate::tui::screen::Cx;
use crate::tui::selection::Selection;
use crate::tui::theme::Ui;
use crate::tui::widgets::form::{Field, Fields, Form, Key, LineDraft, Values, Wrong};
use crate::tui::widgets::picker::{Pick, Picker};

/// Cells a form's title can take.
const TITLE: usize = 70;

/// Every row of a list.
const ALL: Page<'static> = Page { offset: 0, limit: u32::MAX, search: "" };

/// Words to choose from.
pub(super) trait Vocabulary: Copy + PartialEq + 'static {
    const WORDS: &'static [Self];

    fn name(self, lang: Lang) -> &'static str;
}

macro_rules! vocabularies {
    ($($kind:ident $name:ident),+) => {$(
        impl Vocabulary for $kind {
            const WORDS: &'static [Self] = Self::ALL;

            fn name(self, lang: Lang) -> &'static str {
                lang.$name(self)
            }
        }
    )+};
}

impl Vocabulary for bool {
    const WORDS: &'static [Self] = &[true, false];

    fn name(self, lang: Lang) -> &'static str {
        if self { lang.form_yes() } else { lang.form_no() }
    }
}

vocabularies!(
    AcceptanceResult acceptance_result, BillForm bill_form, Cause cause, Channel channel,
    ConditionKind condition_kind, Grade grade, InvoiceKind invoice_kind, Level level, Method method,
    NoteKind note_kind, Outcome outcome, PaperKind paper_kind, PriorityStart priority_start, Role role, Stage stage, TodoKind todo_kind,
    TouchKind touch_kind, Wording wording
);

/// What a form is built from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub store: &'a Store,
    pub portfolio: &'a Portfolio,
    pub today: NaiveDate,
    /// Whose name events carry.
    pub who: &'a str,
    /// Plans of one's own, by their names.
    pub plans: &'a Plans,
    pub playbook: &'a Playbook,
    pub ui: Ui,
}

impl<'a> Context<'a> {
    pub fn new(cx: &'a Cx<'_>) -> Self {
        Self {
            store: &cx.ledger.store,
            portfolio: &cx.ledger.portfolio,
            today: cx.ledger.today(),
            who: cx.ledger.who(),
            plans: &cx.ledger.plans,
            playbook: &cx.ledger.playbook,
            ui: cx.ui,
        }
    }
}

impl Context<'_> {
    pub(super) const fn lang(self) -> Lang {
        self.ui.lang
    }

    pub(super) fn form(
        self,
        title: impl Into<String>,
        fields: Fields,
        finish: impl Fn(&Values) -> Result<Change, Wrong> + 'static,
    ) -> Form {
        Form::new(title, self.lang(), self.today, fields, finish)
    }

    pub(super) fn open(
        self,
        title: impl Into<String>,
        fields: Fields,
        finish: impl Fn(&Values) -> Result<Change, Wrong> + 'static,
    ) -> Effect {
        Effect::open(self.form(title, fields, finish))
    }

    /// The code of a customer or project, or the one proposed for a new one.
    pub(super) fn code(self, code: &str, is_new: bool) -> Field<String> {
        let lang = self.lang();
        let hint = if is_new { lang.form_code_next_hint() } else { lang.form_code_hint() };
        let field = Field::text(lang.form_code(), code).hinted(hint);
        field.proposed_if(is_new).about(Part::Code)
    }

    /// The day of a fact, today unless said otherwise.
    pub(super) fn day(self, label: &str) -> Field<NaiveDate> {
        Field::past(label, Some(self.today)).required()
    }

    /// The choice of one word of a vocabulary.
    pub(super) fn choice<T: Vocabulary>(self, label: &str, chosen: Option<T>) -> Field<Option<T>> {
        let other = self.lang().other();
        Field::choice(label, T::WORDS, |word| word.name(self.lang()), chosen)
            .also(T::WORDS.iter().map(|word| word.name(other)))
    }

    /// The choice of a currency, the first at hand, where there are several.
    pub(super) fn currency(
        self,
        fields: &mut Fields,
        currencies: &[Currency],
    ) -> Option<Key<Currency>> {
        let [first, _, ..] = currencies else {
            return None;
        };
        let label = self.lang().form_currency();
        let field = Field::choice(label, currencies, |currency| currency.code(), Some(*first));
        Some(fields.add(field.required().about(Part::Currency)))
    }

    /// The items of these milestones, open or closed, in the order given.
    pub(super) fn items(self, ids: &[MilestoneId]) -> Result<Vec<Item>, Error> {
        let item = |id: &MilestoneId| match self.portfolio.get(*id) {
            Some(item) => Ok(item.clone()),
            None => self.store.milestone_detail(*id).map(|detail| detail.item),
        };
        ids.iter().map(item).collect()
    }

    /// Those of the selected milestones on which something is open; there is one at least.
    pub(super) fn open_items(self, selection: &Selection) -> Answer<Vec<Item>> {
        let mut items = self.items(&selection.milestones)?;
        items.retain(|item| item.balance > 0);
        if items.is_empty() {
            return Err(self.lang().why_settled().into());
        }
        Ok(items)
    }

    /// The name of a customer for narrow places.
    pub(super) fn customer_name(self, id: CustomerId) -> Result<String, Error> {
        let names = self.store.customer_names(&[id])?;
        let name = names.get(&id);
        Ok(name.map_or_else(String::new, |name| name.short().to_owned()))
    }

    /// Project and name of each item, for a line.
    pub(super) fn labels<'i>(
        self,
        items: impl Iterator<Item = &'i Item> + Clone,
    ) -> Result<Vec<String>, Error> {
        let ids: Vec<MilestoneId> = items.clone().map(|item| item.id).collect();
        let of: Vec<ProjectId> = items.clone().map(|item| item.project).collect();
        let milestones = self.store.milestone_names(&ids)?;
        let projects = self.store.project_names(&of)?;
        let label = |item: &Item| {
            let project = projects.get(&item.project).map_or("", |name| &name.code);
            match milestones.get(&item.id) {
                Some(name) if name.code.is_empty() => format!("{project} {}", name.name),
                // Most keys begin with the project's code.
                Some(name) if name.code.starts_with(project) => both(&name.code, &name.name),
                Some(name) => format!("{project} {}", both(&name.code, &name.name)),
                None => project.to_owned(),
            }
        };
        Ok(items.map(label).collect())
    }

    /// A line of amounts for each item.
    pub(super) fn lines(
        self,
        items: &[Item],
        open: fn(&Item) -> i64,
    ) -> Result<Vec<LineDraft<MilestoneId>>, Error> {
        let lines = items.iter().zip(self.labels(items.iter())?);
        let draft =
            |(item, label): (&Item, String)| LineDraft { id: item.id, label, open: open(item) };
        Ok(lines.map(draft).collect())
    }

    /// What is done to which milestones, and what is open on them.
    pub(super) fn title(self, what: &str, items: &[Item]) -> Result<String, Error> {
        let Some(first) = items.first() else {
            return Ok(what.to_owned());
        };
        let customer = self.customer_name(first.customer)?;
        let open = open(items);
        let [only] = items else {
            let many = self.lang().form_milestones(items.len());
            return Ok(format!("{what} - {customer} · {many} · {open}"));
        };
        let name = self.store.milestone_names(&[only.id])?;
        let name = name.get(&only.id).map_or("", |name| &name.name);
        let project = self.store.project_names(&[only.project])?;
        let (code, full) = match project.get(&only.project) {
            Some(name) => (&*name.code, both(&name.code, &name.name)),
            None => ("", String::new()),
        };
        // What is open stands last and must not be cut off by long names.
        let titles = [
            format!("{what} - {customer} · {full} · {name} · {open}"),
            format!("{what} - {customer} · {code} · {name} · {open}"),
            format!("{what} - {code} · {name} · {open}"),
        ];
        let [.., shortest] = &titles;
        let fitting = titles.iter().find(|title| width(title) <= TITLE);
        Ok(fitting.unwrap_or(shortest).clone())
    }

    /// Every customer, to pick one.
    pub(super) fn customer_picks(self) -> Result<Vec<Pick<CustomerId>>, Error> {
        let rows = self.store.customer_page(ALL)?.into_iter();
        Ok(rows.map(|row| Pick::new(row.id, row.name, row.code)).collect())
    }

    /// Every project, to pick one.
    pub(super) fn project_picks(self) -> Result<Vec<Pick<ProjectId>>, Error> {
        let rows = self.store.project_page(ALL)?.into_iter();
        Ok(rows
            .map(|row| Pick::new(row.id, both(&row.code, &row.name), row.customer_name))
            .collect())
    }

    /// The customer of the items, else of the selection.
    pub(super) fn one_customer(self, items: &[Item], selection: &Selection) -> Answer<CustomerId> {
        let lang = self.lang();
        match items {
            [] => Ok(selection.customer.ok_or(lang.why_no_customer())?),
            [first, rest @ ..] if rest.iter().all(|item| item.customer == first.customer) => {
                Ok(first.customer)
            }
            _ => Err(lang.form_two_customers().into()),
        }
    }

    /// The currency of the items, all of one customer.
    pub(super) fn one_currency(self, items: &[Item], selection: &Selection) -> Answer<Currency> {
        let [first, rest @ ..] = items else {
            return Err(self.lang().why_not_milestone().into());
        };
        self.one_customer(items, selection)?;
        if rest.iter().any(|item| item.currency != first.currency) {
            return Err(self.lang().form_two_currencies().into());
        }
        Ok(first.currency)
    }

    /// The one item an action is about; of several one is chosen, and `again` goes on with it.
    pub(super) fn one_item(
        self,
        recording: Recording,
        mut items: Vec<Item>,
        none: &'static str,
        again: fn(&Selection, Context<'_>) -> Answer,
    ) -> Answer<Item> {
        if items.len() <= 1 {
            return Ok(items.pop().ok_or(none)?);
        }
        let labels = self.labels(items.iter())?;
        let picks = items.iter().zip(labels).map(|(item, label)| {
            let open = money::with_symbol(item.balance, item.currency);
            Pick::new(item.id, label, open)
        });
        let picker = Picker::new(recording.help(self.lang()), picks.collect());
        let choice =
            choose(picker, move |id, cx| again(&Selection::milestones(vec![id], None), cx));
        Err(Stop::Instead(Box::new(choice)))
    }
}

/// A choice, and what follows from it.
pub(super) fn choose<T: Clone + 'static>(
    picker: Picker<T>,
    then: impl Fn(T, Context<'_>) -> Answer + 'static,
) -> Effect {
    Effect::open(Choice::new(picker, move |value, cx| settled(then(value, Context::new(cx)))))
}

/// A code and a name, the code alone where both are the same.
pub(super) fn both(code: &str, name: &str) -> String {
    if code == name { code.to_owned() } else { format!("{code} {name}") }
}

/// What is open on items, by currency.
pub(super) fn open(items: &[Item]) -> String {
    let sums = PerCurrency::<i128>::of(items.iter().map(|item| (item.currency, item.balance)));
    let sums = sums.into_iter().map(|(currency, sum)| money::with_symbol(sum, currency));
    sums.collect::<Vec<_>>().join(" + ")
}
