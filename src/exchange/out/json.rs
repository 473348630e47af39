//! The contract's JSON, a line of it.

use std::io::{self, BufWriter, Write};

use super::{Format, Report};
use crate::text::Lang;

pub const JSON: Format = Format { ending: "json", write };

fn write(report: &dyn Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    report.json(lang, &mut out)?;
    out.write_all(b"\n")?;
    out.flush()
}
