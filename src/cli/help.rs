//! Help in both languages from the one definition in [`args`](super::args): English stands beside each flag, Chinese
//! in [`crate::text`], found by the flag's path; a test fails where a path has none.

use std::ffi::OsString;
use std::io;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};

use super::args::Cli;
use super::complete;
use super::words::values;
use crate::document::out as document;
use crate::domain::aging::{AgeBy, GroupBy};
use crate::domain::document::DocumentKind;
use crate::domain::kinds::{
    AcceptanceResult, Cause, Channel, ConditionKind, DeductionKind, Grade, InvoiceKind, Level,
    Method, NoteKind, Outcome, PaperKind, PriorityStart, Stage, TodoKind, TouchKind,
};
use crate::exchange::out::FORMATS;
use crate::text::Lang;

/// The definition of the command line, with its help in this language.
pub fn command(lang: Lang) -> Command {
    let command =
        Cli::command().version(env!("CARGO_PKG_VERSION")).after_help(lang.help_no_command());
    let command = match lang {
        Lang::En => command,
        Lang::Zh => in_chinese(command, ""),
    };
    complete::with_ledger(finished(command, lang, ""))
}

/// What has to be given to add a thing, and need not to correct it.
const NEEDED: [(&str, &[&str]); 3] = [
    ("add.customer", &["name"]),
    ("add.project", &["customer", "name"]),
    ("add.milestone", &["project", "name", "amount"]),
];

/// Where arguments begin that need not be given.
const OPTIONAL: usize = 100;

/// Fills in what a help leaves open: formats of files, values of a vocabulary. What has to be given comes first, what
/// every command takes stands apart.
fn finished(command: Command, lang: Lang, path: &str) -> Command {
    let mut place = 0;
    let needed = NEEDED.iter().find(|(add, _)| *add == path).map_or(&[][..], |(_, needed)| needed);
    let mut command = command
        .mut_args(|arg| {
            let arg =
                if needed.contains(&arg.get_id().as_str()) { arg.required(true) } else { arg };
            let arg = match arg.get_help() {
                Some(help) => {
                    let help = filled(&help.to_string(), lang);
                    let mark = if is_marked(&arg) { lang.help_required() } else { "" };
                    arg.help(format!("{help}{mark}"))
                }
                None => arg,
            };
            place += 1;
            if arg.is_global_set() {
                return arg.help_heading(lang.help_global());
            }
            let place = if is_marked(&arg) { place } else { OPTIONAL + place };
            arg.display_order(place)
        })
        .mut_subcommands(|sub| {
            let below = join(path, sub.get_name());
            finished(sub, lang, &below)
        });
    if let Some(examples) = crate::text::examples(path, lang) {
        let lines: Vec<String> = examples.lines().map(|line| format!("  {line}")).collect();
        command = command.after_help(format!("{}\n{}", lang.help_examples(), lines.join("\n")));
    }
    command
}

/// Whether it has to be given, and does not show that by its place.
fn is_marked(arg: &Arg) -> bool {
    arg.is_required_set() && !arg.is_positional()
}

/// The values of a vocabulary, for a reader.
type Values = fn(Lang) -> String;

fn document_formats(lang: Lang) -> String {
    document::FORMATS.map(|format| format.ending).join(lang.pick("、", ", "))
}

fn filled(help: &str, lang: Lang) -> String {
    let endings = FORMATS.map(|format| format.ending).join(lang.pick("、", ", "));
    let vocabularies: &[(&str, Values)] = &[
        ("{deductions}", values::<DeductionKind>),
        ("{stages}", values::<Stage>),
        ("{methods}", values::<Method>),
        ("{channels}", values::<Channel>),
        ("{purposes}", values::<TouchKind>),
        ("{outcomes}", values::<Outcome>),
        ("{results}", values::<AcceptanceResult>),
        ("{condition_kinds}", values::<ConditionKind>),
        ("{note_kinds}", values::<NoteKind>),
        ("{priority_starts}", values::<PriorityStart>),
        ("{paper_kinds}", values::<PaperKind>),
        ("{document_kinds}", values::<DocumentKind>),
        ("{document_formats}", document_formats),
        ("{causes}", values::<Cause>),
        ("{invoice_kinds}", values::<InvoiceKind>),
        ("{groups}", values::<GroupBy>),
        ("{bases}", values::<AgeBy>),
        ("{grades}", values::<Grade>),
        ("{todo_kinds}", values::<TodoKind>),
        ("{levels}", values::<Level>),
    ];
    let open = help.replace("{formats}", &endings);
    vocabularies.iter().fold(open, |help, (name, values)| {
        if help.contains(name) { help.replace(name, &values(lang)) } else { help }
    })
}

const TEMPLATE_ZH: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

