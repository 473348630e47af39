//! Files that are made to hang an import or to eat all memory, or that are no list: each is refused at once, within a
//! limit of memory, with the way out, and the ledger is as it was.
#![cfg(unix)]

use std::fmt::Write;
use std::process::{Command, Stdio};

use flate2::{Compress, Compression, FlushCompress};

use crate::kit::Desk;

/// Kilobytes of memory that refusing a file may take.
const MEMORY: &str = "524288";

/// What is said about a file that cannot be imported.
fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    refused_by(&["import", "plan"], name, bytes)
}

fn refused_by(command: &[&str], name: &str, bytes: impl AsRef<[u8]>) -> String {
    let desk = Desk::new();
    let file = desk.file(name, bytes);
    let plain = desk.command(&[command, &[&file]].concat());
    let mut limited = Command::new("sh");
    limited.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"")]);
    limited.arg(plain.get_program()).args(plain.get_args());
    limited.env_clear().envs(desk.environment("wang")).stdin(Stdio::null());
    let output = limited.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(!desk.db().exists());
    said
}

fn little(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// An old workbook: its head, the table of chains, and the sectors behind it.
fn old_workbook(chains: &[u32], sectors: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(24, 0);
    file.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    file.resize(44, 0);
    file.extend(little(&[1, 1, 0, 4096, u32::MAX - 1, 0, u32::MAX - 1, 0, 0]));
    for part in std::iter::once(&little(chains)).chain(sectors) {
        file.extend(std::iter::repeat_n(0xff, (512 - file.len() % 512) % 512));
        file.extend(part);
    }
    file.extend(std::iter::repeat_n(0xff, (512 - file.len() % 512) % 512));
    file
}

fn entry(name: &str, start: u32, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry.resize(116, 0);
    entry.extend(little(&[start, length, 0]));
    entry
}

#[test]
fn a_chain_of_sectors_that_follows_itself() {
    let said = refused("loop.xls", old_workbook(&[u32::MAX - 2, 1], &[]));
    assert!(said.contains("damaged"), "{said}");
}

#[test]
fn a_small_old_workbook_that_claims_four_thousand_million_cells() {
    let mut chains = vec![u32::MAX - 2, u32::MAX - 1];
    chains.extend((3..10).chain([u32::MAX - 1]));
    let entries = [entry("Root Entry", u32::MAX - 1, 0), entry("Workbook", 2, 4096)].concat();
    // A table begins, and reaches over 65,535 rows and as many columns.
    let mut stream = vec![0x09, 0x08, 4, 0, 0, 6, 16, 0, 0, 2, 14, 0];
    stream.extend(little(&[0, 65_535, 0xffff_0000, 0]));
    stream.resize(4096, 0);
    let said = refused("huge.xls", old_workbook(&chains, &[entries, stream]));
    assert!(said.contains("too large"), "{said}");
}

/// A zip with one part that repeats a text; its directory claims that it is empty.
fn bomb(name: &str, start: &str, text: &str, megabytes: usize) -> Vec<u8> {
    let mut packer = Compress::new(Compression::default(), false);
    let mut pack = |text: &[u8]| {
        let mut packed = Vec::with_capacity(text.len() + 1_024);
        packer.compress_vec(text, &mut packed, FlushCompress::Full).unwrap();
        packed
    };
    let mut data = pack(start.as_bytes());
    data.extend(pack(text.repeat(1_048_576 / text.len()).as_bytes()).repeat(megabytes));
    data.extend([3, 0]);
    let size = u32::try_from(data.len()).unwrap();
    let length = u16::try_from(name.len()).unwrap().to_le_bytes();
    let about = [&[20, 0, 0, 0, 8, 0, 0, 0, 0, 0][..], &little(&[0, size, 0]), &length, &[0, 0]];
    let about = about.concat();
    let mut file = [b"PK\x03\x04", about.as_slice(), name.as_bytes(), &data].concat();
    let directory = u32::try_from(file.len()).unwrap();
    file.extend([b"PK\x01\x02\x14\0", about.as_slice(), &[0; 14], name.as_bytes()].concat());
    let size = u32::try_from(file.len()).unwrap() - directory;
    file.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    file.extend(little(&[size, directory]));
    file.extend([0, 0]);
    file
}

#[test]
fn a_small_workbook_that_unpacks_to_gigabytes() {
    let strings = "xl/sharedStrings.xml";
    for (start, text, megabytes) in [("<sst><si><t>", "x", 1_536), ("<sst>", "<si/>", 256)] {
        let bomb = bomb(strings, start, text, megabytes);
        assert!(bomb.len() < 2_000_000);
        let said = refused("bomb.xlsx", bomb);
        assert!(said.contains("unpacks to too much"), "{said}");
    }
}

#[test]
fn a_table_of_texts_that_claims_more_than_it_has() {
    let claim = "<sst uniqueCount=\"4000000000\">";
    let said = refused("claim.xlsx", bomb("xl/sharedStrings.xml", claim, "<si/>", 1));
    assert!(said.contains("damaged"), "{said}");
}

#[test]
fn rows_without_an_end_and_cells_without_number() {
    let said = refused("commas.csv", ",".repeat(8_000_000));
    assert!(said.contains("row 1 is too long"), "{said}");
    let said = refused("long.csv", format!("key,customer,amount\n{}", "x".repeat(8_000_000)));
    assert!(said.contains("row 2 is too long"), "{said}");
    let said = refused("quote.csv", format!("key,customer,amount\n\"{}", "x\n".repeat(1_000_000)));
    assert!(said.contains("row 2"), "{said}");
    let said = refused("a.csv", "\"a\"\n".repeat(2_000_000));
    assert!(said.contains("--map"), "{said}");
}

#[test]
fn a_title_or_header_of_any_length() {
    let long = "x".repeat(500_000);
    let desk = Desk::new();
    let list = format!("{long}\nkey,customer,amount,{long}\nA,C1,10,\n");
    let file = desk.file("title.csv", list);
    desk.ok_args(&["import", "plan", &file]);
    assert_eq!(desk.milestone("A")["amount"], "10.00");
    assert!(refused("title.csv", long).len() < 1_000);
}

#[test]
fn data_for_programs() {
    let mut json = "[".to_owned();
    for n in 0..20_000 {
        let _ = write!(json, "{{\"key\":{n},\"客户\":\"a\"}},");
    }
    let said = refused("list.csv", json);
    assert!(said.contains("JSON"), "{said}");
}

#[test]
fn a_text_that_reads_in_two_encodings_is_a_question() {
    for (label, text) in [
        ("windows-1252", "key,customer,amount\nA,Müller GmbH,10\n"),
        ("shift_jis", "key,customer,amount\nA,カタカナ商事株式会社,10\n"),
        ("euc-kr", "key,customer,amount\nA,주식회사 한국전자,10\nB,서울 무역 회사,20\n"),
    ] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let bytes = encoding.encode(text).0.into_owned();
        let said = refused("list.csv", &bytes).to_lowercase();
        assert!(said.contains(&format!("--encoding {label}")), "{said}");
        assert!(said.contains("--encoding gb18030") && said.contains("line 2"), "{said}");
        let desk = Desk::new();
        let file = desk.file("list.csv", &bytes);
        desk.ok_args(&["import", "plan", &file, "--encoding", label]);
    }
}

