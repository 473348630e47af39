//! Documents by command: every kind in both languages, filed, sent, printed again, in every format.

use std::fs;
use std::io::{Cursor, Read};

use serde_json::Value;
use zip::ZipArchive;

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
    "dossier",
];
const OF_PROJECT: &[&str] = &[
    "plan_confirmation",
    "progress_report",
    "completion_report",
    "settlement_sheet",
    "suspension_notice",
    "resumption_notice",
    "client_page",
];
const OF_MILESTONE: &[&str] = &["payment_application", "acceptance_sheet", "answer"];
/// Those about what somebody looks after.
const OF_LENS: &[&str] = &["meeting_pack", "weekly_digest"];

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

fn about<'a>(kind: &'a str, name: &'a str, thing: &'a str) -> Vec<&'a str> {
    let of = ["make", kind, name, "--as", thing];
    if name.is_empty() { vec!["make", kind] } else { of.to_vec() }
}

/// A document in each format; of a `.docx` what its document says.
struct Files {
    docx: String,
    html: String,
    eml: String,
    md: String,
    txt: String,
}

fn written(desk: &Desk, make: &[&str], lang: &str) -> Files {
    let path = |ending: &str| desk.folder.path().join(format!("a.{ending}"));
    let paths = ["docx", "html", "eml", "md", "txt"]
        .map(|ending| path(ending).to_str().unwrap().to_owned());
    let output = paths.iter().flat_map(|path| ["-o", path.as_str()]);
    let mail = ["--lang", lang, "--mail-to", "ap@example.com"];
    desk.ok_args(&make.iter().copied().chain(mail).chain(output).collect::<Vec<_>>());
    let read = |ending| fs::read_to_string(path(ending)).unwrap();
    Files {
        docx: part(&fs::read(path("docx")).unwrap(), "word/document.xml"),
        html: read("html"),
        eml: read("eml"),
        md: read("md"),
        txt: read("txt"),
    }
}

/// Headings with nothing between them and the next of their height, or the end.
fn headings_without_words(markdown: &str) -> Vec<&str> {
    let lines: Vec<&str> = markdown.lines().filter(|line| !line.trim().is_empty()).collect();
    let height = |line: &str| line.len() - line.trim_start_matches('#').len();
    let is_bare = |at: &usize| {
        let (line, next) = (lines[*at], lines.get(at + 1).copied().unwrap_or("#"));
        height(line) > 0 && height(next) > 0 && height(next) <= height(line)
    };
    (0..lines.len()).filter(is_bare).map(|at| lines[at]).collect()
}

