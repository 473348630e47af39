//! A list before it comes in: how it is read, its columns with samples, what it would change, and what is wrong with it.
//! Enter changes how a thing is read, the import key writes it.
//!
//! ```text
//! +- Import receivables.xlsx -- 12 new, 3 changed, 32 as they were, 2 bad --------------------------+
//! |  What                 Read as       Samples or contents                                         |
//! |  How it is read                                                                                 |
//! |▸ Layout               monthly                                                                   |
//! |  Order of dates       day-month-year                                                            |
//! |  Columns                                                                                        |
//! |  Amount due           amount        1,200.00, 900.00                                            |
//! +- i writes it -----------------------------------------------------------------------------------+
//! ```

use std::borrow::Cow;
use std::path::PathBuf;

use chrono::{Datelike, Days, NaiveDate};
use ratatui::layout::Rect;

use crate::domain::money::Currency;
use crate::domain::plan::RowRefused;
use crate::domain::plan::field::{DateOrder, PlanField};
use crate::error::Result;
use crate::error::list::{CellError, Note, ReadError};
use crate::exchange::plan::layout::NONE;
use crate::exchange::plan::{ListedColumn, PlanOptions};
use crate::text::Lang;
use crate::text::width::wrap;
use crate::tui::action::Action;
use crate::tui::data::{Memo, Preview, Tried};
use crate::tui::effect::Effect;
use crate::tui::forms::CURRENCIES;
use crate::tui::keymap::Scope;
use crate::tui::list_screen::{ListScreen, Source};
use crate::tui::overlay::Reply;
use crate::tui::overlays::{Choice, Question};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::screens::files::name;
use crate::tui::selection::RowKey;
use crate::tui::widgets::list::{Cell, Column};
use crate::tui::widgets::picker::{Pick, Picker};

/// Within the view this action opens.
pub fn open(file: PathBuf, tab: Action) -> Box<dyn Screen> {
    Box::new(ListScreen::new(tab, Import::new(file)))
}

/// How a list is read, one thing of it: what is said, or none to leave it to the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    Layout(Option<String>),
    Sheet(Option<String>),
    Encoding(Option<String>),
    Dates(Option<DateOrder>),
    Currency(Option<Currency>),
    Unit(Option<String>),
    PaidOn(Option<NaiveDate>),
    /// Whether a changed due date was agreed.
    Reschedule(bool),
    /// A column, as `--map` names it, is this.
    Column(String, PlanField),
    /// It comes in.
    Done,
}

/// What can be said of a whole list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    Layout,
    Sheet,
    Encoding,
    Dates,
    Currency,
    Unit,
    PaidOn,
    Reschedule,
}

impl Setting {
    const ALL: [Self; 8] = [
        Self::Layout,
        Self::Sheet,
        Self::Encoding,
        Self::Dates,
        Self::Currency,
        Self::Unit,
        Self::PaidOn,
        Self::Reschedule,
    ];

    const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Layout => lang.importing_layout(),
            Self::Sheet => lang.importing_sheet(),
            Self::Encoding => lang.importing_encoding(),
            Self::Dates => lang.importing_dates(),
            Self::Currency => lang.importing_currency(),
            Self::Unit => lang.importing_unit(),
            Self::PaidOn => lang.importing_paid_on(),
            Self::Reschedule => lang.importing_reschedule(),
        }
    }
}

/// Encodings that are offered.
const ENCODINGS: [&str; 6] = ["utf-8", "gb18030", "utf-16le", "big5", "windows-1252", "shift_jis"];

/// Units that are offered, as `--unit` takes them.
const UNITS: [&str; 5] = ["元", "千元", "万元", "百万元", "亿元"];

/// A line of the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    Heading(String),
    Setting(Setting),
    Column(ListedColumn),
    /// What is told, in one line.
    Told(String, bool),
}

impl Row {
    /// What is told, in as many lines as it takes.
    fn wrapped(self, room: usize) -> Vec<Self> {
        match self {
            Self::Told(text, is_bad) => {
                wrap(&text, room).into_iter().map(|line| Self::Told(line, is_bad)).collect()
            }
            Self::Heading(_) | Self::Setting(_) | Self::Column(_) => vec![self],
        }
    }
}

/// Cells of a line until the first frame tells.
const ROOM: usize = 74;

struct Import {
    file: PathBuf,
    options: PlanOptions,
    reschedule: bool,
    /// Counts what was said of the reading.
    edition: u64,
    preview: Memo<(u64, u64), Preview>,
    /// Cells of a line.
    room: usize,
    rows: Memo<(u64, u64, Lang, usize), Vec<Row>>,
}

