//! Mail by command: papers and digests to a server on this machine, which takes them or does not.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Output;
use std::thread::{self, JoinHandle};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::kit::{Desk, TODAY};

/// What a server does with those who come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Takes,
    TakesWithManyWords,
    RefusesTheFirst,
    RefusesTheSecond,
    RefusesLogin,
    BreaksOff,
}

/// What a server heard: commands, and the mails it was handed.
#[derive(Default)]
struct Heard {
    commands: Vec<String>,
    mails: Vec<String>,
}

/// A server for one visitor, and its port.
fn server(manner: Manner) -> (u16, JoinHandle<Heard>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    (port, thread::spawn(move || serve(&listener.accept().unwrap().0, manner)))
}

fn serve(mut visitor: &TcpStream, manner: Manner) -> Heard {
    let mut heard = Heard::default();
    let mut lines = BufReader::new(visitor).lines().map_while(Result::ok);
    visitor.write_all(b"220 here\r\n").unwrap();
    while let Some(line) = lines.next() {
        let count = heard.mails.len();
        let refused = match manner {
            Manner::RefusesTheFirst => count == 0,
            Manner::RefusesTheSecond => count == 1,
            Manner::Takes
            | Manner::TakesWithManyWords
            | Manner::RefusesLogin
            | Manner::BreaksOff => false,
        };
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-here\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN\r\n",
            "AUTH" if manner == Manner::RefusesLogin => b"535 5.7.8 wrong name or password\r\n",
            "AUTH" => b"235 2.7.0 welcome\r\n",
            "RCPT" if refused => b"550 5.1.1 no such mailbox\r\n",
            "DATA" => b"354 go on\r\n",
            "QUIT" => b"221 bye\r\n",
            _ => b"250 2.1.0 fine\r\n",
        };
        visitor.write_all(answer).unwrap();
        heard.commands.push(line);
        if word == "DATA" {
            let mail: Vec<String> = lines.by_ref().take_while(|line| line != ".").collect();
            heard.mails.push(mail.join("\n"));
            if manner == Manner::BreaksOff {
                return heard;
            }
            let line = format!("250-{}\r\n", "x".repeat(100));
            let many = if manner == Manner::TakesWithManyWords { 20 } else { 0 };
            let answer = format!("{}250 2.0.0 queued as 4711\r\n", line.repeat(many));
            visitor.write_all(answer.as_bytes()).unwrap();
        }
    }
    heard
}

/// A ledger with a letter in draft, whose customer has an address.
fn desk() -> Desk {
    let desk = Desk::with_milestone();
    desk.ok("config set company_email pm@example.com");
    desk.ok("add milestone --project P1 --key P1-M2 --name 进度款 --amount 1000 --due 2026-10-05");
    desk.ok_args(&["edit", "customer", "C1", "--contact", "陈女士:13800000000:chen@example.com"]);
    desk.ok("make formal_notice C1 --draft --lang zh --quiet");
    desk
}

/// Runs the program with this section `[mail]` and a password in the environment.
fn run(desk: &Desk, mail: &str, line: &str) -> Output {
    let config = desk.file("config.toml", format!("[mail]\n{mail}\n"));
    let args: Vec<&str> = line.split_whitespace().collect();
    let mut command = desk.command(&args);
    command.env("HUIKUAN_CONFIG", config).env("HUIKUAN_MAIL_PASSWORD", "secret").output().unwrap()
}

