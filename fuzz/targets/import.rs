//! A plan list of any bytes is read, or refused, and read the same again.
//!
//! What begins with a line `xlsx` or `ods` becomes a workbook of the parts that follow, each behind a line `--`: so
//! changed bytes reach what reads the sheets, and do not all end at the checksums of the zip.
#![no_main]

use std::io::{Cursor, Write};
use std::panic::{catch_unwind, set_hook};
use std::process::abort;

use huikuan::fuzzing::{PlanOptions, read};
use huikuan::store::PlanRows;
use libfuzzer_sys::fuzz_target;
use zip::write::{SimpleFileOptions, ZipWriter};

const TYPES: &str =
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(*name, stored).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts behind the first line, as many as are asked for.
fn parts<const N: usize>(text: &[u8]) -> [&[u8]; N] {
    let mut rest = text;
    std::array::from_fn(|_| {
        let end = rest.windows(4).position(|four| four == b"\n--\n");
        let (part, after) = match end {
            Some(end) => (&rest[..end], &rest[end + 4..]),
            None => (rest, &rest[rest.len()..]),
        };
        rest = after;
        part
    })
}

fn file(input: &[u8]) -> Vec<u8> {
    if let Some(text) = input.strip_prefix(b"xlsx\n") {
        let [sheet, strings, styles] = parts(text);
        return zipped(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("xl/workbook.xml", BOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet),
            ("xl/sharedStrings.xml", strings),
            ("xl/styles.xml", styles),
        ]);
    }
    if let Some(text) = input.strip_prefix(b"ods\n") {
        let [content, manifest] = parts(text);
        return zipped(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", content),
            ("META-INF/manifest.xml", manifest),
        ]);
    }
    input.to_vec()
}

fn reads(input: &[u8]) {
    let mut list = tempfile::NamedTempFile::new().unwrap();
    list.write_all(&file(input)).unwrap();
    let Ok(plan) = read(list.path(), &PlanOptions::default(), &mut |_, _| {}) else {
        return;
    };
    for _ in 0..2 {
        let mut rows = 0;
        plan.each(&mut |_| {
            rows += 1;
            Ok(())
        })
        .unwrap();
        assert_eq!(rows, plan.count());
    }
}

fuzz_target!(
    // The reader of workbooks may panic: that is caught and refused. Ours may not.
    init: set_hook(Box::new(|_| {})),
    |input: &[u8]| {
        if let Err(panic) = catch_unwind(|| reads(input)) {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            eprintln!("panicked: {}", said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default());
            abort();
        }
    }
);