impl Import {
    fn new(file: PathBuf) -> Self {
        Self {
            file,
            options: PlanOptions::default(),
            reschedule: false,
            edition: 0,
            preview: Memo::default(),
            room: ROOM,
            rows: Memo::default(),
        }
    }

    fn tried(&self) -> Option<&Tried> {
        match &*self.preview {
            Preview::Tried(tried) => Some(tried),
            Preview::Unread | Preview::Question(_) => None,
        }
    }

    fn notes(&self) -> &[Note] {
        self.tried().map(|tried| tried.batch.rows.notes.as_slice()).unwrap_or_default()
    }

    /// What a setting comes to: what was said, else what was concluded.
    fn value(&self, setting: Setting, lang: Lang) -> String {
        let options = &self.options;
        let said = match setting {
            Setting::Layout if options.layout.as_deref() == Some(NONE) => {
                Some(lang.importing_headers().to_owned())
            }
            Setting::Layout => options.layout.clone(),
            Setting::Sheet => options.sheet.clone(),
            Setting::Encoding => options.encoding.clone(),
            Setting::Dates => options.date_order.map(|order| lang.date_order(order).to_owned()),
            Setting::Currency => options.currency.map(|currency| currency.code().to_owned()),
            Setting::Unit => options.unit.clone(),
            Setting::PaidOn => options.paid_on.map(|day| day.to_string()),
            Setting::Reschedule if self.reschedule => Some(lang.importing_agrees().to_owned()),
            Setting::Reschedule => Some(lang.importing_corrects().to_owned()),
        };
        let concluded = || self.notes().iter().filter_map(|note| concluded(note, lang));
        said.or_else(|| concluded().find(|(of, _)| *of == setting).map(|(_, value)| value))
            .unwrap_or_default()
    }

    /// The choices of a setting.
    fn choices(&self, setting: Setting, cx: &Cx<'_>) -> Result<Vec<(Reading, String)>> {
        let (lang, today) = (cx.ui.lang, cx.ledger.today());
        let told = || lang.importing_told().to_owned();
        let texts = |texts: Vec<String>, make: fn(Option<String>) -> Reading| {
            let all = texts.into_iter().map(move |text| (make(Some(text.clone())), text));
            std::iter::once((make(None), told())).chain(all).collect::<Vec<_>>()
        };
        Ok(match setting {
            Setting::Layout => {
                let layouts = cx.ledger.layouts()?;
                let named = layouts.iter().map(|layout| layout.name.clone()).collect();
                let mut choices = texts(named, Reading::Layout);
                let none = Reading::Layout(Some(NONE.to_owned()));
                choices.insert(1, (none, lang.importing_headers().to_owned()));
                choices
            }
            Setting::Sheet => {
                let sheets = self.tried().map(|tried| tried.batch.rows.sheets.clone());
                texts(sheets.unwrap_or_default(), Reading::Sheet)
            }
            Setting::Encoding => texts(ENCODINGS.map(str::to_owned).to_vec(), Reading::Encoding),
            Setting::Dates => {
                let order = |order: &DateOrder| {
                    (Reading::Dates(Some(*order)), lang.date_order(*order).to_owned())
                };
                std::iter::once((Reading::Dates(None), told()))
                    .chain(DateOrder::ALL.iter().map(order))
                    .collect()
            }
            Setting::Currency => {
                let currency = |currency: Currency| {
                    (Reading::Currency(Some(currency)), currency.code().to_owned())
                };
                std::iter::once((Reading::Currency(None), told()))
                    .chain(CURRENCIES.map(currency))
                    .collect()
            }
            Setting::Unit => texts(UNITS.map(str::to_owned).to_vec(), Reading::Unit),
            Setting::PaidOn => {
                let month_end =
                    today.with_day(1).and_then(|first| first.checked_sub_days(Days::new(1)));
                let day = |(day, word): (Option<NaiveDate>, &str)| {
                    Some((Reading::PaidOn(Some(day?)), format!("{} {word}", day?)))
                };
                let days = [
                    (Some(today), lang.importing_today()),
                    (month_end, lang.importing_month_end()),
                ];
                std::iter::once((Reading::PaidOn(None), told()))
                    .chain(days.into_iter().filter_map(day))
                    .collect()
            }
            Setting::Reschedule => vec![
                (Reading::Reschedule(false), lang.importing_corrects().to_owned()),
                (Reading::Reschedule(true), lang.importing_agrees().to_owned()),
            ],
        })
    }

