//! The same language for a list of to-dos: `kind:complaint owner:王敏 due<fri severity>=medium blocks`.

use chrono::NaiveDate;

use super::complete::{Word as Offered, fitting, split};
use super::parse::scan::{Part, Scanner};
use super::parse::{Sign, due_days, error};
use super::vocabulary::is_none;
use super::{Op, quoted};
use crate::domain::codes::{Code, codes};
use crate::domain::kinds::{Level, TodoKind, TodoState};
use crate::domain::normalize::normalize;
use crate::domain::todo;
use crate::error::filter::{FilterError, FilterProblem};
use crate::store::TodoHead;
use crate::text::find::Needle;
use crate::text::{Lang, Worded, named};

codes! {
    /// What a term about a to-do can be about, by the name it is typed by.
    TodoField {
        Kind = "kind" | "种类" | "类型",
        Owner = "owner" | "负责人",
        /// The last day to do it.
        Due = "due" | "办理期限" | "期限" | "到期日",
        Severity = "severity" | "严重程度",
        State = "state" | "状态",
        Customer = "customer" | "客户",
        Project = "project" | "项目",
        Milestone = "milestone" | "节点",
        /// Any of these three.
        About = "about" | "关于",
    }
}

impl TodoField {
    /// The name a reader of Chinese types it by.
    const fn zh(self) -> &'static str {
        match self {
            Self::Kind => "种类",
            Self::Owner => "负责人",
            Self::Due => "办理期限",
            Self::Severity => "严重程度",
            Self::State => "状态",
            Self::Customer => "客户",
            Self::Project => "项目",
            Self::Milestone => "节点",
            Self::About => "关于",
        }
    }

    /// The values it takes, if they are a closed list.
    fn values(self) -> Vec<&'static str> {
        fn codes<T: Code>() -> Vec<&'static str> {
            T::ALL.iter().map(|value| value.code()).collect()
        }
        match self {
            Self::Kind => codes::<TodoKind>(),
            Self::Severity => codes::<Level>(),
            Self::State => codes::<TodoState>(),
            Self::Owner
            | Self::Due
            | Self::Customer
            | Self::Project
            | Self::Milestone
            | Self::About => Vec::new(),
        }
    }
}

/// Which to-dos to show; the default shows all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TodoFilter {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    negated: bool,
    test: Test,
}

/// What a term asks; of several values one has to fit. Texts are half-width lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Words(Vec<Word>),
    Kind(Vec<TodoKind>),
    State(Vec<TodoState>),
    Severity(Op, Vec<Level>),
    Due(Op, Vec<Option<NaiveDate>>),
    Text { field: TodoField, whole: bool, any: Vec<String> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    /// Payment steps wait for it.
    Blocks,
    State(TodoState),
    Kind(TodoKind),
    Search(String),
}

/// The word for what payment steps wait for.
fn blocks(word: &str) -> bool {
    matches!(word, "blocks" | "blocking" | "blocked" | "暂缓催款" | "暂缓")
}

impl TodoFilter {
    /// The filter a text means on the day `today`.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, FilterError> {
        let mut scanner = Scanner::new(text);
        let mut terms = Vec::new();
        while let Some(at) = scanner.next_word() {
            let negated = scanner.eat('-');
            if negated && scanner.peek().is_none_or(|c| c == ' ') {
                return Err(error(at, FilterProblem::NothingNegated));
            }
            let test = if let Some((field, sign)) = scanner.field::<TodoField>()? {
                scanner.next_word();
                let parts = scanner.values()?;
                test(field, sign, at, &parts, today)?
            } else {
                Test::Words(scanner.values()?.into_iter().map(word).collect())
            };
            terms.push(Term { negated, test });
        }
        Ok(Self { terms })
    }

    /// Whether a to-do is shown.
    pub fn matches(&self, head: &TodoHead, today: NaiveDate) -> bool {
        let holds = |term: &Term| term.test.holds(head, today) != term.negated;
        self.terms.iter().all(holds)
    }

    /// Whether any term looks at names of what a to-do is about.
    pub fn needs_names(&self) -> bool {
        self.terms.iter().any(|term| match &term.test {
            Test::Text { field, .. } => *field != TodoField::Owner,
            Test::Words(any) => any.iter().any(|word| matches!(word, Word::Search(_))),
            Test::Kind(_) | Test::State(_) | Test::Severity(..) | Test::Due(..) => false,
        })
    }

    /// What could stand at the end of one that is being typed, behind what stands before it, in the words of a language;
    /// `known` are names in the ledger, by field.
    pub fn options(
        text: &str,
        lang: Lang,
        known: impl FnOnce(TodoField) -> Vec<String>,
    ) -> (String, Vec<String>) {
        let (at, name) = split(text);
        let (kept, typed) = text.split_at(at);
        let field = name.map(|name| TodoField::from_code(&normalize(name)));
        let words: Vec<Offered> = match field {
            None => {
                let fields = TodoField::ALL.iter().map(|field| {
                    let word = lang.pick(field.zh(), field.code());
                    [format!("{word}:"), field.code().to_owned()]
                });
                let blocks = [lang.pick("暂缓催款", "blocks").to_owned(), "blocks".to_owned()];
                let own = worded::<TodoState>(lang).chain(worded::<TodoKind>(lang));
                fields.chain([blocks]).chain(own).collect()
            }
            Some(None) => Vec::new(),
            Some(Some(TodoField::Kind)) => worded::<TodoKind>(lang).collect(),
            Some(Some(TodoField::State)) => worded::<TodoState>(lang).collect(),
            Some(Some(TodoField::Severity)) => worded::<Level>(lang).collect(),
            Some(Some(TodoField::Due)) => {
                vec![[lang.pick("无", "none").to_owned(), "none".to_owned()]]
            }
            Some(Some(
                field @ (TodoField::Owner
                | TodoField::Customer
                | TodoField::Project
                | TodoField::Milestone
                | TodoField::About),
            )) => known(field).into_iter().map(|name| [quoted(&name), String::new()]).collect(),
        };
        (kept.to_owned(), fitting(words, typed))
    }
}

