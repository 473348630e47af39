//! The one binding table, the keys a user gave it, and what is computed from it: dispatch, footer, help, command palette
//! and the key table of the README. A key is named in `keymap::table`, or in `forms` beside what it records, and in no other place.

pub mod can;
mod configured;
mod table;

use std::sync::LazyLock;

use crate::config::KeySetting;
use crate::domain::item::Item;
use crate::error::keys::KeysError;
use crate::text::Lang;
use crate::text::width::width;
use crate::tui::action::Action;
use crate::tui::forms::{self, Recording};
use crate::tui::input::Key;

/// Where a binding holds. The scopes of a screen are asked in order; the first that knows the key has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Pages with tabs.
    Page,
    /// Lists that hide what is closed.
    Closed,
    Aging,
    /// Where rows are lines of bank statements.
    Bank,
    /// What moved between two aging tables.
    Movement,
    /// Payments and invoices of a period.
    Register,
    /// Where a list is looked at before it comes in.
    Import,
    /// Where rows are milestones, customers or projects.
    Item,
    List,
    /// Everywhere but in forms and popups.
    Global,
    Form,
    /// Pickers, help, palette and search: keys not bound here are typed.
    Popup,
    /// The filter as it is typed.
    Prompt,
    Confirm,
    /// Where a document is looked at before it is filed.
    Document,
    /// Where there is only something to read.
    Reading,
}

impl Scope {
    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Page => lang.scope_page(),
            Self::Closed => lang.scope_closed(),
            Self::Aging => lang.scope_aging(),
            Self::Bank => lang.scope_bank(),
            Self::Movement => lang.scope_movement(),
            Self::Register => lang.scope_register(),
            Self::Import => lang.scope_import(),
            Self::Item => lang.scope_item(),
            Self::List => lang.scope_list(),
            Self::Global => lang.scope_global(),
            Self::Form => lang.scope_form(),
            Self::Popup => lang.scope_popup(),
            Self::Prompt => lang.scope_prompt(),
            Self::Confirm => lang.scope_confirm(),
            Self::Document => lang.scope_document(),
            Self::Reading => lang.scope_reading(),
        }
    }

    /// Whether letters are typed where it holds, or stand for what is done there, whatever they were chosen for elsewhere.
    const fn is_typed_in(self) -> bool {
        match self {
            Self::Form | Self::Popup | Self::Prompt | Self::Document | Self::Reading => true,
            Self::Page
            | Self::Closed
            | Self::Aging
            | Self::Bank
            | Self::Movement
            | Self::Register
            | Self::Import
            | Self::Item
            | Self::List
            | Self::Global
            | Self::Confirm => false,
        }
    }

    /// Whether it stands above a screen, alone.
    const fn is_above(self) -> bool {
        self.is_typed_in() || matches!(self, Self::Confirm)
    }

    /// Whether a key of the one can get in the way of the other's.
    fn meets(self, other: Self) -> bool {
        let is_of_rows = |scope| matches!(scope, Self::Item | Self::Closed);
        let is_own = |scope| {
            let own = [Self::Page, Self::Aging, Self::Bank, Self::Movement, Self::Register];
            own.contains(&scope)
        };
        let is_apart = |one: Self, other: Self| {
            // Pages, and the register of invoices, have the keys of milestones.
            let rows = is_of_rows(other) && !matches!(one, Self::Register | Self::Page);
            is_own(one) && (rows || is_own(other) && one != other)
        };
        let below = !self.is_above() && !other.is_above();
        self == other || below && !is_apart(self, other) && !is_apart(other, self)
    }
}

/// What stands under the cursor, as far as a key has to know to say whether it can act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts, each read by one binding")]
pub struct KeyContext {
    /// What the row is, if there is one.
    pub row: Option<RowKind>,
    /// Where the milestone stands, if the row is one.
    pub milestone: Milestone,
    pub marked: usize,
    /// Whether there is a second pane.
    pub panes: bool,
    /// Whether this user has something to undo.
    pub undo: bool,
    /// Whether this user has taken something back.
    pub redo: bool,
    /// Whether something was recorded in this run.
    pub repeat: bool,
    /// Whether the as-of day is before today.
    pub past: bool,
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    Milestone,
    Project,
    Customer,
    Todo,
    Paper,
    Condition,
    Other,
}

/// Which acts a milestone allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Milestone {
    pub settled: bool,
    /// Some of it is disputed.
    pub disputed: bool,
    /// All of it is disputed.
    pub all_disputed: bool,
}

