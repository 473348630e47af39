//! Known kinds of lists: the exports of common programs, and what a person keeps under a name. A list is found by its
//! headers, or asked for by name; it is then read as the layout says, as far as nothing else was said.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::PlanOptions;
use super::header::Header;
use super::{units, words};
use crate::domain::normalize::normalize;
use crate::domain::plan::field::{DateOrder, PlanField};
use crate::error::{Error, Result};
use crate::exchange::out::{Cell as ReportCell, Column, JsonOut, Page, Report, Table};
use crate::exchange::sanitize;
use crate::exchange::sheet::{Cell, Row};
use crate::files;
use crate::text::Lang;

/// Layouts that come with the program, as their files are.
const SHIPPED: &[(&str, &str)] = &[
    ("asana", include_str!("../../../assets/lists/asana.toml")),
    ("kingdee-receivables", include_str!("../../../assets/lists/kingdee-receivables.toml")),
    ("ms-project", include_str!("../../../assets/lists/ms-project.toml")),
    ("pingcode", include_str!("../../../assets/lists/pingcode.toml")),
    ("quickbooks-aging", include_str!("../../../assets/lists/quickbooks-aging.toml")),
    ("quickbooks-balances", include_str!("../../../assets/lists/quickbooks-balances.toml")),
    ("quickbooks-open", include_str!("../../../assets/lists/quickbooks-open.toml")),
    ("trello", include_str!("../../../assets/lists/trello.toml")),
    ("worktile", include_str!("../../../assets/lists/worktile.toml")),
    ("xero-invoices", include_str!("../../../assets/lists/xero-invoices.toml")),
    ("xero-receivables", include_str!("../../../assets/lists/xero-receivables.toml")),
    ("yonyou-receivables", include_str!("../../../assets/lists/yonyou-receivables.toml")),
];

/// What asks for none.
pub const NONE: &str = "none";

/// The header of the column that the lines above groups of rows fill.
const GROUP: &str = "(group)";

/// Characters of the longest name.
const LONGEST: usize = 40;

/// Between headers any of which will do.
const OR: char = '|';

/// How one kind of list is read. A header in it may be several, with `|` between them: the first that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Layout {
    /// What it is called, the name of its file.
    #[serde(skip)]
    pub name: String,
    /// Whether it came with the program.
    #[serde(skip)]
    pub shipped: bool,
    /// What a list must have to be taken for one of these.
    pub headers: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Rows stand in groups: a line with one cell says this of those below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<PlanField>,
    /// Of rows with one key only the first is read: the others repeat it, a line of an invoice each.
    #[serde(skip_serializing_if = "is_false")]
    pub first: bool,
    /// Only rows with one of these words under this header are read.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub only: BTreeMap<String, Vec<String>>,
    /// What is read from under which header.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub map: BTreeMap<PlanField, String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// The headers a text stands for, the likeliest first.
fn alternatives(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(OR).map(str::trim).filter(|part| !part.is_empty());
    std::iter::once(text.trim()).chain(parts.filter(move |part| *part != text.trim()))
}