#[test]
fn every_kind_is_written_in_both_languages_and_every_format() {
    for lang in ["zh", "en"] {
        let desk = demo(lang);
        desk.ok("config set company_email pm@example.com");
        let list = desk.json("list --json");
        let subjects = [
            (OF_CUSTOMER, "customer", column(&list, "customer")),
            (OF_PROJECT, "project", column(&list, "project")),
            (OF_MILESTONE, "milestone", column(&list, "id")),
            (OF_LENS, "lens", vec![String::new()]),
        ];
        for (kinds, thing, names) in subjects {
            for kind in kinds {
                let made = names.iter().find_map(|name| {
                    let args = [&about(kind, name, thing)[..], &["--lang", lang, "--json"]];
                    let out = desk.run(&args.concat());
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
                assert!(text.starts_with("# "), "{lang} {kind}: {text}");
                let bare = headings_without_words(text);
                assert!(bare.is_empty(), "{lang} {kind}: nothing below {bare:?} in\n{text}");
                let files = written(&desk, &about(kind, &name, thing), lang);
                assert_eq!(page_fault(&files.html), None, "{lang} {kind}: {}", files.html);
                assert!(is_well_formed(&files.docx), "{lang} {kind}: {}", files.docx);
                assert_eq!(mail_fault(&files.eml), None, "{lang} {kind}: {}", files.eml);
                assert_eq!(files.md, text, "{lang} {kind}");
                let wide = files.txt.lines().find(|line| line.chars().count() > 78);
                assert_eq!(wide, None, "{lang} {kind}");
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
    let args = ["make", "formal_notice", "C1", "--draft", "--json", "--lang", "zh"];
    let nameless =
        || String::from_utf8(desk.run(&args).stderr).unwrap().contains("company_account");
    assert!(nameless());
    desk.ok("config set company_name 我方公司");
    desk.ok("config set company_account 123");
    assert!(!nameless());
    let again = desk.json("make formal_notice C1 --draft --lang zh --json");
    assert_eq!(again["number"], "催字〔2026〕004号");
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

/// Names that would be something else in one of the formats.
const MARKUP: &str = "<script>alert(1)</script> =cmd() *x* [a](b) | c";

/// A ledger with such names in which every kind finds what it is about.
fn marked() -> Desk {
    let desk = Desk::new();
    for args in [
        &["add", "customer", "--code", "C1", "--name", MARKUP][..],
        &["edit", "customer", "C1", "--notes", MARKUP, "--contact", MARKUP],
        &[
            "add",
            "project",
            "--code",
            "P1",
            "--customer",
            "C1",
            "--name",
            MARKUP,
            "--amount",
            "900",
            "--bills",
            "no",
            "--manager",
            MARKUP,
            "--contract-no",
            MARKUP,
        ],
        &[
            "add",
            "milestone",
            "--project",
            "P1",
            "--key",
            "M1",
            "--name",
            MARKUP,
            "--amount",
            "300",
            "--due",
            "2026-10-02",
        ],
        &[
            "add",
            "milestone",
            "--project",
            "P1",
            "--key",
            "M2",
            "--name",
            MARKUP,
            "--amount",
            "300",
            "--due",
            "2026-10-03",
        ],
        &[
            "add",
            "milestone",
            "--project",
            "P1",
            "--key",
            "M3",
            "--name",
            MARKUP,
            "--amount",
            "300",
            "--due",
            "2026-11-23",
        ],
        &["condition", "add", "M1", MARKUP],
        &["deliver", "M1", "--on", "2026-09-01"],
        &["dispute", "M2", "--reason", MARKUP],
        &["contact", "M1", "--on", "2026-10-10", "--note", MARKUP],
        &["todo", "add", MARKUP, "--kind", "issue", "--project", "P1", "--due", "2026-11-22"],
        &["paper", "add", "correspondence", "M1", "--title", MARKUP],
        &["config", "set", "company_name", MARKUP],
        &["config", "set", "company_email", "pm@example.com"],
    ] {
        desk.ok_args(args);
    }
    desk
}

#[test]
fn a_name_that_is_markup_stays_text_in_every_format_of_every_kind() {
    let desk = marked();
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let name = bare(MARKUP);
    let entities = name.replace('<', "&lt;").replace('>', "&gt;");
    for (kinds, thing, subject) in [
        (OF_CUSTOMER, "customer", "C1"),
        (OF_PROJECT, "project", "P1"),
        (OF_MILESTONE, "milestone", "M1"),
        (OF_LENS, "lens", ""),
    ] {
        for kind in kinds {
            let subject = if *kind == "answer" { "M2" } else { subject };
            for lang in ["zh", "en"] {
                let files = written(&desk, &about(kind, subject, thing), lang);
                let (html, docx) = (&files.html, &files.docx);
                assert_eq!(page_fault(html), None, "{lang} {kind}: {html}");
                for tag in ["<a ", "<a>", "<em>"] {
                    assert!(!html.contains(tag), "{lang} {kind}: {tag} in {html}");
                }
                assert!(bare(html).contains(&entities), "{lang} {kind}: {html}");
                assert!(is_well_formed(docx), "{lang} {kind}: {docx}");
                assert!(
                    !docx.contains("<w:i/>") && !docx.contains("hyperlink"),
                    "{lang} {kind}: {docx}"
                );
                assert!(bare(docx).contains(&entities), "{lang} {kind}: {docx}");
                assert!(bare(&files.txt).contains(&name), "{lang} {kind}: {}", files.txt);
                assert_eq!(mail_fault(&files.eml), None, "{lang} {kind}: {}", files.eml);
            }
        }
    }
}

/// A part of a zip file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Whether each tag of an XML text is closed, in the order it has to be, and nothing stands between that is none.
fn is_well_formed(xml: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some((text, behind)) = rest.split_once('<') {
        let Some((tag, behind)) = behind.split_once('>') else { return false };
        let is_entity = |after: &str| {
            ["lt;", "gt;", "amp;", "quot;", "apos;", "#"].iter().any(|one| after.starts_with(one))
        };
        if text.contains('>') || !text.split('&').skip(1).all(is_entity) {
            return false;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !tag.starts_with('?') && !tag.ends_with('/') {
            open.push(tag.split_whitespace().next().unwrap_or_default());
        }
        rest = behind;
    }
    open.is_empty() && rest.trim().is_empty()
}

/// What is wrong with a page that is to stand by itself.
fn page_fault(page: &str) -> Option<&'static str> {
    let many = |part: &str| page.matches(part).count();
    let tags = [
        "html", "head", "body", "title", "style", "table", "tbody", "h1", "h2", "p", "ul", "ol",
        "li", "strong", "em",
    ];
    let unclosed = |tag: &&str| {
        many(&format!("<{tag}>")) + many(&format!("<{tag} ")) != many(&format!("</{tag}>"))
    };
    if !page.starts_with("<!doctype html>") || !page.ends_with("</html>\n") {
        Some("it begins or ends in something else")
    } else if many("<h1>") != 1 || many("<html") != 1 || many("<body>") != 1 {
        Some("it has not one heading and one body")
    } else if many("<script") + many("<link") + many("<img") + many("<iframe") + many("url(") > 0 {
        Some("it needs something else")
    } else if tags.iter().any(unclosed) {
        Some("a tag is not closed")
    } else {
        None
    }
}

/// What is wrong with a mail.
fn mail_fault(mail: &str) -> Option<&'static str> {
    let Some((head, body)) = mail.split_once("\r\n\r\n") else { return Some("no head") };
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let field = |name: &str| unfolded.lines().find_map(|line| line.strip_prefix(name));
    let Some(subject) = field("Subject: ") else { return Some("no subject") };
    if !subject.is_ascii() || subject.split_whitespace().any(|word| word.len() > 75) {
        return Some("a word of the subject is too long, or is none");
    }
    if head.lines().any(|line| line.len() > 78) || mail.lines().any(|line| line.len() > 998) {
        return Some("a line is too long");
    }
    let Some(boundary) = field("Content-Type: ").and_then(|kind| kind.split('"').nth(1)) else {
        return Some("no boundary");
    };
    let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
    let [_, text, page, end] = parts.as_slice() else { return Some("not two parts") };
    let is =
        |part: &str, kind: &str| part.contains(&format!("Content-Type: {kind}; charset=utf-8"));
    if !is(text, "text/plain") || !is(page, "text/html") || !end.starts_with("--") {
        return Some("its parts are no text and no page");
    }
    None
}

#[test]
fn what_is_wrong_with_a_file_is_seen() {
    for xml in ["<a><b></a>", "<a>", "<a>b & c</a>", "<a>1 > 0</a>", "<a></a>x", "<a"] {
        assert!(!is_well_formed(xml), "{xml}");
    }
    assert!(is_well_formed("<?xml version=\"1.0\"?><a x=\"1\"><b/>&lt;c &amp; d</a>"));
    let page = "<!doctype html>\n<html lang=\"en\"><body><h1>A</h1><p>b</p></body></html>\n";
    assert_eq!(page_fault(page), None);
    for (part, other) in [("</p>", ""), ("<h1>A</h1>", ""), ("b</p>", "<script></p>"), ("<!d", "d")]
    {
        assert!(page_fault(&page.replace(part, other)).is_some(), "{part}");
    }
    let mail = "Subject: A\r\nContent-Type: multipart/alternative;\r\n boundary=\"b\"\r\n\r\n\
                --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nA\r\n\
                --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\nA\r\n--b--\r\n";
    assert_eq!(mail_fault(mail), None);
    let long = format!("Subject: {}", "A".repeat(76));
    for (part, other) in [
        ("Subject: A", long.as_str()),
        ("Subject: A", "Subject: 函"),
        ("text/html", "x"),
        ("--b--", ""),
        ("\r\n\r\n", ""),
    ] {
        assert!(mail_fault(&mail.replace(part, other)).is_some(), "{part} as {other}");
    }
    assert_eq!(headings_without_words("# A\n\n## B\n\n## C\n\nd\n"), ["## B"]);
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
fn a_statement_opens_with_what_the_one_before_closed_with() {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name A");
    desk.ok("add project --code P1 --customer C1 --name P --amount 900 --signed-on 2026-06-01 --bills no");
    desk.ok("add milestone --project P1 --key M1 --name M1 --amount 900 --due 2026-08-03");
    desk.ok_args(&["split", "M1", "--on", "2026-09-16", "--into", "2026-11-01=400 2026-12-31=500"]);
    let closed = desk.json("make statement C1 --until 2026-08-31 --context");
    assert_eq!(closed["accounts"][0]["closing"], "¥900.00");
    let next = desk.json("make statement C1 --from 2026-09-01 --context");
    assert_eq!(next["accounts"][0]["opening"], "¥900.00", "{next}");
    assert_eq!(next["accounts"][0]["closing"], next["accounts"][0]["open_total"]);
}

#[test]
fn a_retention_that_is_due_is_payable_in_the_final_account() {
    let desk = Desk::new();
    desk.ok("add customer --code C1 --name A");
    desk.ok("add project --code P1 --customer C1 --name P --amount 1000 --signed-on 2026-06-01 --bills no");
    desk.ok("add milestone --project P1 --key M1 --name M1 --amount 900 --due 2026-08-03");
    desk.ok("add milestone --project P1 --key R1 --name R1 --stage retention --amount 100 --due 2026-09-20");
    let on = |day: &str| desk.json(&format!("--today {day} make settlement_sheet P1 --context"));
    let (before, after) = (on("2026-09-19"), on("2026-09-20"));
    assert_eq!(before["retention"]["amount"], "¥100.00", "{before}");
    assert_eq!(before["payable"]["amount"], "¥900.00");
    assert_eq!(after["retention"], Value::Null);
    assert_eq!(after["payable"]["amount"], "¥1,000.00");
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
    desk.ok(
        "add milestone --project P1 --key P1-M0 --name advance --amount 200000 --due 2026-02-01",
    );
    desk.ok("pay --customer C1 --amount 200000 --to P1-M0=200000 --on 2026-02-01");
    let after = desk.json("make payment_application P1-M1 --context");
    assert_eq!(after["received"]["amount"], "¥200,000.00", "of the whole contract");
    assert_eq!(after["cumulative_share"], "50.0%");
    assert_eq!(after["items"].as_array().unwrap().len(), 1);
    desk.ok("make payment_application P1-M1 --draft -q");
    desk.ok("paper sent #1");
    desk.ok("paper add formal_notice P1-M1");
    desk.ok("paper sent #2");
    desk.ok("paper add acceptance P1-M1");
    let second = desk.json("make payment_application P1-M1 --context");
    assert_eq!(second["application"], 2);
    let attached = second["papers"].as_array().unwrap();
    assert_eq!(attached.len(), 1, "no letter that asks for the money: {attached:?}");
    assert_eq!(attached[0]["kind"], "acceptance certificate");
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

#[test]
fn a_round_says_who_is_written_to_and_why_not_the_others_and_files_each_letter_once() {
    let desk = demo("zh");
    let round = desk.json("dun --json");
    let rows = round.as_array().unwrap();
    let (letters, others): (Vec<&Value>, Vec<&Value>) =
        rows.iter().partition(|row| !row["letter"].is_null());
    assert!(!letters.is_empty() && !others.is_empty(), "{round}");
    assert!(others.iter().all(|row| row["why"].is_string()), "{round}");
    assert!(letters.iter().all(|row| row["why"].is_null() && row["step"].is_u64()), "{round}");
    let mut customers: Vec<String> =
        letters.iter().map(|row| row["customer_name"].as_str().unwrap().to_owned()).collect();
    customers.sort();
    customers.dedup();
    let touches = desk.json("touches --json");
    let drafts = || {
        let papers = desk.json("paper list --json");
        papers.as_array().unwrap().iter().filter(|paper| paper["state"] == "draft").count()
    };
    let before = drafts();

    let folder = desk.folder.path().join("letters");
    let path = folder.to_str().unwrap();
    let filed = desk.ok_args(&["dun", "--draft", "-o", path, "--json"]);
    let filed: Value = serde_json::from_str(&filed).unwrap();
    let filed = filed.as_array().unwrap();
    assert_eq!(filed.len(), customers.len(), "one letter a customer: {filed:?}");
    assert_eq!(drafts(), before + filed.len());
    assert_eq!(fs::read_dir(&folder).unwrap().count(), filed.len());
    assert!(filed.iter().all(|row| fs::metadata(row["file"].as_str().unwrap()).is_ok()));
    assert_eq!(desk.json("touches --json"), touches, "a draft escalates nothing");

    let again = desk.json("dun --draft --json");
    assert_eq!(again.as_array().unwrap().len(), 0, "none is filed twice");
    let round = desk.json("dun --json");
    let drafted = |row: &&Value| row["why"] == "drafted";
    assert!(round.as_array().unwrap().iter().filter(drafted).count() >= filed.len(), "{round}");
}

#[test]
fn a_letter_in_two_currencies_is_one_object_with_a_sum_of_each() {
    let desk = Desk::with_milestone();
    desk.ok("add project --code P2 --customer C1 --name Export --currency USD --bills no");
    desk.ok(
        "add milestone --project P2 --key P2-M1 --name Delivery --amount 2500 --due 2026-10-02",
    );
    let round = desk.json("dun --json");
    let [letter] = &round.as_array().unwrap()[..] else { panic!("{round}") };
    assert_eq!(letter["milestones"], "P1-M1 P2-M1");
    let sums = serde_json::json!([
        { "currency": "CNY", "amount": "300000.00", "milestones": "P1-M1" },
        { "currency": "USD", "amount": "2500.00", "milestones": "P2-M1" },
    ]);
    assert_eq!(letter["sums"], sums);
    let table = desk.ok("dun");
    let rows: Vec<&str> =
        table.lines().filter(|line| line.contains("P1-M1") || line.contains("P2-M1")).collect();
    assert_eq!(rows.len(), 2, "{table}");
}

#[test]
fn a_round_with_a_broken_template_files_no_letter() {
    let desk = demo("zh");
    let folder = desk.folder.path().join(".config/huikuan/documents");
    fs::create_dir_all(&folder).unwrap();
    for letter in desk.json("dun --json").as_array().unwrap() {
        if let Some(kind) = letter["letter"].as_str() {
            fs::write(folder.join(format!("{kind}.zh.md")), "# {{ no.such }}\n").unwrap();
        }
    }
    let before = desk.json("paper list --json");
    let why = desk.fails(5, "dun --draft --lang zh");
    assert!(why.contains("no.such"), "{why}");
    assert_eq!(desk.json("paper list --json"), before);
}

/// All that the page of a customer is filled with: what is added here is shown to outsiders.
const CLIENT_PAGE: &str = "
    customer.name project.name project.contract_no project.manager project.signed_on project.starts_on project.ends_on
    project.warranty_ends_on progress contract.currency contract.amount contract.words received.currency received.amount
    received.words open.currency open.amount open.words items.milestone items.stage items.amount items.planned_on
    items.delivered_on items.accepted_on items.due items.paid items.open points.milestone points.kind points.text
    points.planned_on reservations.milestone reservations.text payments.on payments.amount payable.milestone payable.due
    payable.amount payable.invoices payable.firm payable_total.currency payable_total.amount payable_total.words
    due_next.milestone due_next.due due_next.amount due_next.invoices due_next.firm us.name us.address us.phone us.email
    us.tax_no us.account us.signatory writer today";

/// The names of all values in a value, those of a list once.
fn paths(value: &Value, above: &str) -> Vec<String> {
    let mut all: Vec<String> = match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| {
                let dot = if above.is_empty() { "" } else { "." };
                paths(value, &format!("{above}{dot}{name}"))
            })
            .collect(),
        Value::Array(values) => values.iter().flat_map(|value| paths(value, above)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            vec![above.to_owned()]
        }
    };
    all.dedup();
    all
}

#[test]
fn a_customers_page_shows_plan_and_money_and_nothing_of_ours() {
    let desk = Desk::new();
    for (name, role) in [("OURSELLER", "sales"), ("OURCLERK", "finance"), ("OURLAWYER", "legal")] {
        desk.ok(&format!("add person {name} --role {role}"));
    }
    for args in [
        &["add", "customer", "--code", "C1", "--name", "Starfield", "--grade", "D"][..],
        &["edit", "customer", "C1", "--limit", "31,337", "--notes", "OURNOTES"],
        &["add", "customer", "--code", "C2", "--name", "OUROTHER"],
    ] {
        desk.ok_args(args);
    }
    for project in [
        "--code P1 --customer C1 --name Platform --amount 4000 --bills no --signed-on 2026-01-05 --sales OURSELLER --finance OURCLERK --legal OURLAWYER",
        "--code P2 --customer C1 --name OURSECOND --amount 900 --bills no",
        "--code P3 --customer C2 --name OURTHIRD --amount 900 --bills no",
    ] {
        desk.ok(&format!("add project {project}"));
    }
    for milestone in [
        "--project P1 --key M1 --name Design --amount 1000 --due 2026-09-01",
        "--project P1 --key M2 --name Build --amount 1500 --due 2026-10-01",
        "--project P1 --key M3 --name Handover --amount 1000 --due 2026-12-20",
        "--project P1 --key M4 --name Retention --amount 500 --due 2027-06-01",
        "--project P2 --key X1 --name OURMILESTONE --amount 900 --due 2026-09-01",
        "--project P3 --key X2 --name OURFOREIGN --amount 900 --due 2026-09-01",
    ] {
        desk.ok(&format!("add milestone {milestone}"));
    }
    desk.ok_args(&["condition", "add", "M3", "signed training record", "--planned", "2026-12-01"]);
    desk.ok_args(&["accept", "M2", "--on", "2026-09-20", "--reservation", "door of rack 4 sticks"]);
    desk.ok("pay --customer C1 --amount 600 --to M1=600 --on 2026-09-15 --payer OURPAYER --note OURPAYNOTE");
    for args in [
        &["contact", "M2", "--on", "2026-10-10", "--note", "OURCALL", "--cause", "资金紧张"][..],
        &["contact", "M2", "--step", "3", "--on", "2026-11-01", "--note", "OURSTEP"],
        &["promise", "M2", "--by", "2026-11-05", "--amount", "1500", "--on", "2026-10-12"],
        &["dispute", "M2", "--amount", "100", "--reason", "OURDISPUTE"],
        &["write-off", "M1", "--amount", "400", "--reason", "OURLOSS"],
        &["hold", "M3", "--reason", "OURHOLD"],
        &["note", "add", "progress", "P1", "60", "OURPROGRESS"],
        &["note", "add", "remark", "P1", "OURREMARK"],
        &["note", "add", "minutes", "P1", "OURMINUTES"],
        &["note", "add", "lesson", "P1", "OURLESSON"],
        &["note", "add", "feedback", "C1", "OURFEEDBACK"],
        &["note", "add", "credit", "C1", "OURCREDIT"],
        &["edit", "milestone", "M3", "--note", "OURMEMO"],
        &["todo", "add", "OURTASK", "--project", "P1", "--owner", "OURCLERK"],
        &[
            "todo",
            "add",
            "OURDECISION",
            "--kind",
            "decision",
            "--owner",
            "OURLAWYER",
            "--project",
            "P1",
        ],
        &["make", "formal_notice", "C1", "--draft", "-q"],
        &["todo", "add", "OURISSUE", "--kind", "issue", "--milestone", "M2", "--on", "2026-09-20"],
        &["todo", "add", "OURRISK", "--kind", "risk", "--project", "P1"],
        &["todo", "add", "OURCOMPLAINT", "--kind", "complaint", "--customer", "C1"],
        &["paper", "add", "correspondence", "P1", "--title", "OURPAPER", "--note", "OURPAPERNOTE"],
        &["config", "set", "company_name", "Northwind"],
    ] {
        desk.ok_args(args);
    }
    let ours = desk.ok("make call_brief C1");
    assert!(ours.contains("OURNOTES") && ours.contains("OURCALL"), "it is on record: {ours}");
    let context = desk.ok("make client_page P1 --context");
    let text = desk.ok("make client_page P1");
    desk.ok("config set company_email pm@example.com");
    let files = written(&desk, &["make", "client_page", "P1"], "en");
    let chinese = written(&desk, &["make", "client_page", "P1"], "zh");
    for said in [&context, &text, &files.html, &files.docx, &chinese.html, &chinese.txt] {
        // What was written off is our books: it is open to the customer.
        for part in ["Design", "Retention", "signed training record", "door of rack 4", "¥400.00"]
        {
            assert!(said.contains(part), "no {part} in {said}");
        }
        for part in [
            "OUR",
            "31,337",
            "31337",
            "written off",
            "grade",
            "promis",
            "on hold",
            "dispute",
            "reminder",
            "notice",
            "demand",
            "step",
            "overdue",
            "limit",
            "risk",
            "cost",
            "资金紧张",
            "暂停",
            "催",
            "逾期",
            "承诺",
            "争议",
            "核销",
            "信用",
        ] {
            assert!(!said.contains(part), "{part} in {said}");
        }
    }
    let known: Vec<&str> = CLIENT_PAGE.split_whitespace().collect();
    let context: Value = serde_json::from_str(&context).unwrap();
    let strange: Vec<String> =
        paths(&context, "").into_iter().filter(|path| !known.contains(&path.as_str())).collect();
    assert!(strange.is_empty(), "a customer sees {strange:?}");
    for part in ["60%", "¥600.00", "1 June 2027", "Payable now", "Total: ¥1,800.00"] {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

/// Two managers with a week behind them.
fn week() -> Desk {
    let desk = Desk::with_milestone();
    desk.ok("add customer --code C2 --name Meridian");
    desk.ok(
        "add project --code P2 --customer C2 --name Harbour --manager Li --amount 9000 --bills no",
    );
    for milestone in [
        "--project P1 --key P1-M2 --name fresh --amount 2000 --due 2026-11-17",
        "--project P1 --key P1-M3 --name moved --amount 700 --due 2026-11-10",
        "--project P1 --key P1-M4 --name soon --amount 800 --due 2026-11-25",
        "--project P2 --key P2-M1 --name quay --amount 9000 --due 2026-11-19",
    ] {
        desk.ok(&format!("add milestone {milestone}"));
    }
    desk.ok("pay --customer C1 --amount 1000 --to P1-M1=1000 --on 2026-11-18");
    desk.ok("pay --customer C1 --amount 5000 --to P1-M1=5000 --on 2026-11-01");
    desk.ok("pay --customer C2 --amount 400 --to P2-M1=400 --on 2026-11-20");
    desk.ok("promise P1-M1 --amount 60000 --by 2026-11-16 --on 2026-11-09");
    desk.ok("promise P1-M1 --amount 50000 --by 2026-11-24 --on 2026-11-19");
    desk.ok("reschedule P1-M3 --to 2026-12-10 --on 2026-11-18 --reason x");
    desk.ok("todo add --kind decision stop-deliveries --owner 王敏 --project P1 --due 2026-11-20 --on 2026-11-13");
    desk.ok("todo add --kind decision call-the-board --owner Li --on 2026-11-13");
    desk.ok("todo done #2 --on 2026-11-19 --outcome they-pay-on-Friday");
    desk.ok("todo add send-papers --owner Li --due 2026-11-23");
    desk
}

fn names(list: &Value) -> Vec<&str> {
    list["rows"].as_array().unwrap().iter().map(|row| row["milestone"].as_str().unwrap()).collect()
}

#[test]
fn a_meeting_hears_what_changed_who_moves_and_what_became_of_its_decisions() {
    let desk = week();
    let pack = desk.json("make meeting_pack --context");
    assert_eq!(pack["received"]["total"], "¥1,400.00", "{pack}");
    assert_eq!(pack["received"]["rows"][0]["customer"], "星河科技");
    assert_eq!(names(&pack["newly_overdue"]), ["quay", "fresh"]);
    assert_eq!(names(&pack["broken"]), ["验收款"]);
    assert_eq!(names(&pack["rescheduled"]), ["moved"]);
    assert_eq!(names(&pack["overdue"]), ["验收款", "quay", "fresh"]);
    assert_eq!(pack["overdue"]["total"], "¥304,600.00");
    assert_eq!(names(&pack["due"]), ["soon"]);
    assert_eq!(names(&pack["promises"]), ["验收款"]);
    let managers = pack["managers"].as_array().unwrap();
    let li = managers.iter().find(|one| one["name"] == "Li").unwrap();
    assert_eq!((&li["overdue"], &li["received"]), (&"¥8,600.00".into(), &"¥400.00".into()));
    assert_eq!(pack["decisions_open"][0]["title"], "stop-deliveries");
    assert_eq!(pack["decisions_open"][0]["late"], true);
    assert_eq!(pack["decisions_done"][0]["outcome"], "they-pay-on-Friday");
    assert_eq!(pack["todos"][0]["owner"], "Li");
    assert_eq!(pack["todos"][0]["items"].as_array().unwrap().len(), 1);
    let said = desk.ok("make meeting_pack");
    for part in ["stop-deliveries", "they-pay-on-Friday", "send-papers", "Receivables meeting"] {
        assert!(said.contains(part), "no {part} in {said}");
    }
    let earlier = desk.json("make meeting_pack --from 2026-11-01 --context");
    assert_eq!(earlier["received"]["total"], "¥6,400.00");
}

#[test]
fn a_pack_of_one_manager_has_nothing_of_the_others() {
    let desk = week();
    let pack = desk.json("make meeting_pack --lens Li --context");
    assert_eq!(pack["received"]["total"], "¥400.00", "{pack}");
    assert_eq!(names(&pack["overdue"]), ["quay"]);
    assert_eq!(pack["managers"].as_array().unwrap().len(), 1);
    assert_eq!(pack["decisions_open"].as_array().unwrap().len(), 0);
    assert_eq!(pack["decisions_done"][0]["title"], "call-the-board");
    let said = desk.ok("make weekly_digest --lens Li");
    assert!(said.contains("quay") && !said.contains("验收款"), "{said}");
    let why = desk.fails(2, "make meeting_pack --lens Nobody");
    assert!(why.contains("--lens") && why.contains("Li"), "{why}");
}

#[test]
fn a_weekly_digest_is_a_mail_to_oneself_or_whom_it_is_said() {
    let desk = week();
    let path = desk.folder.path().join("week.eml");
    let file = path.to_str().unwrap();
    desk.ok("config set company_email pm@example.com");
    desk.ok_args(&["make", "weekly_digest", "-o", file]);
    assert!(fs::read_to_string(&path).unwrap().contains("To: pm@example.com"));
    desk.ok_args(&["make", "weekly_digest", "-o", file, "--mail-to", "head@example.com"]);
    let mail = fs::read_to_string(&path).unwrap();
    assert!(mail.contains("To: head@example.com") && mail.contains("text/html"), "{mail}");
    let said = desk.ok("make weekly_digest");
    for part in ["Received: ¥1,400.00", "Broken promises", "soon", "stop-deliveries"] {
        assert!(said.contains(part), "no {part} in {said}");
    }
}

#[test]
fn a_dossier_lists_the_evidence_and_lays_the_papers_beside_it() {
    let desk = Desk::with_milestone();
    let contract = desk.file("contract.pdf", "%PDF contract");
    let note = desk.file("note.txt", "delivered");
    let lost = desk.file("lost.pdf", "lost");
    for args in [
        &[
            "paper",
            "add",
            "contract",
            "P1",
            "--file",
            &contract,
            "--number",
            "HT-1",
            "--dated",
            "2026-01-05",
        ][..],
        &["paper", "add", "delivery_note", "P1-M1", "--file", &note, "--dated", "2026-09-01"],
        &["paper", "add", "acceptance", "P1-M1", "--file", &lost, "--dated", "2026-09-10"],
        &["paper", "add", "correspondence", "C1", "--title", "by word", "--dated", "2026-10-20"],
        &["contact", "P1-M1", "--on", "2026-10-10", "--note", "promised to look"],
        &["hold", "P1-M1", "--reason", "OURHOLD", "--on", "2026-10-11", "--until", "2026-10-12"],
        &["todo", "add", "OURTASK", "--milestone", "P1-M1"],
        &["make", "formal_notice", "C1", "--draft", "-q"],
        &["paper", "sent", "#5"],
        &["make", "reminder", "C1", "--draft", "-q"],
    ] {
        desk.ok_args(args);
    }
    fs::write(&note, "changed").unwrap();
    fs::remove_file(&lost).unwrap();
    let folder = desk.folder.path().join("for-counsel");
    let made = format!("{}/", folder.display());
    let said = desk.ok_args(&["make", "dossier", "C1", "-o", &made]);
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let ends: Vec<(&str, &str)> = names
        .iter()
        .map(|name| (name.split('-').next().unwrap(), name.rsplit('.').next().unwrap()))
        .collect();
    assert_eq!(ends, [("01", "pdf"), ("02", "txt"), ("05", "docx"), ("dossier", "docx")]);
    assert_eq!(fs::read(folder.join(&names[0])).unwrap(), b"%PDF contract");
    assert!(names.iter().all(|name| said.contains(name.as_str())), "{said}");
    let index = desk.json("make dossier C1 --context");
    let fault = |at: usize| index["evidence"][at]["fault"].as_str().unwrap_or_default().to_owned();
    assert_eq!(index["evidence"].as_array().unwrap().len(), 5, "no draft: {index}");
    assert_eq!(fault(0), "");
    assert!(fault(1).contains("changed") && fault(2).contains("missing"), "{index}");
    assert_eq!(fault(3), "no file on record");
    let text = desk.ok("make dossier C1 --format html");
    let hash = index["evidence"][0]["sha256"].as_str().unwrap();
    for part in [hash, "HT-1", &names[0], "¥300,000.00", "promised to look", "2 October 2029"] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    assert!(!text.contains("OUR"), "{text}");
    let chinese = desk.ok("make dossier P1-M1 --lang zh");
    assert!(chinese.contains("证据目录") && chinese.contains("诉讼时效"), "{chinese}");
    let zip = desk.folder.path().join("for-counsel.zip");
    let said = desk.ok_args(&["make", "dossier", "C1", "-o", zip.to_str().unwrap()]);
    assert!(said.contains("for-counsel.zip"), "{said}");
    let packed = fs::read(&zip).unwrap();
    let mut packed_names: Vec<String> = {
        let zip = ZipArchive::new(Cursor::new(&packed)).unwrap();
        zip.file_names().map(|name| name.unwrap().into_owned()).collect()
    };
    desk.ok_args(&["make", "dossier", "C1", "-o", zip.to_str().unwrap()]);
    assert_eq!(fs::read(&zip).unwrap(), packed, "the same each time");
    packed_names.sort();
    assert_eq!(packed_names, names, "what the folder has");
    assert_eq!(part(&packed, &names[0]), "%PDF contract");
    let html = desk.folder.path().join("b.ZIP");
    desk.ok_args(&["make", "dossier", "C1", "--format", "html", "-o", html.to_str().unwrap()]);
    assert!(part(&fs::read(&html).unwrap(), "dossier-C1.html").contains(hash));
    let other = desk.folder.path().join("x.zip");
    let why = desk.fails_args(2, &["make", "reminder", "C1", "-o", other.to_str().unwrap()]);
    assert!(why.contains("dossier") && !other.exists(), "{why}");
}

#[test]
fn a_meeting_hears_of_a_claim_that_can_be_lost_soon_and_of_no_other() {
    let desk = Desk::with_milestone();
    for (key, due) in [("old", "2023-12-05"), ("lost", "2023-06-05"), ("young", "2025-06-05")] {
        desk.ok(&format!(
            "add milestone --project P1 --key {key} --name {key} --amount 1000 --due {due}"
        ));
    }
    let near = desk.json("make meeting_pack --context")["limitation"].clone();
    assert_eq!(near.as_array().unwrap().len(), 1, "{near}");
    assert_eq!((&near[0]["milestone"], &near[0]["days_left"]), (&"old".into(), &16.into()));
}

#[test]
fn a_progress_report_tells_what_is_open_and_what_was_solved() {
    let desk = Desk::with_milestone();
    desk.ok("todo add --kind issue slow-pages --project P1 --on 2026-11-01");
    desk.ok("todo add --kind issue login-fails --project P1 --on 2026-11-02");
    desk.ok("todo done #2 --on 2026-11-10 --outcome patched");
    let context = desk.json("make progress_report P1 --context");
    assert_eq!(context["issues_open"][0]["title"], "slow-pages");
    assert_eq!(context["issues_closed"][0]["outcome"], "patched");
    let before =
        desk.json("make progress_report P1 --from 2026-11-01 --until 2026-11-05 --context");
    assert_eq!(before["issues_open"].as_array().unwrap().len(), 2);
}