#[test]
fn statements_that_are_none_are_refused_as_lists_are() {
    let long = |start: &str| [start.as_bytes(), &vec![b'1'; 8 * 1_048_576]].concat();
    for (name, bytes, said) in [
        ("empty.csv", Vec::new(), "empty"),
        ("nul.csv", "日期,金额\n2026-01-01,5\0\n".into(), "neither text"),
        (
            "mixed.csv",
            ["交易日期,交易金额,对方户名\n2026-01-01,5,星河科技\n".as_bytes(), b"\xff\n"].concat(),
            "line 3",
        ),
        ("long.csv", long("日期,金额\n"), "too long"),
        ("long.sta", long(":20:X\n:60F:C260101EUR1,00\n:61:"), "too long"),
        ("long.xml", long("<Document><BkToCstmrStmt>"), "too long"),
        ("long.ofx", long("OFXHEADER:100\n<OFX><STMTTRN><MEMO>"), "too long"),
        ("cut.xlsx", b"PK\x03\x04 and no more".to_vec(), "damaged"),
        ("page.xls", b"<html><table>".to_vec(), "web page"),
        ("deep.xml", ["<BkToCstmrStmt>", &"<a>".repeat(100_000)].concat().into(), "cannot read"),
    ] {
        let found = refused_by(&["bank", "import"], name, bytes);
        assert!(found.contains(said) && found.contains("nothing was imported"), "{name}: {found}");
    }
}