impl Milestone {
    /// One that is not open.
    pub const SETTLED: Self = Self { settled: true, disputed: false, all_disputed: false };

    pub fn new(item: &Item) -> Self {
        Self {
            settled: item.balance <= 0,
            disputed: item.disputed > 0,
            all_disputed: item.is_wholly_disputed(),
        }
    }
}

/// Why a key cannot act here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisabledReason {
    NoRow,
    /// The row is no milestone.
    NotMilestone,
    /// The row has no customer.
    NoCustomer,
    /// The row has no project.
    NoProject,
    Settled,
    NoDispute,
    Disputed,
    NothingToUndo,
    NothingToRedo,
    NothingToRepeat,
    /// The as-of day is today.
    TodayIsLast,
    Alone,
}

impl DisabledReason {
    pub const fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::NoRow => lang.why_no_row(),
            Self::NotMilestone => lang.why_not_milestone(),
            Self::NoCustomer => lang.why_no_customer(),
            Self::NoProject => lang.why_not_project(),
            Self::Settled => lang.why_settled(),
            Self::NoDispute => lang.why_no_dispute(),
            Self::Disputed => lang.why_disputed(),
            Self::NothingToUndo => lang.why_nothing_to_undo(),
            Self::NothingToRedo => lang.why_nothing_to_redo(),
            Self::NothingToRepeat => lang.why_nothing_to_repeat(),
            Self::TodayIsLast => lang.why_today_is_last(),
            Self::Alone => lang.why_alone(),
        }
    }
}

/// One or two keys pressed one after the other.
pub type Keys = &'static [Key];

/// Keys as a person reads them: `gg`, `Space f`.
fn spelt(keys: &[Key]) -> String {
    let is_letter = |key: &Key| matches!(key, Key::Char(c) if *c != ' ');
    let gap = if keys.iter().all(is_letter) { "" } else { " " };
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(gap)
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    pub scope: Scope,
    /// The keys, any of which does.
    pub keys: &'static [Keys],
    pub action: Action,
    /// Place in the footer, lowest first.
    pub footer: Option<u8>,
    /// 0 stands in the footer at 80 columns, too; others only where there is room, the lowest first.
    pub rank: u8,
    /// The keys as the footer names them, where one place stands for a pair of bindings.
    pub shown: Option<&'static str>,
    /// Whether it can act, or why not.
    pub enabled: fn(&KeyContext) -> Result<(), DisabledReason>,
}

const fn bind(scope: Scope, keys: &'static [Keys], action: Action) -> Binding {
    Binding { scope, keys, action, footer: None, shown: None, rank: 0, enabled: can::always }
}

/// A key of rows that records something.
pub(in crate::tui) const fn record(keys: &'static [Keys], recording: Recording) -> Binding {
    bind(Scope::Item, keys, Action::Record(recording))
}

impl Binding {
    pub(in crate::tui) const fn footer(mut self, place: u8) -> Self {
        self.footer = Some(place);
        self
    }

    /// A place only where there is room.
    pub(in crate::tui) const fn roomy(mut self, place: u8, rank: u8) -> Self {
        self.rank = rank;
        self.footer(place)
    }

    /// One place of the footer for this binding and the one that goes the other way.
    pub(in crate::tui) const fn pair(mut self, place: u8, shown: &'static str) -> Self {
        self.shown = Some(shown);
        self.footer(place)
    }