    fn ask(title: &str, choices: Vec<(Reading, String)>) -> Effect {
        let picks = choices.into_iter().map(|(reading, text)| Pick::new(reading, text, ""));
        let picker = Picker::new(title, picks.collect());
        Effect::open(Choice::new(picker, |reading, _| Ok(Effect::Reading(reading))))
    }

    /// Makes the lines anew where the preview, the language or the room is another.
    fn arrange(&mut self, lang: Lang) {
        let Some((version, edition)) = self.preview.key().copied() else {
            return;
        };
        let key = (version, edition, lang, self.room);
        if self.rows.key() != Some(&key) {
            let lines = self.lines(lang);
            self.rows.refresh(key, || lines);
        }
    }

    /// The lines of the preview.
    fn lines(&self, lang: Lang) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut section = |title: String, told: Vec<Row>| {
            if !told.is_empty() {
                rows.push(Row::Heading(title));
                rows.extend(told.into_iter().flat_map(|row| row.wrapped(self.room)));
            }
        };
        let has_sheets = self.tried().is_some_and(|tried| !tried.batch.rows.sheets.is_empty());
        let settings = Setting::ALL.into_iter().filter(|of| *of != Setting::Sheet || has_sheets);
        let settings = settings.map(Row::Setting).collect();
        match &*self.preview {
            Preview::Unread => {}
            Preview::Question(why) => {
                let told = vec![Row::Told(lang.read_error(why), true)];
                section(lang.importing_question().to_owned(), told);
                section(lang.importing_how().to_owned(), settings);
                section(lang.importing_columns().to_owned(), seen(why));
            }
            Preview::Tried(tried) => {
                let told = |text: String| Row::Told(text, false);
                let bad = |text: String| Row::Told(text, true);
                let list = &tried.batch.rows;
                let problems = list.errors.iter().map(|error| bad(cell(error, lang)));
                let refused = &tried.outcome.refusals;
                let refused = refused.iter().map(|row| bad(refusal(row, tried, lang)));
                let problems = problems.chain(refused).collect();
                section(lang.importing_problems(tried.bad_rows()), problems);
                section(lang.importing_how().to_owned(), settings);
                let columns = tried.columns.iter().cloned().map(Row::Column).collect();
                section(lang.importing_columns_in(list.header_row()), columns);
                let outcome = &tried.outcome;
                let changes = outcome.changes.iter().map(|change| told(lang.plan_change(change)));
                let count = outcome.changes.len() + outcome.more_changes;
                section(lang.importing_changes(count), changes.collect());
                // The columns say what is read and what is not.
                let is_news = |note: &&Note| {
                    concluded(note, lang).is_none()
                        && !matches!(note, Note::Mapped(_) | Note::Ignored(_))
                };
                let notes = list
                    .notes
                    .iter()
                    .filter(is_news)
                    .map(|note| told(lang.plan_note(note)))
                    .collect();
                section(lang.importing_notes().to_owned(), notes);
            }
        }
        rows
    }

    fn counts(&self, lang: Lang) -> Option<String> {
        let tried = self.tried()?;
        let of = &tried.outcome;
        Some(lang.importing_counts(of.imported, of.updated, of.unchanged, tried.bad_rows()))
    }

    /// Brings it in, and keeps how it was read where the person had to say so.
    fn bring_in(&self, cx: &mut Cx<'_>) -> Result<Option<String>> {
        let (Some(tried), Some(counts)) = (self.tried(), self.counts(cx.ui.lang)) else {
            return Ok(None);
        };
        cx.ledger.import(tried)?;
        let lang = cx.ui.lang;
        let mut said = lang.imported(&counts, &cx.ui.key(Action::Undo));
        if self.was_told() {
            let layout = self.name();
            let list = &tried.batch.rows;
            let known = self.options.layouts.named(&layout);
            cx.ledger.keep_layout(&list.layout(&layout, known, &self.options))?;
            said.push_str(&lang.imported_kept(&layout));
        }
        Ok(Some(said))
    }

    /// Whether something was said of its reading that the next list of its kind needs, too.
    fn was_told(&self) -> bool {
        let options = &self.options;
        !options.map.is_empty()
            || options.date_order.is_some()
            || options.currency.is_some()
            || options.unit.is_some()
            || options.encoding.is_some()
            || options.sheet.is_some()
    }

    /// What its layout is called: the one it is read by if that is the person's own, else after the file, without what
    /// tells one week from another.
    fn name(&self) -> String {
        let mut layouts = self.notes().iter().filter_map(|note| {
            if let Note::Layout(name) = note { self.options.layouts.named(name) } else { None }
        });
        let read_by = layouts.find(|known| !known.shipped);
        if let Some(layout) = read_by {
            return layout.name.clone();
        }
        let stem = self.file.file_stem().unwrap_or_default().to_string_lossy();
        let plain = |c: char| if c.is_alphabetic() { c } else { '-' };
        let stem: String = stem.chars().map(plain).take(40).collect();
        let words: Vec<&str> = stem.split('-').filter(|word| !word.is_empty()).collect();
        if words.is_empty() { "list".to_owned() } else { words.join("-") }
    }
}

