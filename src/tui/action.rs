//! What a key means. An action is no write: screens turn actions into `Change`s.

use crate::text::Lang;
use crate::tui::forms::Recording;

/// What a key is for, by which help is parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    Moving,
    Recording,
    Looking,
    Program,
}

impl Purpose {
    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Moving => lang.purpose_moving(),
            Self::Recording => lang.purpose_recording(),
            Self::Looking => lang.purpose_looking(),
            Self::Program => lang.purpose_program(),
        }
    }
}

/// `GoToday` as `go_today`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// The enum and the words of each value.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident: $label:ident, $help:ident;)+) => {
        /// What a key means on screen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[$doc])* $name,)+
            /// Record something about the selection.
            Record(Recording),
        }

        impl Action {
            #[cfg(test)]
            pub fn all() -> impl Iterator<Item = Self> {
                [$(Self::$name),+].into_iter().chain(Recording::ALL.iter().copied().map(Self::Record))
            }

            /// What a configuration calls it.
            pub fn name(self) -> String {
                snake(match self {
                    $(Self::$name => stringify!($name),)+
                    Self::Record(recording) => recording.name(),
                })
            }

            /// One or two words, for the footer.
            pub const fn label(self, lang: Lang) -> &'static str {
                match self {
                    $(Self::$name => lang.$label(),)+
                    Self::Record(recording) => recording.label(lang),
                }
            }

            /// A line, for the help, the palette and the README.
            pub const fn help(self, lang: Lang) -> &'static str {
                match self {
                    $(Self::$name => lang.$help(),)+
                    Self::Record(recording) => recording.help(lang),
                }
            }
        }
    };
}

actions! {
    Quit: act_quit, act_quit_help;
    /// Stop the process until the shell continues it.
    Suspend: act_suspend, act_suspend_help;
    Redraw: act_redraw, act_redraw_help;
    /// Show the keys that work here.
    Help: act_help, act_help_help;
    /// Show the commands by name.
    Palette: act_palette, act_palette_help;
    /// Undo this user's last change.
    Undo: act_undo, act_undo_help;
    /// Take the last undo back.
    Redo: act_redo, act_redo_help;
    /// Record once more what was recorded last, on another row.
    Repeat: act_repeat, act_repeat_help;
    /// Amounts in yuan or in ten-thousands.
    Wan: act_wan, act_wan_help;
    /// Whose money is looked at.
    Lens: act_lens, act_lens_help;
    /// What changed since the last look, one by one.
    Since: act_since, act_since_help;
    /// How a milestone stands, and why.
    Explain: act_explain, act_explain_help;
    /// What a figure is made of.
    ExplainFigure: act_explain_figure, act_explain_figure_help;
    /// Write a document about the selection.
    Document: act_document, act_document_help;
    /// File what was written.
    FileDraft: act_file_draft, act_file_draft_help;
    /// File what was written, and mark it sent.
    FileSent: act_file_sent, act_file_sent_help;
    /// Change what was written in the user's editor.
    EditDocument: act_edit_document, act_edit_document_help;
    /// Copy what was written, in the words of a chat.
    CopyDocument: act_copy_document, act_copy_document_help;
    /// Write what was written into a file.
    SaveDocument: act_save_document, act_save_document_help;
    /// On to the next kind of document.
    KindOn: act_kind_on, act_kind_on_help;
    /// Back to the kind before.
    KindBack: act_kind_back, act_kind_back_help;
    /// Go through the letters of today.
    Round: act_round, act_round_help;
    /// Leave a letter of the round out.
    NextLetter: act_next_letter, act_next_letter_help;
    Snapshot: act_snapshot, act_snapshot_help;
    /// Look for a list to import; on one that is looked at, import it.
    Import: act_import, act_import_help;
    GoToday: act_today, act_today_help;
    GoProjects: act_projects, act_projects_help;
    GoMilestones: act_milestones, act_milestones_help;
    GoDunning: act_dunning, act_dunning_help;
    GoCustomers: act_customers, act_customers_help;
    GoAging: act_aging, act_aging_help;
    GoTodos: act_todos, act_todos_help;
    GoBank: act_bank, act_bank_help;
    /// The snapshots, and what moved between them.
    Snapshots: act_snapshots, act_snapshots_help;
    /// All payments, newest first.
    PaymentRegister: act_payment_register, act_payment_register_help;
    /// All invoices, newest first.
    InvoiceRegister: act_invoice_register, act_invoice_register_help;
    /// The ledger's settings and people.
    Settings: act_settings, act_settings_help;
    Down: act_down, act_down_help;
    Up: act_up, act_up_help;
    PageDown: act_page_down, act_page_down_help;
    PageUp: act_page_up, act_page_up_help;
    HalfDown: act_half_down, act_half_down_help;
    HalfUp: act_half_up, act_half_up_help;
    First: act_first, act_first_help;
    Last: act_last, act_last_help;
    Open: act_open, act_open_help;
    /// Back to what was before.
    Back: act_back, act_back_help;
    Pane: act_pane, act_pane_help;
    /// Next tab of a page.
    TabOn: act_tab_on, act_tab_on_help;
    /// Tab of a page before this one.
    TabBack: act_tab_back, act_tab_back_help;
    /// Mark or unmark the row.
    Mark: act_mark, act_mark_help;
    /// Begin or end a range of rows to mark.
    Range: act_range, act_range_help;
    /// Mark down to the next row.
    RangeDown: act_range_down, act_range_down_help;
    /// Mark up to the previous row.
    RangeUp: act_range_up, act_range_up_help;
    /// Copy the row to the clipboard.
    Copy: act_copy, act_copy_help;
    /// Sort by the next column.
    Sort: act_sort, act_sort_help;
    /// The same order from the other end.
    Reverse: act_reverse, act_reverse_help;
    /// Find by text or pinyin.
    Find: act_find, act_find_help;
    /// Filter by the filter language.
    Filter: act_filter, act_filter_help;
    /// Show or hide what is closed.
    Closed: act_closed, act_closed_help;
    /// On to the next column of buckets.
    ColumnOn: act_column_on, act_column_on_help;
    /// Back to the column before.
    ColumnBack: act_column_back, act_column_back_help;
    Group: act_group, act_group_help;
    Buckets: act_buckets, act_buckets_help;
    /// Age by another day.
    Basis: act_basis, act_basis_help;
    /// As of the end of the month before.
    MonthBack: act_month_back, act_month_back_help;
    /// As of the end of the month after.
    MonthOn: act_month_on, act_month_on_help;
    /// As of a day earlier.
    DayBack: act_day_back, act_day_back_help;
    /// As of a day later.
    DayOn: act_day_on, act_day_on_help;
    /// As of today.
    DayToday: act_day_today, act_day_today_help;
    /// As of a day that is typed.
    AsOf: act_as_of, act_as_of_help;
    /// A register of the month before.
    PeriodBack: act_period_back, act_period_back_help;
    /// A register of the month after.
    PeriodOn: act_period_on, act_period_on_help;
    /// A register of the year before.
    YearBack: act_year_back, act_year_back_help;
    /// A register of the year after.
    YearOn: act_year_on, act_year_on_help;
    /// Book the line as proposed.
    TakeProposal: act_take_proposal, act_take_proposal_help;
    /// Book the line as the first of its proposals, and so on.
    Pick1: act_pick, act_pick_1_help;
    Pick2: act_pick, act_pick_2_help;
    Pick3: act_pick, act_pick_3_help;
    Pick4: act_pick, act_pick_4_help;
    Pick5: act_pick, act_pick_5_help;
    /// Book the line over several milestones.
    Split: act_split, act_split_help;
    /// Book the line with what the bank kept.
    Fee: act_fee, act_fee_help;
    /// The line has nothing to do with receivables.
    NotOurs: act_not_ours, act_not_ours_help;
    /// Put the line off.
    Later: act_later, act_later_help;
    /// Next field of a form.
    NextField: act_next_field, act_next_field_help;
    /// Previous field of a form.
    PreviousField: act_previous_field, act_previous_field_help;
    /// Another proposal of what a payment pays.
    Propose: act_propose, act_propose_help;
    Save: act_save, act_save_help;
    /// Take the chosen line of a popup.
    Accept: act_accept, act_accept_help;
    /// Put what could stand there behind what is typed.
    Complete: act_complete, act_complete_help;
    /// Keep the filter under a name.
    KeepFilter: act_keep_filter, act_keep_filter_help;
    /// Close a form or popup.
    Cancel: act_cancel, act_cancel_help;
    /// Close what was read.
    Close: act_close, act_close_help;
    Yes: act_yes, act_yes_help;
    No: act_no, act_no_help;
}

