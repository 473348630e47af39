//! Files nearby that may be lists, the newest first: Enter looks at one before it comes in.

use std::borrow::Cow;
use std::path::Path;

use chrono::{DateTime, Local};

use crate::error::Result;
use crate::exchange::sanitize;
use crate::text::find::Needle;
use crate::tui::action::Action;
use crate::tui::data::{Memo, NearbyFile};
use crate::tui::effect::Effect;
use crate::tui::keymap::Scope;
use crate::tui::list_screen::{ListScreen, Source};
use crate::tui::screen::{Cx, ListView, Screen};
use crate::tui::selection::RowKey;
use crate::tui::widgets::list::{Cell, Column};

/// Within the view this action opens.
pub fn open(tab: Action) -> Box<dyn Screen> {
    Box::new(ListScreen::new(tab, Files::default()))
}

#[derive(Default)]
struct Files {
    all: Memo<u64, Vec<NearbyFile>>,
    found: Memo<(u64, String), Vec<usize>>,
}

impl Files {
    fn file(&self, at: usize) -> Option<&NearbyFile> {
        self.all.get(*self.found.get(at)?)
    }
}

/// The name of a file, made harmless.
pub fn name(path: &Path) -> String {
    sanitize::text(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()).into_owned()
}

impl Source for Files {
    const FILTERED: bool = false;

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let lang = cx.ui.lang;
        vec![
            Column::words(lang.file_word(), 20, 0),
            Column::words(lang.changed_word(), 16, 1),
            Column::number(lang.size_word(), 2),
            Column::words(lang.folder_word(), 10, 3),
        ]
    }

    fn refresh(&mut self, view: &ListView, cx: &mut Cx<'_>) -> Result<()> {
        let version = cx.ledger.version();
        self.all.refresh(version, || cx.ledger.nearby_files());
        let all = &self.all;
        self.found.refresh((version, view.find.clone()), || {
            let needle = Needle::new(&view.find);
            let found = |(_, file): &(usize, &NearbyFile)| needle.matches(&name(&file.path));
            all.iter().enumerate().filter(found).map(|(at, _)| at).collect()
        });
        Ok(())
    }

    fn count(&self) -> usize {
        self.found.len()
    }

    fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
        self.found.get(at).copied().map(RowKey::Line)
    }

    fn cells(&self, at: usize, cx: &Cx<'_>) -> Vec<Cell> {
        let Some(file) = self.file(at) else {
            return Vec::new();
        };
        let dim = cx.ui.theme.dim();
        let modified = DateTime::<Local>::from(file.modified).format("%Y-%m-%d %H:%M");
        let folder = file.path.parent().map(|folder| folder.to_string_lossy().into_owned());
        vec![
            Cell::plain(name(&file.path)),
            Cell::new(modified.to_string(), dim),
            Cell::new(size(file.bytes), dim),
            Cell::new(sanitize::text(&folder.unwrap_or_default()).into_owned(), dim),
        ]
    }

    fn open(&mut self, at: usize, _: &mut ListView, _: &Cx<'_>) -> Effect {
        self.file(at).map_or(Effect::None, |file| Effect::Import(file.path.clone()))
    }

    fn act(&mut self, action: Action, _: &mut ListView, _: &Cx<'_>) -> Option<Effect> {
        (action == Action::Import).then_some(Effect::None)
    }

    fn title(&self, _: &ListView, cx: &Cx<'_>) -> String {
        cx.ui.lang.files_title(self.found.len())
    }

    fn bottom(&self, cx: &Cx<'_>) -> String {
        cx.ui.lang.files_note().to_owned()
    }

    fn nothing(&self, view: &ListView, cx: &Cx<'_>) -> Cow<'static, str> {
        let lang = cx.ui.lang;
        if view.is_narrowed() { lang.nothing_found() } else { lang.files_none() }.into()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List, Scope::Global]
    }
}

/// A size as people read it.
fn size(bytes: u64) -> String {
    let (unit, name) = if bytes < 1_048_576 { (1_024, "KB") } else { (1_048_576, "MB") };
    let tenths = bytes.saturating_mul(10) / unit;
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}