/// The words of a vocabulary: for a reader of Chinese the word, else the code.
fn worded<T: Code + Worded>(lang: Lang) -> impl Iterator<Item = Offered> {
    T::ALL.iter().map(move |value| {
        let word = match lang {
            Lang::Zh => value.word(lang),
            Lang::En => value.code(),
        };
        [word.to_owned(), value.code().to_owned()]
    })
}

fn word(part: Part) -> Word {
    if blocks(&part.text) {
        return Word::Blocks;
    }
    let state = named(&part.text).map(Word::State);
    let known = state.or_else(|| named(&part.text).map(Word::Kind));
    known.unwrap_or(Word::Search(part.text))
}

fn test(
    field: TodoField,
    sign: Sign,
    at: usize,
    parts: &[Part],
    today: NaiveDate,
) -> Result<Test, FilterError> {
    if parts.is_empty() {
        return Err(error(at, FilterProblem::NoValue(field.code())));
    }
    let op = match sign {
        Sign::Has => Op::Equal,
        Sign::Is(op) => op,
    };
    let is_ordered = matches!(field, TodoField::Due | TodoField::Severity);
    if op != Op::Equal && !is_ordered {
        return Err(error(at, FilterProblem::NoOrder(field.code())));
    }
    Ok(match field {
        TodoField::Kind => Test::Kind(each(field, parts)?),
        TodoField::State => Test::State(each(field, parts)?),
        TodoField::Severity => Test::Severity(op, each(field, parts)?),
        TodoField::Due => Test::Due(op, due_days(parts, today)?),
        TodoField::Owner
        | TodoField::Customer
        | TodoField::Project
        | TodoField::Milestone
        | TodoField::About => {
            let any = parts.iter().map(|part| part.text.clone()).collect();
            Test::Text { field, whole: sign != Sign::Has, any }
        }
    })
}

fn each<T: Code + Worded>(field: TodoField, parts: &[Part]) -> Result<Vec<T>, FilterError> {
    let value = |part: &Part| {
        named(&part.text).ok_or_else(|| {
            let problem = FilterProblem::UnknownValue {
                field: field.code(),
                typed: part.text.clone(),
                known: field.values(),
            };
            error(part.at, problem)
        })
    };
    parts.iter().map(value).collect()
}

impl Test {
    fn holds(&self, head: &TodoHead, today: NaiveDate) -> bool {
        let state = || todo::state(head.due_on, head.done_on, today);
        match self {
            Self::Words(any) => any.iter().any(|word| match word {
                Word::Blocks => head.blocks && head.done_on.is_none(),
                Word::State(wanted) => state() == *wanted,
                Word::Kind(kind) => head.kind == *kind,
                Word::Search(typed) => {
                    let text = format!("{} {} {}", head.title, head.owner, head.about());
                    Needle::new(typed).matches(&text)
                }
            }),
            Self::Kind(any) => any.contains(&head.kind),
            Self::State(any) => any.contains(&state()),
            Self::Severity(op, any) => op.any(&head.severity, any),
            Self::Due(op, any) => op.any_of(head.due_on, any),
            Self::Text { field, whole, any } => any.iter().any(|typed| {
                let texts = texts(*field, head);
                // The word for nobody, or nothing.
                if is_none(typed) && texts.iter().all(|text| text.is_empty()) {
                    return true;
                }
                texts.iter().any(|text| {
                    if *whole {
                        text.lines().any(|one| normalize(one) == *typed)
                    } else {
                        Needle::new(typed).matches(text)
                    }
                })
            }),
        }
    }
}

