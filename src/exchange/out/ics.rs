//! A calendar (RFC 5545) of whole days, for any program that subscribes to or imports one. An entry has the same identity
//! each time it is written, so that a calendar brings its own up to date.

use std::io::{self, Write};

use super::{Format, Report};
use crate::exchange::sanitize;
use crate::text::Lang;

pub const ICS: Format = Format { ending: "ics", data: true, write };

/// Octets of a line, without its end.
const LINE: usize = 75;

fn write(report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let Some(calendar) = report.calendar(lang) else {
        return Err(io::ErrorKind::Unsupported.into());
    };
    let mut line = |name: &str, value: &str| out.write_all(folded(name, value).as_bytes());
    line("BEGIN", "VCALENDAR")?;
    line("VERSION", "2.0")?;
    line("PRODID", concat!("-//huikuan//huikuan ", env!("CARGO_PKG_VERSION"), "//EN"))?;
    line("CALSCALE", "GREGORIAN")?;
    line("METHOD", "PUBLISH")?;
    line("X-WR-CALNAME", &escaped(&calendar.title))?;
    let stamp = calendar.written_on.format("%Y%m%dT000000Z").to_string();
    if calendar.entries.is_empty() {
        let note = calendar.nothing;
        line("BEGIN", "VJOURNAL")?;
        line("UID", &escaped(&note.uid))?;
        line("DTSTAMP", &stamp)?;
        line("DTSTART;VALUE=DATE", &note.day.format("%Y%m%d").to_string())?;
        line("SUMMARY", &escaped(&note.summary))?;
        line("DESCRIPTION", &escaped(&note.description))?;
        line("END", "VJOURNAL")?;
    }
    for entry in calendar.entries {
        line("BEGIN", "VEVENT")?;
        line("UID", &escaped(&entry.uid))?;
        line("DTSTAMP", &stamp)?;
        line("DTSTART;VALUE=DATE", &entry.day.format("%Y%m%d").to_string())?;
        if let Some(next) = entry.day.succ_opt() {
            line("DTEND;VALUE=DATE", &next.format("%Y%m%d").to_string())?;
        }
        line("SUMMARY", &escaped(&entry.summary))?;
        line("DESCRIPTION", &escaped(&entry.description))?;
        line("CATEGORIES", &escaped(&entry.category))?;
        line("TRANSP", "TRANSPARENT")?;
        line("END", "VEVENT")?;
    }
    line("END", "VCALENDAR")
}

/// A value of text: what parts values and lines is marked as its own.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            safe.push_str("\\n");
        }
        for c in sanitize::text(line).chars() {
            if matches!(c, '\\' | ',' | ';') {
                safe.push('\\');
            }
            safe.push(c);
        }
    }
    safe
}

/// A line of content, folded where it is too long and never within a character.
fn folded(name: &str, value: &str) -> String {
    let mut lines = String::new();
    let mut octets = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if octets + c.len_utf8() > LINE {
            lines.push_str("\r\n ");
            octets = 1;
        }
        lines.push(c);
        octets += c.len_utf8();
    }
    lines.push_str("\r\n");
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("催收:华东水务一期,验收款;第2期", "催收:华东水务一期\\,验收款\\;第2期")]
    #[case("a\\b\nc\r\nd", "a\\\\b\\nc\\nd")]
    #[case("a\u{202e}b\u{7}", "ab")]
    fn text_stays_text(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(escaped(text), expected);
    }

    #[test]
    fn lines_are_folded_between_characters() {
        for text in ["回款".repeat(60), "a".repeat(74 - 8), "a".repeat(200), "💰".repeat(50)] {
            let lines = folded("SUMMARY", &text);
            let lines: Vec<&str> = lines.strip_suffix("\r\n").unwrap().split("\r\n").collect();
            assert!(lines.iter().all(|line| line.len() <= LINE), "{lines:?}");
            assert!(lines.iter().skip(1).all(|line| line.starts_with(' ')));
            let unfolded: String = lines.join("\r\n").replace("\r\n ", "");
            assert_eq!(unfolded, format!("SUMMARY:{text}"));
        }
    }
}