#[test]
fn a_layout_that_is_none_is_told_shortly_and_nothing_is_imported() {
    let deep = format!("headers = {}", "[".repeat(200_000));
    let dotted = format!("[a{}]", ".a".repeat(100_000));
    for (text, said) in [
        ("garbage [[[".to_owned(), "TOML"),
        ("x".repeat(10_000_000), "too large"),
        ("x".repeat(200_000), "TOML"),
        (deep, "recurs"),
        (dotted, "recurs"),
        ("headers = 5".to_owned(), "headers"),
        ("\0".to_owned(), "TOML"),
    ] {
        let desk = Desk::new();
        let config = desk.ok("config path");
        let config = config.split_whitespace().find(|word| word.contains(".toml")).unwrap();
        let folder = std::path::Path::new(config).with_file_name("lists");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("mine.toml"), text).unwrap();
        desk.file("list.csv", "key,customer,amount\nA,C1,10\n");
        let found = desk.fails(5, "import plan list.csv");
        assert!(found.contains("mine.toml") && found.contains(said), "{found}");
        assert!(found.len() < 2_000 && !desk.db().exists(), "{}", found.len());
    }
}

#[test]
fn lists_of_customers_payments_and_invoices_are_refused_alike() {
    let head = "客户,日期,金额,发票号,开票日期,节点\n";
    for (name, bytes, said) in [
        ("empty.csv", Vec::new(), "empty"),
        ("nul.csv", format!("{head}a\0\n").into(), "neither text"),
        ("mixed.csv", [head.as_bytes(), "甲\n".as_bytes(), b"\xff\n"].concat(), "line 3"),
        ("long.csv", format!("{head}{}", "x".repeat(8_000_000)).into(), "too long"),
        ("quote.csv", format!("{head}\"{}", "x\n".repeat(1_000_000)).into(), "row 2"),
        ("none.csv", "a\n".repeat(2_000_000).into(), "--map"),
        ("many.csv", format!("{head}{}", "x\n".repeat(2_000_000)).into(), "too large"),
        ("cut.xlsx", b"PK\x03\x04 and no more".to_vec(), "damaged"),
        ("page.xls", b"<html><table>".to_vec(), "web page"),
    ] {
        for list in ["customers", "payments", "invoices"] {
            let found = refused_by(&["import", list], name, &bytes);
            assert!(found.contains(said), "{list} {name}: {found}");
        }
    }
}

#[test]
fn a_workbook_whose_rows_find_no_room_is_refused() {
    let desk = Desk::with_milestone();
    let nowhere = desk.folder.path().join("nowhere");
    let mut command = desk.command(&["list", "-o", "list.xlsx"]);
    let output = command.env("TMPDIR", nowhere).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(said.contains("list.xlsx"), "{said}");
    assert!(!desk.folder.path().join("list.xlsx").exists());
}

#[test]
fn a_folder_is_no_statement() {
    let desk = Desk::new();
    std::fs::create_dir(desk.folder.path().join("dir")).unwrap();
    assert!(desk.fails(3, "bank import dir").contains("dir"));
}