    /// The place of a pair only where there is room.
    pub(in crate::tui) const fn ranked(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    pub(in crate::tui) const fn when(
        mut self,
        enabled: fn(&KeyContext) -> Result<(), DisabledReason>,
    ) -> Self {
        self.enabled = enabled;
        self
    }

    /// The keys as help and README name them.
    pub fn keys_text(&self) -> String {
        self.keys.iter().map(|keys| spelt(keys)).collect::<Vec<_>>().join(" ")
    }

    fn first_key(&self) -> String {
        self.keys.first().map(|keys| spelt(keys)).unwrap_or_default()
    }

    /// The first keys, as the footer names them.
    pub fn first_keys(&self) -> String {
        self.shown.map_or_else(|| self.first_key(), str::to_owned)
    }

    /// Cells its place in the footer takes, with the gap before the next.
    pub fn footer_cells(&self, lang: Lang) -> usize {
        width(&self.first_keys()) + 1 + width(self.action.label(lang)) + 2
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Lookup {
    Found(&'static Binding),
    /// It begins a binding of two keys.
    Begun,
    Unbound,
}

/// The bindings in force: those that are shipped, with the keys a user chose. There is one for a run, and it stays.
#[derive(Debug)]
pub struct Keymap(Vec<Binding>);

/// Two are the same only if they are one.
impl PartialEq for Keymap {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Keymap {}

impl Keymap {
    /// With the keys of the table.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Keymap> = LazyLock::new(|| {
            Keymap(forms::BINDINGS.iter().chain(table::BINDINGS).copied().collect())
        });
        &SHIPPED
    }

    /// With keys a user chose.
    pub fn configured(settings: &[KeySetting]) -> Result<&'static Self, Box<KeysError>> {
        if settings.is_empty() {
            return Ok(Self::shipped());
        }
        let bindings = configured::bindings(&Self::shipped().0, settings)?;
        Ok(Box::leak(Box::new(Self(bindings))))
    }

    pub fn bindings(&'static self) -> impl Iterator<Item = &'static Binding> {
        self.0.iter()
    }

    fn of(&'static self, scope: Scope) -> impl Iterator<Item = &'static Binding> {
        self.0.iter().filter(move |binding| binding.scope == scope)
    }

    /// The first key of an action, as texts name it.
    pub fn key(&'static self, action: Action) -> String {
        let found = self.bindings().find(|binding| binding.action == action);
        found.map(Binding::first_key).unwrap_or_default()
    }

    /// The action a configuration calls like this, with its first key.
    pub fn named(&'static self, name: &str) -> Option<(Action, String)> {
        let found = self.bindings().find(|binding| binding.action.name() == name)?;
        Some((found.action, found.first_key()))
    }

    /// The binding of `key` after `begun` in the first of `scopes` that has it.
    pub fn lookup(&'static self, scopes: &[Scope], begun: Option<Key>, key: Key) -> Lookup {
        for binding in scopes.iter().flat_map(|scope| self.of(*scope)) {
            for keys in binding.keys {
                match (*keys, begun) {
                    ([only], None) if *only == key => return Lookup::Found(binding),
                    ([first, second], Some(begun)) if *first == begun && *second == key => {
                        return Lookup::Found(binding);
                    }
                    ([first, _], None) if *first == key => return Lookup::Begun,
                    _ => {}
                }
            }
        }
        Lookup::Unbound
    }

    /// The bindings that hold in these scopes, in their order; one that an earlier scope hides is left out.
    pub fn active(&'static self, scopes: &[Scope]) -> Vec<&'static Binding> {
        let reachable = |binding: &&'static Binding| {
            binding.keys.iter().any(|keys| self.reaches(scopes, binding, keys))
        };
        scopes.iter().flat_map(|scope| self.of(*scope)).filter(reachable).collect()
    }

    fn reaches(&'static self, scopes: &[Scope], binding: &Binding, keys: Keys) -> bool {
        let result = match keys {
            [only] => self.lookup(scopes, None, *only),
            [first, second] if matches!(self.lookup(scopes, None, *first), Lookup::Begun) => {
                self.lookup(scopes, Some(*first), *second)
            }
            _ => Lookup::Unbound,
        };
        matches!(result, Lookup::Found(found) if std::ptr::eq(found, binding))
    }

    /// The bindings of the footer, in its order, as many as fit into so many cells; where there are no rows, none that
    /// act on one, and none that does again what was not done.
    pub fn footer(
        &'static self,
        scopes: &[Scope],
        here: &KeyContext,
        lang: Lang,
        cells: usize,
    ) -> Vec<&'static Binding> {
        let mut wanted = self.active(scopes);
        wanted.retain(|binding| {
            let lacking = [DisabledReason::NoRow, DisabledReason::NothingToRepeat];
            let lacks = (binding.enabled)(here).is_err_and(|why| lacking.contains(&why));
            binding.footer.is_some() && !lacks
        });
        // The way to all others is there however narrow it is.
        let is_way = |binding: &Binding| binding.action == Action::Help;
        wanted.sort_by_key(|binding| (!is_way(binding), binding.rank, binding.footer));
        let mut left = cells;
        let mut found = Vec::new();
        for binding in wanted {
            let needed = binding.footer_cells(lang);
            if needed <= left {
                left -= needed;
                found.push(binding);
            }
        }
        found.sort_by_key(|binding| binding.footer);
        found
    }
}

#[cfg(test)]
mod tests;
