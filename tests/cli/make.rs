//! Documents by command: every kind in both languages, filed, sent, printed again, in every format.

use std::fs;
use std::io::{Cursor, Read};

use serde_json::Value;

use crate::kit::{Desk, TODAY};

/// The kinds about a customer, a project and milestones.
const OF_CUSTOMER: &[&str] = &[
    "heads_up",
    "due_notice",
    "reminder",
    "formal_notice",
    "final_notice",
    "statement",
    "debt_confirmation",
    "call_brief",
];
const OF_PROJECT: &[&str] = &[
    "plan_confirmation",
    "progress_report",
    "completion_report",
    "settlement_sheet",
    "suspension_notice",
    "resumption_notice",
];
const OF_MILESTONE: &[&str] = &["payment_application", "acceptance_sheet", "answer"];

fn demo(lang: &str) -> Desk {
    let desk = Desk::new();
    let db = desk.db();
    desk.ok_args(&["demo", "--lang", lang, "--write", db.to_str().unwrap()]);
    desk
}

fn column(list: &Value, name: &str) -> Vec<String> {
    let mut all: Vec<String> = list
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row[name].as_str().map(str::to_owned))
        .collect();
    all.sort();
    all.dedup();
    all
}

#[test]
fn every_kind_is_written_in_both_languages_and_every_format() {
    for lang in ["zh", "en"] {
        let desk = demo(lang);
        let list = desk.json("list --json");
        let subjects = [
            (OF_CUSTOMER, "customer", column(&list, "customer")),
            (OF_PROJECT, "project", column(&list, "project")),
            (OF_MILESTONE, "milestone", column(&list, "id")),
        ];
        for (kinds, thing, names) in subjects {
            for kind in kinds {
                let made = names.iter().find_map(|name| {
                    let args = ["make", kind, name, "--as", thing, "--lang", lang, "--json"];
                    let out = desk.run(&args);
                    let said = String::from_utf8_lossy(&out.stderr).into_owned();
                    assert!(matches!(out.status.code(), Some(0 | 2)), "{kind} {name}: {said}");
                    let made = serde_json::from_slice::<Value>(&out.stdout);
                    out.status.success().then(|| (name.clone(), made.unwrap()))
                });
                let (name, made) = made.unwrap_or_else(|| panic!("{lang}: nothing for {kind}"));
                let text = made["markdown"].as_str().unwrap();
                for stray in ["{{", "{%", "None", "none |", "undefined", "\n\n\n\n"] {
                    assert!(!text.contains(stray), "{lang} {kind}: {stray:?} in\n{text}");
                }
                for line in text.lines().filter(|line| line.starts_with("| ")) {
                    assert!(line.ends_with('|'), "{lang} {kind}: {line}");
                }
                for ending in ["docx", "html", "md", "txt"] {
                    let file = desk.folder.path().join(format!("{kind}.{ending}"));
                    let path = file.to_str().unwrap();
                    desk.ok_args(&["make", kind, &name, "--as", thing, "--lang", lang, "-o", path]);
                    assert!(fs::metadata(&file).unwrap().len() > 100, "{kind}.{ending}");
                }
                let shorts = made["short"].as_array().unwrap();
                for (short, most) in shorts.iter().zip([70, 300]) {
                    let signs = short.as_str().unwrap().chars().count();
                    assert!(signs <= most, "{lang} {kind}: {signs} signs in {short}");
                }
            }
        }
    }
}

#[test]
fn a_draft_escalates_nothing_and_sending_it_is_one_contact_for_all() {
    let desk = Desk::with_milestone();
    desk.ok("add milestone --project P1 --key P1-M2 --name 进度款 --amount 1000 --due 2026-10-05");
    let made = desk.json("make formal_notice C1 --draft --lang zh --json");
    assert_eq!(made["number"], "催字〔2026〕001号");
    assert!(made["markdown"].as_str().unwrap().contains("催字〔2026〕001号"), "{made}");
    assert!(made["markdown"].as_str().unwrap().contains("人民币叁拾万壹仟元整"), "{made}");
    assert_eq!(desk.json("touches --json").as_array().unwrap().len(), 0);
    assert_eq!(desk.json("paper list --json")[0]["state"], "draft");
    let again = desk.json("make formal_notice C1 --draft --lang zh --json");
    assert_eq!(again["number"], "催字〔2026〕002号");
    let printed = desk.ok("paper print 催字〔2026〕001号");
    desk.ok("paper sent 催字〔2026〕001号");
    let touches = desk.json("touches --json");
    assert_eq!((touches.as_array().unwrap().len(), &touches[0]["step"]), (1, &3.into()));
    assert!(touches[0]["milestones"].to_string().contains("P1-M2"), "{touches}");
    desk.ok(&format!("pay --customer C1 --amount 100 --on {TODAY}"));
    assert_eq!(desk.ok("paper print 催字〔2026〕001号"), printed, "it says what was sent");
}