fn local(port: u16) -> String {
    format!("host = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"")
}

fn fails(desk: &Desk, mail: &str, line: &str, code: i32) -> String {
    let output = run(desk, mail, line);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

fn ok(desk: &Desk, mail: &str, line: &str) -> String {
    let output = run(desk, mail, line);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The letter is a draft still, and nobody was contacted.
fn nothing_is_recorded(desk: &Desk) {
    assert_eq!(desk.json("paper list --json")[0]["state"], "draft");
    assert_eq!(desk.json("touches --json").as_array().unwrap().len(), 0);
}

/// A header's value, unfolded.
fn header(mail: &str, name: &str) -> String {
    let mut lines = mail.lines().skip_while(|line| !line.starts_with(&format!("{name}: ")));
    let first = lines.next().unwrap_or_else(|| panic!("no {name} in {mail}"));
    let rest = lines.take_while(|line| line.starts_with(' '));
    let whole: String = std::iter::once(first).chain(rest).collect();
    whole.split_once(": ").unwrap().1.to_owned()
}

/// A header as a person reads it: encoded words follow one another without a gap.
fn decoded(value: &str) -> String {
    let words = value.split_whitespace().map(|word| {
        assert!(word.len() <= 75, "{word}");
        let inner = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
        String::from_utf8(BASE64.decode(inner.unwrap_or_else(|| panic!("{word}"))).unwrap())
            .unwrap()
    });
    words.collect()
}

#[test]
fn without_yes_a_mail_is_only_told() {
    let desk = desk();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let mail = local(listener.local_addr().unwrap().port());
    let output = run(&desk, &mail, "mail send #1 --json");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told[0]["number"], "催字〔2026〕001号");
    assert_eq!((&told[0]["to"], &told[0]["sent"]), (&"chen@example.com".into(), &false.into()));
    assert_eq!(told[0]["from"], "pm@example.com");
    assert!(String::from_utf8_lossy(&output.stderr).contains("--yes"));
    assert!(listener.accept().is_err(), "somebody called");
    nothing_is_recorded(&desk);
}

#[test]
fn a_mail_that_was_taken_is_on_the_paper_and_one_contact_for_all() {
    let desk = desk();
    let (port, server) = server(Manner::Takes);
    let attached = desk.file("附件.pdf", "%PDF");
    let login = format!("{}\nuser = \"pm\"", local(port));
    ok(&desk, &login, &format!("mail send 催字〔2026〕001号 --attach {attached} --yes"));
    let heard = server.join().unwrap();
    assert!(heard.commands.contains(&"RCPT TO:<chen@example.com>".to_owned()));
    let login = BASE64.encode("\0pm\0secret");
    assert!(heard.commands.contains(&format!("AUTH PLAIN {login}")), "{:?}", heard.commands);
    let [mail] = heard.mails.as_slice() else { panic!("{} mails", heard.mails.len()) };
    assert_eq!(decoded(&header(mail, "Subject")), "催款函 (催字〔2026〕001号)");
    for part in ["Date: ", "text/plain", "text/html", "application/pdf", "filename*"] {
        assert!(mail.contains(part), "{part} in\n{mail}");
    }
    assert!(!mail.contains("X-Unsent"), "it is no draft");
    let id = header(mail, "Message-ID");
    let paper = &desk.json("paper list --json")[0];
    assert_eq!((&paper["sent_on"], &paper["sent_by"]), (&TODAY.into(), &"mail".into()));
    assert_eq!(
        (&paper["message_id"], &paper["mail_to"]),
        (&id.clone().into(), &"chen@example.com".into())
    );
    assert_eq!(paper["mail_reply"], "250 2.0.0 queued as 4711");
    let touches = desk.json("touches --json");
    assert_eq!((touches.as_array().unwrap().len(), &touches[0]["channel"]), (1, &"mail".into()));
    assert!(touches[0]["milestones"].to_string().contains("P1-M2"), "{touches}");
    let note = touches[0]["note"].as_str().unwrap();
    assert!(note.contains(&id) && note.contains("queued as 4711"), "{note}");

    let why = fails(&desk, &local(port), "mail send #1 --yes", 2);
    assert!(why.contains("--again"), "{why}");
    let (port, server) = self::server(Manner::Takes);
    ok(&desk, &local(port), "mail send #1 --again --yes");
    assert_eq!(server.join().unwrap().mails.len(), 1);
    assert_eq!(desk.json("touches --json").as_array().unwrap().len(), 1, "no second contact");
    desk.ok("undo");
    nothing_is_recorded(&desk);
    assert_eq!(desk.json("paper list --json")[0]["message_id"], serde_json::Value::Null);
}

#[test]
fn what_a_server_does_not_take_is_not_recorded() {
    let desk = desk();
    for (manner, said) in [
        (Manner::RefusesTheFirst, "550 5.1.1 no such mailbox"),
        (Manner::RefusesLogin, "535 5.7.8 wrong name or password"),
        (Manner::BreaksOff, "may have gone out"),
    ] {
        let (port, server) = server(manner);
        let login = format!("{}\nuser = \"pm\"", local(port));
        let why = fails(&desk, &login, "mail send #1 --yes", 5);
        assert!(why.contains(said), "{why}");
        server.join().unwrap();
        nothing_is_recorded(&desk);
    }
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let why = fails(&desk, &local(gone.port()), "mail send #1 --yes", 5);
    assert!(why.contains(&gone.to_string()) && why.contains("nothing was sent"), "{why}");
    nothing_is_recorded(&desk);
}

#[test]
fn of_a_long_answer_the_beginning_is_kept() {
    let desk = desk();
    let (port, server) = server(Manner::TakesWithManyWords);
    ok(&desk, &local(port), "mail send #1 --yes");
    server.join().unwrap();
    let paper = &desk.json("paper list --json")[0];
    let reply = paper["mail_reply"].as_str().unwrap();
    assert!(reply.starts_with("250 xxx"), "{reply}");
    assert!(reply.chars().count() <= 300, "{reply}");
}

#[test]
fn of_several_mails_those_before_a_refusal_are_recorded() {
    let desk = desk();
    desk.ok("make reminder C1 --draft --lang zh --quiet");
    let (port, server) = server(Manner::RefusesTheSecond);
    let output = run(&desk, &local(port), "mail send #1 #2 #1 --yes --json");
    assert_eq!(output.status.code(), Some(5));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((told.as_array().unwrap().len(), &told[0]["sent"]), (1, &true.into()), "{told}");
    assert_eq!(server.join().unwrap().mails.len(), 1);
    let papers = desk.json("paper list --json");
    let states = papers.as_array().unwrap().iter().map(|paper| (&paper["id"], &paper["state"]));
    for (id, state) in states {
        assert_eq!(state, if id == "#1" { "sent" } else { "draft" }, "{papers}");
    }
}

#[test]
fn a_step_that_needs_an_approval_is_not_sent() {
    let desk = desk();
    desk.ok("add person wang --role pm");
    desk.ok("config set approve_step_from 3");
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let why = fails(&desk, &local(gone.port()), "mail send #1 --yes", 2);
    assert!(why.contains("approval"), "{why}");
    nothing_is_recorded(&desk);
    assert_eq!(desk.json("todo list --json").as_array().unwrap().len(), 0, "nobody asked yet");
}

#[test]
fn a_server_is_set_without_its_password() {
    let desk = desk();
    let why = desk.fails(2, "mail send #1");
    assert!(why.contains("[mail]") && why.contains("config.toml"), "{why}");
    let why = fails(&desk, "host = \"h\"\npassword = \"x\"", "mail send #1", 5);
    assert!(why.contains("password_command") && why.contains("line 3"), "{why}");
    let open = "host = \"mail.example.invalid\"\nsecurity = \"none\"\nuser = \"pm\"";
    let why = fails(&desk, open, "mail check", 2);
    assert!(why.contains("in the open"), "{why}");
    let config = desk.file("mail.toml", "[mail]\nhost = \"127.0.0.1\"\nuser = \"pm\"\n");
    let mut command = desk.command(&["mail", "check"]);
    let output = command.env("HUIKUAN_CONFIG", config).output().unwrap();
    let why = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{why}");
    assert!(why.contains("HUIKUAN_MAIL_PASSWORD"), "{why}");
}

#[cfg(unix)]
#[test]
fn a_command_tells_the_password() {
    let desk = desk();
    let mail = |port: u16, command: &str| {
        let text =
            format!("[mail]\n{}\nuser = \"pm\"\npassword_command = \"{command}\"\n", local(port));
        let config = desk.file("mail.toml", text);
        desk.command(&["mail", "check"]).env("HUIKUAN_CONFIG", config).output().unwrap()
    };
    let (port, server) = server(Manner::Takes);
    let output = mail(port, "echo 'a b'; echo other");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let heard = server.join().unwrap();
    assert!(heard.commands.contains(&format!("AUTH PLAIN {}", BASE64.encode("\0pm\0a b"))));
    assert!(heard.mails.is_empty());
    let output = mail(1, "exit 3");
    let why = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(5) && why.contains("exit 3"), "{why}");
}

#[test]
fn the_digest_goes_to_whom_one_names() {
    let desk = desk();
    let (port, server) = server(Manner::Takes);
    let line = "mail digest --to a@example.com --to b@example.com --lang zh --yes";
    ok(&desk, &local(port), line);
    let heard = server.join().unwrap();
    assert_eq!(heard.commands.iter().filter(|line| line.starts_with("RCPT")).count(), 2);
    assert!(decoded(&header(&heard.mails[0], "Subject")).contains("回款周报"));
    let why = fails(&desk, &local(port), "mail digest --to li", 2);
    assert!(why.contains("no person “li”"), "{why}");
    desk.ok("add person li --role head");
    let why = fails(&desk, &local(port), "mail digest --to li", 2);
    assert!(why.contains("edit person li --email"), "{why}");
    desk.ok("edit person li --email li@example.com");
    assert!(ok(&desk, &local(port), "mail digest --to li --json").contains("li@example.com"));
    let mail = "host = \"127.0.0.1\"\nfrom = \"wang@example.com\"";
    let told = ok(&desk, mail, "mail digest --to a@example.com --json");
    assert!(told.contains("wang@example.com"), "{told}");
}
