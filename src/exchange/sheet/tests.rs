use super::*;
use encoding_rs::GB18030;
use proptest::prelude::*;
use rstest::rstest;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::Cursor;

const LIST: &str = "客户,金额\n星河科技（集团）有限公司,1234.50\n华东水务,88\n";

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let swap = |unit: u16| {
        if little { unit.to_le_bytes() } else { unit.to_be_bytes() }
    };
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(swap).collect()
}

fn open(bytes: impl Into<Vec<u8>>, label: Option<&str>) -> Result<Document, ReadError> {
    Document::open(Box::new(Cursor::new(bytes.into())), label)
}

fn rows(document: &mut Document, sheet: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut keep = |row: &mut Row| {
        rows.push(row.clone());
        Ok(ControlFlow::Continue(()))
    };
    document.rows(sheet, &mut keep).unwrap();
    rows
}

fn read(bytes: Vec<u8>, label: Option<&str>) -> (Vec<Row>, &'static str) {
    let mut document = open(bytes, label).unwrap();
    let rows = rows(&mut document, "");
    match document {
        Document::Text(text) => (rows, text.encoding()),
        Document::Workbook(_) => panic!("a workbook"),
    }
}

fn text(row: &Row, column: usize) -> String {
    row.cell(column).unwrap().text().into_owned()
}

#[rstest]
#[case(LIST.as_bytes().to_vec(), "UTF-8")]
#[case([b"\xef\xbb\xbf", LIST.as_bytes()].concat(), "UTF-8")]
#[case(utf16(LIST, true), "UTF-16LE")]
#[case(utf16(LIST, false), "UTF-16BE")]
#[case(GB18030.encode(LIST).0.into_owned(), "gb18030")]
fn every_usual_encoding_reads_alike(#[case] bytes: Vec<u8>, #[case] name: &str) {
    let (rows, encoding) = read(bytes, None);
    assert_eq!(encoding, name);
    assert_eq!(rows, read(LIST.as_bytes().to_vec(), None).0);
}

#[test]
fn characters_beyond_gbk_come_through() {
    let list = format!("{LIST}㐂𠮷商店,1\n");
    let (rows, encoding) = read(GB18030.encode(&list).0.into_owned(), None);
    assert_eq!(encoding, "gb18030");
    assert_eq!(text(&rows[3], 0), "㐂𠮷商店");
}

#[test]
fn a_named_encoding_wins() {
    let (bytes, _, _) = encoding_rs::BIG5.encode("客戶,金額\n臺北,1\n");
    let (rows, encoding) = read(bytes.into_owned(), Some("big5"));
    assert_eq!((encoding, text(&rows[1], 0).as_str()), ("Big5", "臺北"));
    let (_, encoding) = read(GB18030.encode(LIST).0.into_owned(), Some("GBK"));
    assert_eq!(encoding, "gb18030");
}

#[test]
fn a_bad_byte_names_its_line() {
    let mut bytes = LIST.as_bytes().to_vec();
    bytes.extend_from_slice("远景装备,\u{96f6}".as_bytes());
    bytes.push(0xff);
    let refused = open(bytes.clone(), None).unwrap_err();
    let expected = |encoding, line| ReadError::Undecodable { encoding, line };
    assert_eq!(refused, expected("UTF-8", 4));
    bytes.truncate(LIST.len());
    bytes[LIST.len() - 2] = 0xff;
    let refused = open(bytes, Some("utf-8")).unwrap_err();
    assert_eq!(refused, expected("UTF-8", 3));
}

#[test]
fn a_line_of_utf8_among_others_is_named() {
    let mut bytes = GB18030.encode("客户,金额\n星河科技,1\n远景装备有限公司,2\n").0.into_owned();
    bytes.extend_from_slice("蓝湾文旅投资,3\n".as_bytes());
    bytes.extend_from_slice(&GB18030.encode("青禾农业,4\n").0);
    assert_eq!(open(bytes.clone(), None).unwrap_err(), ReadError::MixedEncodings { line: 4 });
    // Who says so gets it read so.
    assert_eq!(read(bytes, Some("gb18030")).1, "gb18030");
}

#[test]
fn no_line_of_a_chinese_text_is_taken_for_utf8_by_chance() {
    let text = include_str!("../../../assets/demo.txt");
    let list = format!("客户,说明\n{text}");
    assert_eq!(read(GB18030.encode(&list).0.into_owned(), None).1, "gb18030");
}

#[rstest]
#[case(b"", ReadError::Empty)]
#[case(b" \r\n\n", ReadError::Empty)]
#[case(b"%PDF-1.7\n1 0 obj", ReadError::NotAList)]
#[case(b"a,b\0c\n", ReadError::NotAList)]
#[case(b"<HTML><table><tr><td>1", ReadError::WebPage)]
fn what_is_no_list_is_named(#[case] bytes: &[u8], #[case] why: ReadError) {
    assert_eq!(open(bytes, None).unwrap_err(), why);
}

#[test]
fn an_unknown_encoding_is_named() {
    let refused = open(b"a,b", Some("klingon")).unwrap_err();
    assert_eq!(refused, ReadError::UnknownEncoding("klingon".into()));
}

#[rstest]
#[case(b"PK\x03\x04 and nothing more")]
#[case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing more")]
fn a_damaged_workbook_is_an_error(#[case] bytes: &[u8]) {
    let refused = open(bytes, None).unwrap_err();
    assert_eq!(refused, ReadError::Damaged);
}

#[test]
fn an_encrypted_workbook_is_named() {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let refused = open(bytes, None).unwrap_err();
    assert_eq!(refused, ReadError::Password);
}

#[test]
fn a_workbook_keeps_rows_days_and_decimals() {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let sheet = book.add_worksheet().set_name("回款").unwrap();
    sheet.write(0, 0, "回款计划表").unwrap();
    sheet.write(3, 1, "金额").unwrap();
    sheet.write(4, 1, 0.1 + 0.2).unwrap();
    sheet.write(4, 2, 611_365).unwrap();
    let noon = ExcelDateTime::from_ymd(2013, 1, 2).unwrap();
    sheet.write_with_format(4, 3, noon.and_hms(12, 0, 0).unwrap(), &day).unwrap();
    sheet.write_with_format(4, 4, 0, &day).unwrap();
    sheet.merge_range(5, 0, 7, 0, "星河", &Format::new()).unwrap();
    let mut document = open(book.save_to_buffer().unwrap(), None).unwrap();
    assert_eq!(document.sheets(), ["回款"]);
    let rows = rows(&mut document, "回款");
    let numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 4, 5, 6]);
    let row = &rows[2];
    assert_eq!(row.cell(0), None);
    assert_eq!(row.cell(1), Some(Cell::Text("0.3")));
    assert_eq!(row.cell(2), Some(Cell::Text("611365")));
    let expected = NaiveDate::from_ymd_opt(2013, 1, 2).unwrap();
    assert_eq!(row.cell(3), Some(Cell::Date(expected)));
    assert_eq!(row.cell(4), None);
    let merged = Merged { column: 0, first: 6, last: 8 };
    assert_eq!(document.merged("回款").unwrap(), [merged]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(
        start in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\""]),
        bytes in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let _ = open([start, &bytes].concat(), None);
    }
}