#[test]
fn a_template_of_ones_own_wins_and_what_is_wrong_with_it_is_named() {
    let desk = Desk::with_milestone();
    let folder = desk.folder.path().join(".config/huikuan/documents");
    fs::create_dir_all(&folder).unwrap();
    let own = folder.join("reminder.en.md");
    fs::write(&own, "# Hello {{ customer.name }}\n\n{{ number }}: {{ totals[0].words }}\n")
        .unwrap();
    assert!(desk.ok("make reminder C1").contains("CNY three hundred thousand"));
    assert!(desk.ok("template list").contains("reminder.en.md"));
    assert!(desk.ok("template check").contains("1 templates are well"));
    fs::write(&own, "# Hello\n\n{{ customer.nam }}\n").unwrap();
    let why = desk.fails(5, "make reminder C1 --draft");
    for part in
        ["reminder.en.md", "line 3", "customer.nam", "--context reminder", "nothing was filed"]
    {
        assert!(why.contains(part), "{why}");
    }
    assert_eq!(desk.json("paper list --json").as_array().unwrap().len(), 0);
    desk.fails(5, "template check");
    fs::write(folder.join("remindr.en.md"), "").unwrap();
    fs::remove_file(&own).unwrap();
    let out = desk.run(&["template", "check"]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("remindr.en.md"));
    let context = desk.json("make reminder C1 --context");
    assert_eq!(context["customer"]["name"], "星河科技");
}

#[test]
fn a_name_that_is_markup_stays_text_in_every_format() {
    let desk = Desk::new();
    let name = "<script>alert(1)</script>|**=cmd()**";
    desk.ok_args(&["add", "customer", "--code", "C1", "--name", name]);
    desk.ok("add project --code P1 --customer C1 --name P --amount 100 --bills no");
    desk.ok("add milestone --project P1 --key M1 --name M --amount 100 --due 2026-10-02");
    let file = |name: &str| desk.folder.path().join(name).to_str().unwrap().to_owned();
    let (html, docx, txt) = (file("a.html"), file("a.docx"), file("a.txt"));
    desk.ok_args(&["make", "formal_notice", "C1", "-o", &html, "-o", &docx, "-o", &txt]);
    let page = fs::read_to_string(&html).unwrap();
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;|**=cmd()**"), "{page}");
    assert!(fs::read_to_string(&txt).unwrap().contains(name));
    let body = part(&fs::read(&docx).unwrap(), "word/document.xml");
    assert!(body.contains("&lt;script&gt;") && !body.contains("<script"), "{body}");
}

/// A part of a zip file; stored or deflated.
fn part(bytes: &[u8], name: &str) -> String {
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|w| w == b"PK\x03\x04") {
        let head = at + found;
        let short = |from: usize| usize::from(u16::from_le_bytes([bytes[from], bytes[from + 1]]));
        let long = |from: usize| {
            let four = [bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]];
            usize::try_from(u32::from_le_bytes(four)).unwrap()
        };
        let (method, size) = (short(head + 8), long(head + 18));
        let (names, extra) = (short(head + 26), short(head + 28));
        let data = head + 30 + names + extra;
        if &bytes[head + 30..head + 30 + names] == name.as_bytes() {
            let packed = if size == 0 { &bytes[data..] } else { &bytes[data..data + size] };
            let mut text = String::new();
            if method == 0 {
                return String::from_utf8(packed.to_vec()).unwrap();
            }
            flate2::read::DeflateDecoder::new(Cursor::new(packed))
                .read_to_string(&mut text)
                .unwrap();
            return text;
        }
        at = head + 4;
    }
    panic!("no {name}");
}

