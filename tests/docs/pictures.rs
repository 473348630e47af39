//! The pictures of the README: each is what a few keys show on the demo ledger.

use chrono::{DateTime, NaiveDate, Utc};
use huikuan::demo;
use huikuan::domain::change::Change;
use huikuan::domain::policy::Setting;
use huikuan::store::{Context, Store};
use huikuan::text::Lang;
use huikuan::tui::app::App;
use huikuan::tui::input::{Input, Key};
use huikuan::tui::session::{self, LastSeen, Opening, Options, Seen};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rstest::rstest;

use crate::{PICTURE_DAY, is_current, page, svg};

/// What is shown, and how one gets there.
struct Picture {
    name: &'static str,
    title: [&'static str; 2],
    /// Names of keys; other words are typed.
    keys: &'static str,
    size: (u16, u16),
}

const PICTURES: &[Picture] = &[
    Picture { name: "today", title: ["今日", "Today"], keys: "", size: (120, 36) },
    Picture { name: "projects", title: ["项目", "Projects"], keys: "2", size: (124, 28) },
    Picture { name: "milestones", title: ["节点", "Milestones"], keys: "3", size: (112, 28) },
    Picture { name: "dunning", title: ["催款", "Dunning"], keys: "4", size: (124, 32) },
    Picture { name: "customers", title: ["客户", "Customers"], keys: "5", size: (124, 28) },
    Picture { name: "aging", title: ["账龄", "Aging"], keys: "6", size: (120, 46) },
    Picture {
        name: "milestone",
        title: ["一个节点", "A milestone"],
        keys: "enter",
        size: (112, 34),
    },
    Picture {
        name: "customer",
        title: ["一个客户", "A customer"],
        keys: "5 enter",
        size: (124, 34),
    },
    Picture {
        name: "papers",
        title: ["一个客户的文件", "A customer's papers"],
        keys: "5 jj enter ] ]",
        size: (124, 26),
    },
    Picture {
        name: "document",
        title: ["催款函", "A formal notice"],
        keys: "jjjjjj l",
        size: (112, 36),
    },
    Picture {
        name: "round",
        title: ["今日催款函件", "The dunning round"],
        keys: "4 g r n",
        size: (112, 30),
    },
    Picture {
        name: "payment",
        title: ["登记收款", "Recording a payment"],
        keys: "p 400000",
        size: (112, 32),
    },
    Picture {
        name: "movement",
        title: ["应收变动", "What moved"],
        keys: "g w j enter",
        size: (160, 24),
    },
    Picture { name: "todos", title: ["事项", "To-dos"], keys: "8", size: (124, 26) },
    Picture { name: "bank", title: ["对账", "Bank lines"], keys: "9", size: (124, 26) },
    Picture { name: "help", title: ["按键", "Keys"], keys: "?", size: (112, 36) },
    Picture { name: "palette", title: ["命令", "Commands"], keys: ": theme", size: (112, 28) },
];

fn index(lang: Lang) -> usize {
    match lang {
        Lang::Zh => 0,
        Lang::En => 1,
    }
}

fn demo_screen(store: Store, lang: Lang, today: NaiveDate) -> App {
    let yesterday = Seen { day: today.pred_opt().unwrap(), event: store.last_event().unwrap().0 };
    let options = Options {
        lang,
        mouse: false,
        color: true,
        theme: Some("dark".to_owned()),
        signs: None,
        today: Some(today),
        who: "user".to_owned(),
        name: "demo".to_owned(),
        keys: Vec::new(),
        filters: std::collections::BTreeMap::new(),
        plans: std::collections::BTreeMap::new(),
        last_seen: LastSeen::at(yesterday),
        backups: None,
        files: None,
        formats: None,
        opening: Opening::Today,
    };
    session::open(store, options).unwrap()
}

fn keys(script: &str) -> impl Iterator<Item = Key> {
    script.split_whitespace().flat_map(|word| match Key::named(word) {
        Some(key) => vec![key],
        None => word.chars().map(Key::Char).collect(),
    })
}

/// Says who we are, so that the letters are whole.
fn sign(store: &mut Store, lang: Lang, today: NaiveDate) {
    let [name, account] = match lang {
        Lang::Zh => ["启明数科有限公司", "示例银行 6200 0000 0001"],
        Lang::En => ["Daybreak Systems Ltd.", "Example Bank 0001 0002"],
    };
    for (setting, value) in [(Setting::CompanyName, name), (Setting::CompanyAccount, account)] {
        let at = DateTime::<Utc>::from_timestamp(1_795_000_000, 0).unwrap();
        let context = Context { who: "finance", today, at, seen: None };
        let change = Change::Set { setting, value: Some(value.to_owned()) };
        store.apply(&change, &context).unwrap();
    }
}

fn drawn(picture: &Picture, lang: Lang) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::throwaway(folder.path()).unwrap();
    let today: NaiveDate = PICTURE_DAY.parse().unwrap();
    let company = match lang {
        Lang::Zh => demo::Company::Chinese,
        Lang::En => demo::Company::English,
    };
    demo::small(&mut store, today, company).unwrap();
    sign(&mut store, lang, today);
    let mut app = demo_screen(store, lang, today);
    let mut terminal = Terminal::new(TestBackend::new(picture.size.0, picture.size.1)).unwrap();
    for key in keys(picture.keys) {
        terminal.draw(|frame| app.draw(frame)).unwrap();
        app.on_input(Input::Key(key));
    }
    let frame = terminal.draw(|frame| app.draw(frame)).unwrap();
    let title = picture.title.get(index(lang)).unwrap();
    svg::svg(frame.buffer, &format!("huikuan: {title}"))
}

#[rstest]
#[case("en", Lang::En)]
#[case("zh", Lang::Zh)]
fn the_pictures_are_the_screens(#[case] code: &str, #[case] lang: Lang) {
    for picture in PICTURES {
        let name = format!("assets/screens/{}-{code}.svg", picture.name);
        let drawn = drawn(picture, lang);
        assert!(drawn.len() < 60_000, "{name} has {} bytes", drawn.len());
        is_current(&name, &drawn);
    }
}

#[rstest]
#[case("README.md", "assets", "en")]
#[case("docs/README.zh.md", "../assets", "zh")]
fn a_tour_shows_every_picture(#[case] name: &str, #[case] assets: &str, #[case] code: &str) {
    let text = page(name);
    for picture in PICTURES {
        let link = format!("({assets}/screens/{}-{code}.svg)", picture.name);
        assert!(text.contains(&link), "{name} lacks {link}");
    }
}