fn folded(text: &str) -> String {
    let text = normalize(&sanitize::text(text));
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The headers of a row, to be found again.
struct Headers(Vec<(String, String)>);

impl Headers {
    fn of(row: &Row) -> Self {
        let names = row.cells().map(|cell| cell.text().trim().to_owned());
        Self(names.map(|name| (folded(&name), name)).collect())
    }

    /// Where a header stands.
    fn place(&self, wanted: &str) -> Option<usize> {
        alternatives(wanted).map(folded).find_map(|wanted| {
            self.0.iter().position(|(folded, _)| !wanted.is_empty() && *folded == wanted)
        })
    }

    /// The header as it stands there.
    fn find(&self, wanted: &str) -> Option<&str> {
        self.0.get(self.place(wanted)?).map(|(_, name)| name.as_str())
    }
}

impl Layout {
    /// How a list with this header was read under these options, to be kept under a name. `known` is what the name
    /// stood for before.
    pub fn of(name: &str, header: &Header, known: Option<&Self>, options: &PlanOptions) -> Self {
        let read = PlanField::ALL.iter().flat_map(|&field| header.columns(field));
        let mut headers = Vec::new();
        for column in read {
            let above = header.rows.last().and_then(|row| row.cell(column.index));
            let text = above.map(|cell| cell.text().trim().to_owned()).unwrap_or_default();
            if !text.is_empty() && text != GROUP && !headers.contains(&text) {
                headers.push(text);
            }
        }
        let mut layout = known.cloned().unwrap_or_default();
        for text in &options.map {
            let field = PlanField::from_code(&code_of(text));
            if let (Some(field), Some((_, header))) = (field, text.split_once(['=', '＝'])) {
                layout.map.insert(field, header.trim().to_owned());
            }
        }
        Self {
            name: name.to_owned(),
            shipped: false,
            headers,
            date_order: options.date_order.or(layout.date_order),
            currency: options.currency.map(|code| code.code().to_owned()).or(layout.currency),
            unit: options.unit.clone().or(layout.unit),
            encoding: options.encoding.clone().or(layout.encoding),
            sheet: options.sheet.clone().or(layout.sheet),
            ..layout
        }
    }

    fn fits(&self, headers: &Headers) -> bool {
        !self.headers.is_empty() && self.headers.iter().all(|name| headers.find(name).is_some())
    }

    /// What it says where the options do not.
    fn completes(&self, options: &PlanOptions, headers: Option<&Headers>) -> PlanOptions {
        let mut options = options.clone();
        let given: Vec<String> = options.map.iter().map(|text| code_of(text)).collect();
        let group = self.group.map(|field| (field, GROUP));
        let mapped = self.map.iter().filter_map(|(field, wanted)| match headers {
            Some(headers) => Some((*field, headers.find(wanted)?)),
            None => Some((*field, wanted.as_str())),
        });
        for (field, header) in mapped.chain(group) {
            if !given.iter().any(|given| given == field.code()) {
                options.map.push(format!("{}={header}", field.code()));
            }
        }
        options.date_order = options.date_order.or(self.date_order);
        options.unit = options.unit.or_else(|| self.unit.clone());
        options.sheet = options.sheet.or_else(|| self.sheet.clone());
        let currency = || units::currency(self.currency.as_deref()?);
        options.currency = options.currency.or_else(currency);
        options
    }
}

/// The field that a `field=Header` text is about.
fn code_of(text: &str) -> String {
    let field = text.split(['=', '＝']).next().unwrap_or_default();
    field.trim().to_lowercase().replace('-', "_")
}

/// Whether a layout can have this name.
pub fn is_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    (1..=LONGEST).contains(&name.chars().count()) && name.chars().all(is_plain)
}

/// Every layout there is: a person's own, then those that come with the program.
#[derive(Debug, Clone, Default)]
pub struct Layouts(Vec<Layout>);

impl Layouts {
    /// Those that come with the program.
    pub fn shipped() -> Self {
        Self::with(Vec::new())
    }

    fn with(mut all: Vec<Layout>) -> Self {
        for (name, text) in SHIPPED {
            if !all.iter().any(|own| own.name == *name) {
                let layout = parse(name, text);
                all.extend(layout.map(|layout| Layout { shipped: true, ..layout }));
            }
        }
        Self(all)
    }

    /// Those that come with the program, and those in a folder, of which one with the same name wins.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut all = Vec::new();
        for path in files_in(folder).map_err(Error::io(folder))? {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = files::text(&path).map_err(Error::io(&path))?;
            let layout = parse(&name, &text);
            all.push(layout.map_err(|message| Error::Config { path, message })?);
        }
        Ok(Self::with(all))
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Layout> {
        self.0.iter()
    }

    pub fn named(&self, name: &str) -> Option<&Layout> {
        self.iter().find(|layout| layout.name == name)
    }

    /// The one a list is read by, and the options with what it says: that which was asked for, else that whose headers
    /// stand in a row of its top; of several the one that asks for most.
    pub fn choose(&self, top: &[Row], options: &PlanOptions) -> Option<(&Layout, PlanOptions)> {
        let rows = || top.iter().map(Headers::of);
        if let Some(name) = &options.layout {
            let layout = self.named(name)?;
            let headers = rows().find(|headers| layout.fits(headers));
            return Some((layout, layout.completes(options, headers.as_ref())));
        }
        rows().find_map(|headers| {
            let fitting = self.iter().filter(|layout| layout.fits(&headers));
            // Of equals the first, which is the person's own.
            let layout = fitting.rev().max_by_key(|layout| layout.headers.len())?;
            Some((layout, layout.completes(options, Some(&headers))))
        })
    }
}

fn parse(name: &str, text: &str) -> Result<Layout, String> {
    let layout: Layout =
        toml::from_str(text).map_err(|error| error.to_string().trim().to_owned())?;
    Ok(Layout { name: name.to_owned(), ..layout })
}