fn in_chinese(command: Command, path: &str) -> Command {
    let mut command = command
        .help_template(TEMPLATE_ZH)
        .subcommand_help_heading("命令")
        .disable_help_flag(true)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "参数" } else { "选项" };
            // The Chinese help names the values itself.
            let takes = arg.get_action().takes_values();
            let help = flag_help(path, arg.get_id().as_str());
            let arg = arg.help_heading(heading).hide_possible_values(takes);
            match help {
                Some(help) => arg.help(help),
                None => arg,
            }
        })
        .mut_subcommands(|sub| {
            let below = join(path, sub.get_name());
            in_chinese(sub, &below)
        })
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help("显示帮助")
                .help_heading("选项"),
        );
    if path.is_empty() {
        command = command.disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help("显示版本")
                .help_heading("选项"),
        );
    }
    match crate::text::help_zh(path) {
        Some(about) => command.about(about),
        None => command,
    }
}

/// The Chinese help of an argument; where a command has its name, the argument's stands under `--name`.
fn flag_help(path: &str, id: &str) -> Option<&'static str> {
    let places = [join(path, id), format!("--{id}"), id.to_owned()];
    let mut places = places.iter().skip(usize::from(path.is_empty()));
    places.find_map(|place| crate::text::help_zh(place))
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The command that these words name, as far as they do: `pay`, `import plan`.
fn named<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let root = Cli::command();
    let (mut at, mut path) = (&root, String::from("huikuan"));
    for word in words {
        if let Some(sub) = at.find_subcommand(word) {
            path = format!("{path} {}", sub.get_name());
            at = sub;
        }
    }
    path
}

/// Where the help of the command is.
pub fn see(lang: Lang, args: &[OsString]) -> String {
    lang.see_help(&named(args.iter().skip(1).filter_map(|arg| arg.to_str())))
}

/// What is wrong with the arguments, and where the help of their command is.
pub fn usage_error(lang: Lang, args: &[OsString], error: &clap::Error) -> String {
    let path = named(args.iter().skip(1).filter_map(|arg| arg.to_str()));
    if lang == Lang::En {
        let text = error.render().to_string();
        let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
        let text = text.replace("try '--help'", &format!("try '{path} --help'"));
        // The usage repeats what was typed; the help has it whole.
        let parts = text.split("\n\n").filter(|part| !part.starts_with("Usage:"));
        return parts.collect::<Vec<_>>().join("\n\n");
    }
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    };
    let (what, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let problem = match error.kind() {
        ErrorKind::UnknownArgument => match context(ContextKind::SuggestedArg) {
            near if near.is_empty() => format!("不认识的参数 {what}"),
            near => format!("不认识的参数 {what}；相近的有 {near}"),
        },
        ErrorKind::InvalidSubcommand => {
            let named = context(ContextKind::InvalidSubcommand);
            match context(ContextKind::SuggestedSubcommand) {
                near if near.is_empty() => format!("没有命令 {named}"),
                near => format!("没有命令 {named}；相近的有 {near}"),
            }
        }
        ErrorKind::MissingRequiredArgument => format!("还缺 {what}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{what} 需要一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            match context(ContextKind::ValidValue) {
                known if known.is_empty() => format!("{what} 不能是“{value}”"),
                known => format!("{what} 不能是“{value}”；可用 {known}"),
            }
        }
        ErrorKind::ArgumentConflict => {
            format!("{what} 不能与 {} 同用", context(ContextKind::PriorArg))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "还缺子命令".to_owned()
        }
        _ => "参数有误".to_owned(),
    };
    format!("{problem}；见 {path} --help")
}

/// A man page of each command, by the name of its file: `huikuan-snapshot-take.1`.
pub fn man_pages(lang: Lang) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = command(lang);
    command.build();
    let mut pages = Vec::new();
    man_pages_of(&command, &mut pages)?;
    Ok(pages)
}

fn man_pages_of(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let man = clap_mangen::Man::new(command.clone());
    let mut page = Vec::new();
    man.render(&mut page)?;
    pages.push((man.get_filename(), page));
    command.get_subcommands().try_for_each(|sub| man_pages_of(sub, pages))
}

/// The man page's part on each command, after the page's own.
pub fn man_of_commands(lang: Lang, page: &mut Vec<u8>) -> io::Result<()> {
    let mut command = command(lang);
    command.build();
    for sub in command.get_subcommands() {
        man_of_command(sub, "huikuan", page)?;
    }
    Ok(())
}