/// The setting a note is about, with what was concluded of it.
fn concluded(note: &Note, lang: Lang) -> Option<(Setting, String)> {
    match note {
        Note::Layout(name) => Some((Setting::Layout, name.clone())),
        Note::Encoding(name) => Some((Setting::Encoding, (*name).to_owned())),
        Note::Sheet(name) => Some((Setting::Sheet, name.clone())),
        Note::Dates(order) => Some((Setting::Dates, lang.date_order(*order).to_owned())),
        Note::Currency(currency) => Some((Setting::Currency, currency.code().to_owned())),
        Note::PaidOn { day, .. } => Some((Setting::PaidOn, day.to_string())),
        Note::Unit { unit, .. } => Some((Setting::Unit, unit.clone())),
        Note::Mapped(_)
        | Note::Ignored(_)
        | Note::LeftOut(_)
        | Note::Stages(_)
        | Note::WithoutStage(_)
        | Note::Totals(_)
        | Note::TotalAgrees(_)
        | Note::TotalDiffers(_)
        | Note::Footer(_)
        | Note::UnknownStages(_)
        | Note::Conditions(_) => None,
    }
}

/// The columns that a question is about.
fn seen(why: &ReadError) -> Vec<Row> {
    let headers: &[String] = if let ReadError::NoHeader { seen: headers, .. }
    | ReadError::TwoColumns { headers, .. }
    | ReadError::UnknownHeader { known: headers, .. } = why
    {
        headers
    } else {
        &[]
    };
    let column = |header: &String| {
        // `金额 (C)` is the column C.
        let letter = header.strip_suffix(')').and_then(|header| header.rsplit_once(" ("));
        let name = letter.map_or_else(|| header.clone(), |(_, letter)| letter.to_owned());
        Row::Column(ListedColumn { header: header.clone(), name, field: None, samples: Vec::new() })
    };
    headers.iter().map(column).collect()
}

/// What a person calls a field.
fn field_name(field: PlanField, lang: Lang) -> String {
    lang.plan_column(field).replace('_', " ")
}

fn cell(error: &CellError, lang: Lang) -> String {
    lang.import_bad_cell(error.row, &error.column, &error.value, &lang.cell_problem(&error.why))
}

fn refusal(row: &RowRefused, tried: &Tried, lang: Lang) -> String {
    let of_stage = tried.batch.rows.stage_column(&row.milestone, row.column);
    let column = of_stage.unwrap_or_else(|| lang.plan_column(row.column).to_owned());
    lang.import_bad_cell(row.row, &column, &row.value, &lang.violation(&row.why))
}