/// Where a text is looked for.
fn texts(field: TodoField, head: &TodoHead) -> Vec<&str> {
    match field {
        TodoField::Owner => vec![&head.owner],
        TodoField::Customer => vec![&head.customer],
        TodoField::Project => vec![&head.project],
        TodoField::Milestone => vec![&head.milestone_name],
        TodoField::About => vec![&head.customer, &head.project, &head.milestone_name],
        TodoField::Kind | TodoField::Due | TodoField::Severity | TodoField::State => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::domain::ids::{MilestoneId, TodoId};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A complaint that payment steps wait for, due yesterday.
    fn head() -> TodoHead {
        TodoHead {
            id: TodoId(1),
            kind: TodoKind::Complaint,
            title: "传感器故障".to_owned(),
            owner: "王敏".to_owned(),
            due_on: Some(day("2026-11-20")),
            severity: Level::High,
            done_on: None,
            blocks: true,
            milestone: Some(MilestoneId(1)),
            customer: "C001\n星河科技有限公司\n星河科技".to_owned(),
            project: "P-2031\n数据中台".to_owned(),
            milestone_name: "验收款\nP-2031-M3".to_owned(),
        }
    }

    fn shows(text: &str) -> bool {
        let today = day("2026-11-21");
        TodoFilter::parse(text, today).unwrap().matches(&head(), today)
    }

    #[rstest]
    #[case::nothing("")]
    #[case::a_kind("kind:complaint")]
    #[case::one_of_kinds("kind:task,投诉")]
    #[case::a_bare_kind("投诉")]
    #[case::an_owner("owner:王敏")]
    #[case::an_owner_by_pinyin("owner:wm")]
    #[case::a_whole_owner("owner=王敏")]
    #[case::a_day("due<2026-11-21")]
    #[case::a_severity("severity>=medium")]
    #[case::a_severity_in_chinese("严重程度：高")]
    #[case::what_stops_the_ladder("blocks")]
    #[case::the_same_in_chinese("暂缓催款")]
    #[case::a_state("state:due")]
    #[case::a_customer("customer:星河")]
    #[case::a_whole_customer("customer=c001")]
    #[case::a_project("project:P-2031")]
    #[case::a_milestone("milestone=P-2031-M3")]
    #[case::anything_it_is_about("about:数据中台")]
    #[case::several("kind:complaint -owner:李雷 blocks")]
    #[case::a_search("传感器")]
    fn it_shows(#[case] text: &str) {
        assert!(shows(text), "{text}");
    }

    #[rstest]
    #[case("kind:task")]
    #[case("owner=王")]
    #[case("owner:none")]
    #[case("due>today")]
    #[case("due:none")]
    #[case("severity<high")]
    #[case("-blocks")]
    #[case("state:open,done")]
    #[case("customer=星河")]
    #[case("about:华东")]
    #[case("风险")]
    fn it_hides(#[case] text: &str) {
        assert!(!shows(text), "{text}");
    }

    #[test]
    fn what_is_no_filter_says_why() {
        let problem = |text| TodoFilter::parse(text, day("2026-11-21")).unwrap_err().problem;
        assert!(matches!(
            problem("pm:王敏"),
            FilterProblem::UnknownField { known, .. } if known.contains(&"owner")
        ));
        assert!(matches!(
            problem("kind:banana"),
            FilterProblem::UnknownValue { field: "kind", known, .. } if known.contains(&"risk")
        ));
        assert_eq!(problem("owner>王敏"), FilterProblem::NoOrder("owner"));
        assert_eq!(problem("kind:"), FilterProblem::NoValue("kind"));
    }

    #[test]
    fn every_word_offered_reads_back() {
        let today = day("2026-11-21");
        for lang in [Lang::Zh, Lang::En] {
            for field in TodoField::ALL {
                let begun = format!("{}:", field.code());
                let (kept, words) = TodoFilter::options(&begun, lang, |_| vec!["王 敏".to_owned()]);
                assert_eq!(kept, begun);
                assert!(!words.is_empty(), "{begun}");
                for word in words {
                    assert!(TodoFilter::parse(&format!("{kept}{word}"), today).is_ok(), "{word}");
                }
            }
            let (_, words) = TodoFilter::options("", lang, |_| Vec::new());
            for word in words.iter().filter(|word| !word.ends_with(':')) {
                let filter = TodoFilter::parse(word, today).unwrap();
                assert!(!filter.needs_names(), "{word} is searched for");
            }
        }
        let first = |text| TodoFilter::options(text, Lang::Zh, |_| Vec::new()).1;
        assert_eq!(first("zl").first().map(String::as_str), Some("种类:"));
    }
}