fn man_of_command(command: &Command, above: &str, page: &mut Vec<u8>) -> io::Result<()> {
    let name = format!("{above} {}", command.get_name());
    if command.has_subcommands() {
        for sub in command.get_subcommands() {
            man_of_command(sub, &name, page)?;
        }
        return Ok(());
    }
    let mut section = roff(&format!(".SH {}\n", name.to_uppercase()));
    if let Some(about) = command.get_about() {
        section.push_str(&roff(&format!("{about}\n")));
    }
    for arg in command.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help")
    {
        section.push_str(".TP\n");
        section.push_str(&roff(&format!("{}\n", signature(arg))));
        if let Some(help) = arg.get_help() {
            section.push_str(&roff(&format!("{help}\n")));
        }
    }
    io::Write::write_all(page, section.as_bytes())
}

fn signature(arg: &Arg) -> String {
    let value = arg
        .get_value_names()
        .map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    let takes = arg.get_action().takes_values();
    match (arg.get_long(), value) {
        (Some(long), Some(value)) if takes => format!("--{long} {value}"),
        (Some(long), _) => format!("--{long}"),
        (None, value) => value.unwrap_or_else(|| arg.get_id().to_string().to_uppercase()),
    }
}

/// Escapes what roff would read as its own.
fn roff(text: &str) -> String {
    text.replace('\\', "\\\\").replace('-', "\\-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(command: &Command, path: &str, found: &mut Vec<String>) {
        for arg in command.get_arguments() {
            found.push(join(path, arg.get_id().as_str()));
        }
        for sub in command.get_subcommands() {
            let below = join(path, sub.get_name());
            found.push(below.clone());
            paths(sub, &below, found);
        }
    }

    #[test]
    fn every_command_and_flag_has_help_in_chinese() {
        let mut found = Vec::new();
        paths(&Cli::command(), "", &mut found);
        let last = |path: &str| path.rsplit('.').next().map(str::to_owned);
        let missing: Vec<&String> = found
            .iter()
            .filter(|path| crate::text::help_zh(path).is_none())
            .filter(|path| last(path).is_none_or(|id| crate::text::help_zh(&id).is_none()))
            .collect();
        assert!(missing.is_empty(), "no Chinese help for {missing:?}");
    }

    #[test]
    fn no_argument_is_helped_with_what_a_command_of_its_name_does() {
        let root = Cli::command();
        let mut found = Vec::new();
        paths(&root, "", &mut found);
        let borrowed = found.iter().filter_map(|whole| {
            let (path, id) = whole.rsplit_once('.')?;
            root.find_subcommand(id)?;
            let told = flag_help(path, id)?;
            (crate::text::help_zh(id) == Some(told)).then_some(whole)
        });
        let borrowed: Vec<&String> = borrowed.collect();
        assert!(borrowed.is_empty(), "told what the command does: {borrowed:?}");
    }

    /// The words of a line, quotes taken off.
    fn words(line: &str) -> Vec<String> {
        let parts = line.split('"').enumerate();
        parts
            .flat_map(|(at, part)| match at % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect(),
                _ => vec![part.to_owned()],
            })
            .collect()
    }

    #[test]
    fn every_command_has_one_or_two_examples_that_can_be_typed() {
        fn look(command: &Command, path: &str, lang: Lang) {
            for sub in command.get_subcommands() {
                let below = join(path, sub.get_name());
                if sub.has_subcommands() {
                    look(sub, &below, lang);
                    continue;
                }
                let examples = crate::text::examples(&below, lang);
                let examples = examples.unwrap_or_else(|| panic!("no example of {below}"));
                assert!((1..=3).contains(&examples.lines().count()), "{below}");
                for line in examples.lines() {
                    let typed =
                        line.split([' ']).take_while(|word| !["|", ">", ">>"].contains(word));
                    let typed = words(&typed.collect::<Vec<_>>().join(" "));
                    let parsed = super::command(lang).try_get_matches_from(&typed);
                    let parsed = parsed.unwrap_or_else(|why| panic!("{line}: {why}"));
                    let named =
                        below.split('.').try_fold(&parsed, |at, name| at.subcommand_matches(name));
                    assert!(named.is_some(), "{line} is no {below}");
                }
            }
        }
        for lang in [Lang::En, Lang::Zh] {
            look(&Cli::command(), "", lang);
        }
    }

    #[test]
    fn what_has_to_be_given_exists_and_comes_first() {
        let command = command(Lang::En);
        for (path, needed) in NEEDED {
            let add = path.split('.').try_fold(&command, |at, name| at.find_subcommand(name));
            let args = add.unwrap().get_arguments().filter(|arg| arg.is_required_set());
            let mut names: Vec<&str> = args.map(|arg| arg.get_id().as_str()).collect();
            names.sort_unstable();
            let mut needed = needed.to_vec();
            needed.sort_unstable();
            assert_eq!(names, needed, "{path}");
        }
    }

    #[test]
    fn the_definition_is_sound_in_both_languages() {
        command(Lang::En).debug_assert();
        command(Lang::Zh).debug_assert();
    }
}
