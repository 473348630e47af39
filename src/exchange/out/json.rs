//! The contract's JSON, a line of it.

use std::io::{self, Write};

use super::{Format, Report};
use crate::text::Lang;

pub const JSON: Format = Format {
    ending: "json",
    write,
};

fn write(report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    report.json(lang, out)?;
    out.write_all(b"\n")
}
