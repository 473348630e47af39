//! The bindings themselves.

use super::{Binding, DisabledReason, KeyContext, Keys, RowKind, Scope};
use crate::tui::action::Action;
use crate::tui::input::Key::{
    BackTab, Char, Ctrl, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up,
};

const fn bind(scope: Scope, keys: &'static [Keys], action: Action) -> Binding {
    Binding { scope, keys, action, footer: None, shown: None, rank: 0, enabled: always }
}

impl Binding {
    const fn footer(mut self, place: u8) -> Self {
        self.footer = Some(place);
        self
    }

    /// A place only where there is room.
    const fn roomy(mut self, place: u8, rank: u8) -> Self {
        self.rank = rank;
        self.footer(place)
    }

    /// One place of the footer for this binding and the one that goes the other way.
    const fn pair(mut self, place: u8, shown: &'static str) -> Self {
        self.shown = Some(shown);
        self.footer(place)
    }

    /// The place of a pair only where there is room.
    const fn ranked(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    const fn when(mut self, enabled: fn(&KeyContext) -> Result<(), DisabledReason>) -> Self {
        self.enabled = enabled;
        self
    }
}

/// Every key of the program.
pub static BINDINGS: &[Binding] = &[
    bind(Scope::Item, &[&[Char('c')]], Action::Contact).footer(20).when(open_or_customer),
    bind(Scope::Item, &[&[Char('p')]], Action::Payment).footer(21).when(customer),
    bind(Scope::Item, &[&[Char('P')]], Action::Payments).when(customer),
    bind(Scope::Item, &[&[Char('m')]], Action::Promise).footer(22).when(open),
    bind(Scope::Item, &[&[Char('d')]], Action::Dispute).roomy(23, 1).when(disputable),
    bind(Scope::Item, &[&[Char('x')]], Action::Resolve).roomy(28, 12).when(disputed),
    bind(Scope::Item, &[&[Char('D')]], Action::Delivered).roomy(24, 8).when(milestone),
    bind(Scope::Item, &[&[Char('A')]], Action::Accepted).roomy(25, 9).when(milestone),
    bind(Scope::Item, &[&[Char('I')]], Action::Invoiced).roomy(26, 10).when(billable),
    bind(Scope::Item, &[&[Char('r')]], Action::Reschedule).roomy(27, 11).when(open),
    bind(Scope::Item, &[&[Char('H')]], Action::Hold).roomy(29, 13).when(open),
    bind(Scope::Item, &[&[Char('W')]], Action::WriteOff).when(open),
    bind(Scope::Item, &[&[Char('X')]], Action::Void).when(milestone),
    bind(Scope::List, &[&[Char('j')], &[Down]], Action::Down).pair(1, "j/k"),
    bind(Scope::List, &[&[Char('k')], &[Up]], Action::Up),
    bind(Scope::List, &[&[PageDown], &[Ctrl('f')]], Action::PageDown),
    bind(Scope::List, &[&[PageUp], &[Ctrl('b')]], Action::PageUp),
    bind(Scope::List, &[&[Ctrl('d')]], Action::HalfDown),
    bind(Scope::List, &[&[Ctrl('u')]], Action::HalfUp),
    bind(Scope::List, &[&[Char('g'), Char('g')], &[Home]], Action::First),
    bind(Scope::List, &[&[Char('G')], &[End]], Action::Last),
    bind(Scope::List, &[&[Enter]], Action::Open).footer(3).when(row),
    bind(Scope::List, &[&[Tab]], Action::Pane).when(panes),
    bind(Scope::List, &[&[Char(' ')]], Action::Mark).roomy(5, 7).when(row),
    bind(Scope::List, &[&[Char('e')]], Action::Edit).roomy(6, 6).when(row),
    bind(Scope::List, &[&[Char('y')]], Action::Copy).when(row),
    bind(Scope::List, &[&[Char('o')]], Action::Sort).roomy(32, 14),
    bind(Scope::List, &[&[Char('/')]], Action::Find).footer(30),
    bind(Scope::List, &[&[Char('f')]], Action::Filter).roomy(31, 2),
    bind(Scope::Milestones, &[&[Char('a')]], Action::Closed),
    bind(Scope::Aging, &[&[Char('g')]], Action::Group).footer(10),
    bind(Scope::Aging, &[&[Char('b')]], Action::Buckets).roomy(12, 20),
    bind(Scope::Aging, &[&[Char('B')]], Action::Basis).roomy(13, 21),
    bind(Scope::Aging, &[&[Char('h')], &[Left]], Action::ColumnLeft).pair(14, "h/l").ranked(22),
    bind(Scope::Aging, &[&[Char('l')], &[Right]], Action::ColumnRight),
    bind(Scope::Aging, &[&[Char('{')]], Action::MonthBack).pair(15, "{ }").ranked(23),
    bind(Scope::Aging, &[&[Char('}')]], Action::MonthOn).when(past),
    bind(Scope::Aging, &[&[Char('[')]], Action::DayBack).pair(11, "[ ]"),
    bind(Scope::Aging, &[&[Char(']')]], Action::DayOn).when(past),
    bind(Scope::Global, &[&[Char('1')]], Action::GoToday),
    bind(Scope::Global, &[&[Char('2')]], Action::GoProjects),
    bind(Scope::Global, &[&[Char('3')]], Action::GoMilestones),
    bind(Scope::Global, &[&[Char('4')]], Action::GoDunning),
    bind(Scope::Global, &[&[Char('5')]], Action::GoCustomers),
    bind(Scope::Global, &[&[Char('6')]], Action::GoAging),
    bind(Scope::Global, &[&[Char('n')]], Action::New).roomy(7, 5),
    bind(Scope::Global, &[&[Char('S')]], Action::Snapshot).roomy(40, 4),
    bind(Scope::Global, &[&[Char('u')]], Action::Undo).roomy(41, 3).when(undo),
    bind(Scope::Global, &[&[Char('U')]], Action::Redo).when(redo),
    bind(Scope::Global, &[&[Char('w')]], Action::Wan).roomy(42, 20),
    bind(Scope::Global, &[&[Esc]], Action::Back),
    bind(Scope::Global, &[&[Char(':')]], Action::Palette),
    bind(Scope::Global, &[&[Char('?')]], Action::Help).footer(99),
    bind(Scope::Global, &[&[Ctrl('l')]], Action::Redraw),
    bind(Scope::Global, &[&[Ctrl('z')]], Action::Suspend),
    bind(Scope::Global, &[&[Char('q')], &[Ctrl('c')]], Action::Quit),
    bind(Scope::Form, &[&[Enter], &[Ctrl('s')]], Action::Save).footer(1),
    bind(Scope::Form, &[&[Tab], &[Down]], Action::NextField).pair(2, "Tab/Shift-Tab"),
    bind(Scope::Form, &[&[BackTab], &[Up]], Action::PreviousField),
    bind(Scope::Form, &[&[Ctrl('o')]], Action::Propose),
    bind(Scope::Form, &[&[Esc], &[Ctrl('c')]], Action::Cancel).footer(4),
    bind(Scope::Popup, &[&[Enter]], Action::Accept).footer(1),
    bind(Scope::Popup, &[&[Down], &[Ctrl('n')], &[Tab]], Action::Down).pair(2, "Up/Down"),
    bind(Scope::Popup, &[&[Up], &[Ctrl('p')], &[BackTab]], Action::Up),
    bind(Scope::Popup, &[&[PageDown]], Action::PageDown),
    bind(Scope::Popup, &[&[PageUp]], Action::PageUp),
    bind(Scope::Popup, &[&[Esc], &[Ctrl('c')]], Action::Cancel).footer(4),
    bind(Scope::Confirm, &[&[Char('y')], &[Enter]], Action::Yes).footer(1),
    bind(Scope::Confirm, &[&[Char('n')], &[Esc], &[Ctrl('c')]], Action::No).footer(2),
];

#[allow(clippy::unnecessary_wraps, reason = "every binding asks through the same signature")]
const fn always(_: &KeyContext) -> Result<(), DisabledReason> {
    Ok(())
}

fn row(here: &KeyContext) -> Result<(), DisabledReason> {
    here.row.map(|_| ()).ok_or(DisabledReason::NoRow)
}

fn milestone(here: &KeyContext) -> Result<(), DisabledReason> {
    row(here)?;
    if here.row == Some(RowKind::Milestone) || here.marked > 0 {
        Ok(())
    } else {
        Err(DisabledReason::NotMilestone)
    }
}

fn customer(here: &KeyContext) -> Result<(), DisabledReason> {
    row(here)?;
    match here.row {
        Some(RowKind::Other) => Err(DisabledReason::NoCustomer),
        _ => Ok(()),
    }
}

fn refuse(when: bool, why: DisabledReason) -> Result<(), DisabledReason> {
    if when { Err(why) } else { Ok(()) }
}

fn open(here: &KeyContext) -> Result<(), DisabledReason> {
    milestone(here)?;
    refuse(here.milestone.settled, DisabledReason::Settled)
}

fn open_or_customer(here: &KeyContext) -> Result<(), DisabledReason> {
    customer(here)?;
    refuse(here.milestone.settled, DisabledReason::Settled)
}

fn disputable(here: &KeyContext) -> Result<(), DisabledReason> {
    open(here)?;
    refuse(here.milestone.all_disputed, DisabledReason::Disputed)
}

fn disputed(here: &KeyContext) -> Result<(), DisabledReason> {
    milestone(here)?;
    refuse(!here.milestone.disputed, DisabledReason::NoDispute)
}

fn billable(here: &KeyContext) -> Result<(), DisabledReason> {
    milestone(here)?;
    refuse(here.milestone.invoiced, DisabledReason::Invoiced)
}

fn panes(here: &KeyContext) -> Result<(), DisabledReason> {
    refuse(!here.panes, DisabledReason::Alone)
}

fn undo(here: &KeyContext) -> Result<(), DisabledReason> {
    refuse(!here.undo, DisabledReason::NothingToUndo)
}

fn redo(here: &KeyContext) -> Result<(), DisabledReason> {
    refuse(!here.redo, DisabledReason::NothingToRedo)
}

fn past(here: &KeyContext) -> Result<(), DisabledReason> {
    refuse(!here.past, DisabledReason::TodayIsLast)
}