/// The files of a folder that need not exist, by name.
fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    let is_layout = |path: &PathBuf| path.extension().is_some_and(|end| end == "toml");
    let mut paths: Vec<PathBuf> = paths.into_iter().filter(is_layout).collect();
    paths.sort_unstable();
    Ok(paths)
}

/// Takes the rows of a list as its layout says.
pub struct Sifter<'l> {
    layout: &'l Layout,
    header: &'l Header,
    /// Columns and the words one of which must stand there.
    only: Vec<(usize, Vec<String>)>,
    /// What the last line above a group said.
    group: String,
    keys: HashSet<String>,
    /// Numbers of the rows that were not taken.
    pub left_out: Vec<u32>,
}

impl<'l> Sifter<'l> {
    pub fn new(layout: &'l Layout, header: &'l Header) -> Self {
        let names = header.rows.last().map(Headers::of);
        let column = |(wanted, words): (&String, &Vec<String>)| {
            let at = names.as_ref()?.place(wanted)?;
            Some((at, words.iter().map(|word| folded(word)).collect()))
        };
        Self {
            layout,
            header,
            only: layout.only.iter().filter_map(column).collect(),
            group: String::new(),
            keys: HashSet::new(),
            left_out: Vec::new(),
        }
    }

    /// Whether a line stands above a group of rows and says what they share.
    pub fn is_group(&mut self, row: &Row) -> bool {
        if self.layout.group.is_none() || row.number <= self.header.last() {
            return false;
        }
        let mut filled = row.cells().filter(|cell| !cell.is_blank());
        let (Some(Cell::Text(text)), None) = (filled.next(), filled.next()) else {
            return false;
        };
        if words::is_total(text) {
            return false;
        }
        self.group = sanitize::text(text).into_owned();
        true
    }

    /// Whether a row of the list is read; it then says what its group says.
    pub fn takes(&mut self, row: &mut Row) -> bool {
        let is_taken = self.is_own(row);
        if !is_taken {
            self.left_out.push(row.number);
        } else if let Some(column) = self.layout.group.and_then(|field| self.header.column(field)) {
            row.set(column.index, Cell::Text(&self.group));
        }
        is_taken
    }

    fn is_own(&mut self, row: &Row) -> bool {
        let word = |at: usize| row.cell(at).map(|cell| folded(&cell.text())).unwrap_or_default();
        if !self.only.iter().all(|(at, words)| words.contains(&word(*at))) {
            return false;
        }
        match self.header.column(PlanField::Key) {
            Some(key) if row.cell(key.index).is_none() => false,
            Some(key) if self.layout.first => self.keys.insert(word(key.index)),
            Some(_) | None => true,
        }
    }
}

/// Writes the header of the column that lines above groups fill behind the headers of a layout.
pub fn head_groups(layout: &Layout, row: &mut Row) {
    if layout.group.is_some() && layout.fits(&Headers::of(row)) {
        row.set(row.width(), Cell::Text(GROUP));
    }
}

/// What an import read by, to be kept under a name: its headers, and what was said of it.
pub fn keep(folder: &Path, layout: &Layout) -> Result<PathBuf> {
    let path = folder.join(format!("{}.toml", layout.name));
    let text = toml::to_string(layout).map_err(|_| Error::Bug("a layout that is no TOML"))?;
    files::rewrite(&path, &text).map_err(Error::io(&path))?;
    Ok(path)
}

impl Report for Layouts {
    fn page(&self, lang: Lang) -> Page<'_> {
        let columns = vec![
            Column::left(lang.layout_word()),
            Column::left(lang.layout_source()),
            Column::left(lang.layout_headers()),
        ];
        let row = move |layout: &Layout| -> Vec<ReportCell> {
            let source = if layout.shipped { lang.layout_shipped() } else { lang.layout_own() };
            vec![layout.name.clone().into(), source.into(), layout.headers.join(", ").into()]
        };
        Page {
            title: lang.layouts_title().to_owned(),
            tables: vec![Table::new(columns, self.iter().map(row))],
            ..Page::default()
        }
    }

    fn json(&self, _: Lang, out: &mut JsonOut<'_>) -> serde_json::Result<()> {
        let value = |layout: &Layout| json!({ "name": layout.name, "shipped": layout.shipped, "headers": layout.headers });
        serde_json::to_writer(out, &self.iter().map(value).collect::<Vec<_>>())
    }
}