impl Source for Import {
    const FILTERED: bool = false;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::words(lang.importing_what(), 20, 0),
            Column::words(lang.importing_read_as(), 14, 0),
            Column::words(lang.importing_samples(), 10, 1),
        ]
    }

    fn refresh(&mut self, _: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let key = (cx.ledger.version(), self.edition);
        if self.preview.key() != Some(&key) {
            self.options.layouts = cx.ledger.layouts()?;
        }
        let (file, options, reschedule) = (&self.file, &self.options, self.reschedule);
        self.preview.try_refresh(key, || cx.ledger.preview(file, options, reschedule))?;
        self.arrange(cx.ui.lang);
        Ok(())
    }

    fn fit(&mut self, area: Rect, cx: &Cx<'_>) {
        self.room = usize::from(area.width).saturating_sub(6);
        self.arrange(cx.ui.lang);
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        (at < self.rows.len()).then_some(RowKey::Line(at))
    }

    fn is_heading(&self, at: usize) -> bool {
        matches!(self.rows.get(at), Some(Row::Heading(_)))
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let (lang, theme) = (cx.ui.lang, cx.ui.theme);
        match self.rows.get(at) {
            Some(Row::Heading(title)) => vec![Cell::spanning(title.as_str(), theme.strong())],
            Some(Row::Setting(setting)) => {
                let value = Some(self.value(*setting, lang)).filter(|value| !value.is_empty());
                let told = || Cell::new(lang.importing_told(), theme.dim());
                vec![Cell::plain(setting.label(lang)), value.map_or_else(told, Cell::plain)]
            }
            Some(Row::Column(column)) => {
                let read = column.field.map(|field| field_name(field, lang));
                vec![
                    Cell::plain(column.header.as_str()),
                    read.map_or_else(
                        || Cell::new(lang.importing_unread(), theme.dim()),
                        |name| Cell::new(name, theme.accent()),
                    ),
                    Cell::new(column.samples.join(lang.comma()), theme.dim()),
                ]
            }
            Some(Row::Told(text, is_bad)) => {
                let style = if *is_bad { theme.bad() } else { theme.text() };
                vec![Cell::spanning(text.as_str(), style)]
            }
            None => Vec::new(),
        }
    }

    fn open(&mut self, at: usize, _: &mut ListView, cx: &Cx<'_>) -> Effect {
        let lang = cx.ui.lang;
        match self.rows.get(at) {
            Some(Row::Setting(setting)) => match self.choices(*setting, cx) {
                Ok(choices) => Self::ask(setting.label(lang), choices),
                Err(error) => Effect::Say(lang.error(&error)),
            },
            Some(Row::Column(column)) => {
                let field = |field: &PlanField| {
                    let reading = Reading::Column(column.name.clone(), *field);
                    (reading, field_name(*field, lang))
                };
                Self::ask(&column.header, PlanField::ALL.iter().map(field).collect())
            }
            Some(Row::Heading(_) | Row::Told(..)) | None => Effect::None,
        }
    }

    fn act(&mut self, action: Action, _: &mut ListView, cx: &Cx<'_>) -> Option<Effect> {
        if action != Action::Import {
            return None;
        }
        let lang = cx.ui.lang;
        let tried = self.tried();
        let (Some(tried), Some(counts)) = (tried, self.counts(lang)) else {
            return Some(Effect::Say(lang.importing_question().to_owned()));
        };
        if tried.outcome.imported + tried.outcome.updated == 0 {
            return Some(Effect::Say(lang.importing_nothing().to_owned()));
        }
        let text = match tried.bad_rows() {
            0 => lang.importing_sure(&counts, &cx.ui.key(Action::Undo)),
            bad => lang.importing_sure_bad(&counts, bad, &cx.ui.key(Action::Undo)),
        };
        let yes = Reply::Done(Effect::Reading(Reading::Done));
        Some(Effect::open(Question::new(lang.importing_sure_title(), text, yes)))
    }

    fn read_as(&mut self, reading: Reading, cx: &mut Cx<'_>) -> Result<Option<String>> {
        let options = &mut self.options;
        match reading {
            Reading::Layout(name) => options.layout = name,
            Reading::Sheet(name) => options.sheet = name,
            Reading::Encoding(name) => options.encoding = name,
            Reading::Dates(order) => options.date_order = order,
            Reading::Currency(currency) => options.currency = currency,
            Reading::Unit(unit) => options.unit = unit,
            Reading::PaidOn(day) => options.paid_on = day,
            Reading::Reschedule(agreed) => self.reschedule = agreed,
            Reading::Column(name, field) => {
                let is_of = |text: &str, field: PlanField| {
                    text.split('=').next().is_some_and(|code| code == field.code())
                };
                let to = format!("={name}");
                options.map.retain(|text| !is_of(text, field) && !text.ends_with(&to));
                options.map.push(format!("{}{to}", field.code()));
            }
            Reading::Done => return self.bring_in(cx),
        }
        self.edition += 1;
        Ok(None)
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        let title = lang.importing_title(&name(&self.file));
        self.counts(lang).map_or_else(|| title.clone(), |counts| lang.joined(&title, &counts))
    }

    fn bottom(&self, cx: &Cx<'_>) -> String {
        let lang = cx.ui.lang;
        let writes =
            self.tried().is_some_and(|tried| tried.outcome.imported + tried.outcome.updated > 0);
        if writes { lang.importing_key(&cx.ui.key(Action::Import)) } else { String::new() }
    }

    fn nothing(&self, _: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        cx.ui.lang.computing().into()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Import, Scope::List, Scope::Global]
    }
}
