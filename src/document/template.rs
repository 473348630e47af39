//! Templates: Markdown with the placeholders of Jinja. What is put in stays text, whatever it holds; what a template asks
//! for and is not given is a fault with its place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use crate::domain::clean;
use crate::domain::document::DocumentKind;
use crate::domain::paper::NUMBER;
use crate::error::document::{TemplateError, TemplateFault};
use crate::error::{Error, Result};
use crate::text::Lang;

/// What a template may do before it is given up: a letter takes some thousands.
const FUEL: u64 = 5_000_000;

/// The templates of a user, by the names of those that are shipped; by default there are none beside those.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    folder: Option<PathBuf>,
}

/// The text of a template, and the user's file it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub file: Option<PathBuf>,
    pub text: String,
}

/// What the file of a template is called, the shipped one and the user's.
pub fn file_name(kind: DocumentKind, lang: Lang) -> String {
    format!("{}.{}.md", kind.code(), lang.pick("zh", "en"))
}

impl Templates {
    /// Those in a folder, which need not exist.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    /// Where the user's own stands, or would.
    pub fn own(&self, kind: DocumentKind, lang: Lang) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(file_name(kind, lang)))
    }

    /// The user's own, else the shipped one.
    pub fn read(&self, kind: DocumentKind, lang: Lang) -> Result<Template> {
        let without = || Template { file: None, text: shipped(kind, lang).to_owned() };
        let Some(file) = self.own(kind, lang) else { return Ok(without()) };
        match fs::metadata(&file) {
            Ok(found) if !found.is_file() => {
                let source = io::ErrorKind::InvalidInput.into();
                return Err(Error::Io { path: file, source });
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(without());
            }
            Err(source) => return Err(Error::Io { path: file, source }),
        }
        let text = fs::read_to_string(&file).map_err(Error::io(&file))?;
        Ok(Template { file: Some(file), text })
    }
}

impl Template {
    /// The Markdown it makes of what it is given.
    pub fn render(&self, context: &impl Serialize) -> Result<String> {
        let text = with_line_ends(&self.text);
        try_render(&text, context).map_err(|why| Error::Template(Box::new(self.fault(&text, &why))))
    }

    fn fault(&self, text: &str, why: &minijinja::Error) -> TemplateError {
        let expression = why.range().and_then(|range| text.get(range)).map(str::trim);
        let expression = expression.unwrap_or_default().to_owned();
        let fault = match why.kind() {
            ErrorKind::UndefinedError => TemplateFault::Missing(expression),
            ErrorKind::OutOfFuel => TemplateFault::Endless,
            _ => TemplateFault::Wrong(why.detail().unwrap_or_default().to_owned()),
        };
        TemplateError { file: self.file.clone(), line: why.line().unwrap_or(1), fault }
    }
}

/// A line of nothing but tags leaves no line behind; one that begins or ends in a tag keeps its blanks and its end, which
/// the engine would take.
fn with_line_ends(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (said, end) = match line.strip_suffix("\r\n").or_else(|| line.strip_suffix('\n')) {
            Some(said) => (said, "\n"),
            None => (line, ""),
        };
        let tags = is_tags(said);
        if !tags && said.trim_start().starts_with("{%") {
            whole.push_str("{{''}}");
        }
        whole.push_str(said);
        if !tags && said.ends_with("%}") {
            whole.push_str("{{''}}");
        }
        whole.push_str(end);
    }
    whole
}

fn is_tags(line: &str) -> bool {
    let mut rest = line.trim();
    while let Some(tag) = rest.strip_prefix("{%") {
        let Some((_, behind)) = tag.split_once("%}") else { return false };
        rest = behind.trim_start();
    }
    rest.is_empty()
}

fn try_render(text: &str, context: &impl Serialize) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_formatter(|out, _, value| {
        if value.is_safe() {
            write!(out, "{value}")?;
        } else if !value.is_none() {
            write!(out, "{}", clean::markdown(&value.to_string()))?;
        }
        Ok(())
    });
    environment.add_global("number", Value::from_safe_string(NUMBER.to_owned()));
    let template = environment.template_from_named_str("template", text)?;
    template.render(minijinja::value::Serde(context))
}

/// What the user's files are called that no template is read from: a name with a slip in it would be passed over in silence.
pub fn strays(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(Error::Io { path: folder.to_owned(), source }),
    };
    let mut strays = Vec::new();
    for entry in entries {
        let entry = entry.map_err(Error::io(folder))?;
        let name = entry.file_name();
        let known = DocumentKind::ALL
            .iter()
            .any(|kind| [Lang::Zh, Lang::En].iter().any(|lang| name == *file_name(*kind, *lang)));
        if !known {
            strays.push(entry.path());
        }
    }
    strays.sort();
    Ok(strays)
}

/// The text of the shipped template.
pub fn shipped(kind: DocumentKind, lang: Lang) -> &'static str {
    let (zh, en) = super::templates(kind);
    lang.pick(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn own(text: &str) -> Template {
        Template { file: Some(PathBuf::from("a.md")), text: text.to_owned() }
    }

    #[test]
    fn what_is_put_in_stays_text_whatever_it_holds() {
        let hostile =
            "<script>alert(1)</script> **bold** [a](b) =cmd() | # x {{number}}\n\n- list\u{202e}";
        let made = own("{{ name }}").render(&json!({ "name": hostile })).unwrap();
        assert!(!made.contains(NUMBER), "{made}");
        let blocks = super::super::markdown::parse(&made);
        let [super::super::markdown::Block::Paragraph { text, .. }] = blocks.as_slice() else {
            panic!("{blocks:?}");
        };
        let plain = super::super::markdown::plain(text);
        assert_eq!(
            plain,
            "<script>alert(1)</script> **bold** [a](b) =cmd() | # x {{number}} - list"
        );
    }

    #[test]
    fn the_number_is_kept_for_the_ledger_to_fill_in() {
        assert_eq!(own("No. {{ number }}").render(&json!({})).unwrap(), "No. {{number}}");
    }

    #[test]
    fn lines_of_tags_vanish_and_lines_that_end_in_one_stay() {
        let text = "a\n{% for x in [1, 2] %}\n| {{ x }} |\n{% endfor %}\nsum{% if true %}!{% endif %}\n\nend";
        assert_eq!(own(text).render(&json!({})).unwrap(), "a\n| 1 |\n| 2 |\nsum!\n\nend");
    }

    #[test]
    fn a_paragraph_stays_set_in_where_it_begins_with_a_tag() {
        let text = "　　{% if true %}x{% endif %}y";
        assert_eq!(own(text).render(&json!({})).unwrap(), "　　xy");
    }

    #[test]
    fn a_missing_variable_names_file_line_and_variable() {
        let why = own("a\n\nb {{ customer.nam }}").render(&json!({ "customer": { "name": "x" } }));
        let Err(Error::Template(why)) = why else { panic!("{why:?}") };
        assert_eq!((why.file.as_deref(), why.line), (Some(Path::new("a.md")), 3));
        assert_eq!(why.fault, TemplateFault::Missing("customer.nam".to_owned()));
    }

    #[test]
    fn a_template_that_is_none_and_one_that_never_ends_are_told() {
        let Err(Error::Template(why)) = own("{% if %}").render(&json!({})) else { panic!() };
        assert!(matches!(why.fault, TemplateFault::Wrong(_)), "{why:?}");
        let endless =
            "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}";
        let Err(Error::Template(why)) = own(endless).render(&json!({})) else { panic!() };
        assert_eq!(why.fault, TemplateFault::Endless);
    }
}