impl Action {
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::GoToday
            | Self::GoProjects
            | Self::GoMilestones
            | Self::GoDunning
            | Self::GoCustomers
            | Self::GoAging
            | Self::GoTodos
            | Self::GoBank
            | Self::Snapshots
            | Self::PaymentRegister
            | Self::InvoiceRegister
            | Self::Down
            | Self::Up
            | Self::PageDown
            | Self::PageUp
            | Self::HalfDown
            | Self::HalfUp
            | Self::First
            | Self::Last
            | Self::ColumnOn
            | Self::ColumnBack
            | Self::Open
            | Self::Back
            | Self::Pane
            | Self::TabOn
            | Self::TabBack
            | Self::NextField
            | Self::PreviousField => Purpose::Moving,
            Self::Record(_)
            | Self::Undo
            | Self::Redo
            | Self::Repeat
            | Self::Mark
            | Self::Range
            | Self::RangeDown
            | Self::RangeUp
            | Self::Propose
            | Self::TakeProposal
            | Self::Pick1
            | Self::Pick2
            | Self::Pick3
            | Self::Pick4
            | Self::Pick5
            | Self::Split
            | Self::Fee
            | Self::NotOurs
            | Self::Save
            | Self::Document
            | Self::FileDraft
            | Self::Round
            | Self::NextLetter
            | Self::FileSent
            | Self::EditDocument
            | Self::Yes
            | Self::No => Purpose::Recording,
            Self::Wan
            | Self::Since
            | Self::Explain
            | Self::ExplainFigure
            | Self::Lens
            | Self::CopyDocument
            | Self::SaveDocument
            | Self::KindOn
            | Self::KindBack
            | Self::Copy
            | Self::Sort
            | Self::Reverse
            | Self::Find
            | Self::Filter
            | Self::Closed
            | Self::Later
            | Self::Group
            | Self::Buckets
            | Self::Basis
            | Self::DayToday
            | Self::AsOf
            | Self::MonthBack
            | Self::MonthOn
            | Self::DayBack
            | Self::DayOn
            | Self::PeriodBack
            | Self::PeriodOn
            | Self::YearBack
            | Self::YearOn
            | Self::Complete
            | Self::KeepFilter => Purpose::Looking,
            Self::Quit
            | Self::Suspend
            | Self::Redraw
            | Self::Help
            | Self::Palette
            | Self::Snapshot
            | Self::Import
            | Self::Settings
            | Self::Accept
            | Self::Cancel
            | Self::Close => Purpose::Program,
        }
    }
}