#[test]
fn a_statement_runs_from_its_opening_to_its_closing() {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name A");
    desk.ok("add project --code P1 --customer C1 --name P --amount 2690 --bills no");
    for (key, amount, due) in
        [("M1", "1200", "2026-09-01"), ("M2", "850", "2026-10-01"), ("M3", "640", "2026-11-01")]
    {
        desk.ok(&format!(
            "add milestone --project P1 --key {key} --name {key} --amount {amount} --due {due}"
        ));
    }
    desk.ok("pay --customer C1 --amount 1200 --on 2026-09-15");
    let context = desk.json("make statement C1 --context");
    let account = &context["accounts"][0];
    let running: Vec<&str> = account["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["balance"].as_str().unwrap())
        .collect();
    assert_eq!(running, ["¥1,200.00", "¥0.00", "¥850.00", "¥1,490.00"], "{account}");
    assert_eq!((&account["opening"], &account["closing"]), (&"¥0.00".into(), &"¥1,490.00".into()));
    assert_eq!(
        (&account["open_total"], &account["on_account"]),
        (&"¥1,490.00".into(), &Value::Null)
    );
    let later = desk.json("make statement C1 --from 2026-10-01 --context");
    assert_eq!(later["accounts"][0]["opening"], "¥0.00");
    assert_eq!(later["accounts"][0]["lines"].as_array().unwrap().len(), 2);
    desk.ok("pay --customer C1 --amount 2000 --on 2026-11-20");
    let ahead = &desk.json("make statement C1 --context")["accounts"][0];
    assert_eq!(ahead["closing"], "-¥510.00");
    assert_eq!(ahead["on_account"], "¥510.00");
    let why = desk.fails(2, "make statement C1 --from 2026-11-20 --until 2026-11-01");
    assert!(why.contains("--until"), "{why}");
}

#[test]
fn an_application_asks_for_a_share_and_shows_what_is_left() {
    let desk = Desk::with_milestone();
    desk.ok("accept P1-M1 --on 2026-09-02");
    let context = desk.json("make payment_application P1-M1 --context");
    for (name, amount) in [
        ("contract", "¥1,000,000.00"),
        ("this_time", "¥300,000.00"),
        ("received", "¥0.00"),
        ("remaining", "¥700,000.00"),
    ] {
        assert_eq!(context[name]["amount"], amount, "{name}");
    }
    assert_eq!(
        (&context["items"][0]["share"], &context["application"]),
        (&"30.0%".into(), &1.into())
    );
    desk.ok("make payment_application P1-M1 --draft -q");
    desk.ok("paper sent #1");
    assert_eq!(desk.json("make payment_application P1-M1 --context")["application"], 2);
}

#[test]
fn a_mail_names_both_sides_and_holds_text_page_and_file() {
    let desk = Desk::with_milestone();
    let mail = desk.folder.path().join("a.eml");
    let path = mail.to_str().unwrap();
    let why = desk.fails_args(2, &["make", "reminder", "C1", "-o", path]);
    assert!(why.contains("company_email"), "{why}");
    desk.ok("config set company_email pm@example.com");
    let why = desk.fails_args(2, &["make", "reminder", "C1", "-o", path]);
    assert!(why.contains("--mail-to"), "{why}");
    let file = desk.file("附件.pdf", "%PDF");
    desk.ok_args(&[
        "make",
        "催款提醒",
        "C1",
        "-o",
        path,
        "--mail-to",
        "a@example.com",
        "--attach",
        &file,
        "--lang",
        "zh",
    ]);
    let text = fs::read_to_string(&mail).unwrap();
    for part in [
        "From: ",
        "pm@example.com",
        "To: a@example.com",
        "Date: ",
        "Message-ID: <",
        "text/plain",
        "text/html",
        "X-Unsent: 1",
        "filename",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(text.lines().all(|line| line.len() <= 998));
    let twice = fs::read(&mail).unwrap();
    desk.ok_args(&[
        "make",
        "催款提醒",
        "C1",
        "-o",
        path,
        "--mail-to",
        "a@example.com",
        "--attach",
        &file,
        "--lang",
        "zh",
    ]);
    assert_eq!(fs::read(&mail).unwrap(), twice, "the same each time");
}
