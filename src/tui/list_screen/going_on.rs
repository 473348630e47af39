//! Where the cursor of a worklist goes once something was recorded: on to what is to be done next.

use super::Source;
use crate::tui::screen::Cx;
use crate::tui::selection::RowKey;

/// The rows around the cursor before something was recorded.
pub struct Before {
    key: RowKey,
    /// Those above it, the nearest first.
    above: Vec<RowKey>,
    below: Vec<RowKey>,
}

impl Before {
    /// The rows around the one at a place.
    pub fn of(source: &impl Source, at: usize, cx: &Cx<'_>) -> Option<Self> {
        Some(Self {
            key: source.key(at, cx)?,
            above: (0..at).rev().filter_map(|at| source.key(at, cx)).collect(),
            below: (at + 1..source.count()).filter_map(|at| source.key(at, cx)).collect(),
        })
    }

    /// Where to go now; `None` where the row stands as it stood and there is still something to do about it.
    pub fn next(&self, source: &impl Source, cx: &Cx<'_>) -> Option<usize> {
        let is_one = |key: &RowKey| key.milestone().is_some() || matches!(key, RowKey::Todo(_));
        let place = |key: &RowKey| source.position(*key, cx).filter(|_| is_one(key));
        let work = |key: &RowKey| place(key).filter(|at| source.is_work(*at));
        let (below, above) = (self.below.iter().find_map(work), self.above.iter().find_map(work));
        if let Some(at) = work(&self.key)
            && (below == Some(at + 1) || above.map_or(at == 0, |above| above + 1 == at))
        {
            return None;
        }
        below.or_else(|| self.below.iter().find_map(place)).or(above)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::domain::ids::MilestoneId;
    use crate::error::Result;
    use crate::text::Lang;
    use crate::tui::data::LastSeen;
    use crate::tui::screen::ListView;
    use crate::tui::tests::kit::{Town, opened};
    use crate::tui::widgets::list::{Cell, Column};
    use crate::tui::widgets::testing::ui;

    /// A worklist, a letter each row: small ones wait.
    struct Letters(&'static str);

    impl Source for Letters {
        fn columns(&self, _: &Cx<'_>) -> Vec<Column> {
            Vec::new()
        }

        fn refresh(&mut self, _: &ListView, _: &mut Cx<'_>) -> Result<()> {
            Ok(())
        }

        fn count(&self) -> usize {
            self.0.len()
        }

        fn key(&self, at: usize, _: &Cx<'_>) -> Option<RowKey> {
            let letter = self.0.as_bytes().get(at)?.to_ascii_uppercase();
            Some(match letter {
                b'-' => RowKey::Heading(0),
                letter => RowKey::Milestone(MilestoneId(letter.into())),
            })
        }

        fn is_work(&self, at: usize) -> bool {
            self.0.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase)
        }

        fn cells(&self, _: usize, _: &Cx<'_>) -> Vec<Cell> {
            Vec::new()
        }

        fn title(&self, _: &ListView, _: &Cx<'_>) -> String {
            String::new()
        }
    }

    #[rstest]
    #[case::it_left("ABC-w", 1, "AC-w", Some(1))]
    #[case::it_waits_now("ABC-w", 1, "AC-bw", Some(1))]
    #[case::more_left_with_it("ABCD", 0, "CD", Some(0))]
    #[case::it_moved_down("ABC", 0, "BCA", Some(0))]
    #[case::it_moved_up("ABC", 1, "BAC", Some(2))]
    #[case::it_moved_behind_the_next("ABC", 0, "BAC", Some(0))]
    #[case::it_stays("ABC", 1, "ABC", None)]
    #[case::it_stays_behind_a_new_one("ABC", 1, "AXBC", None)]
    #[case::it_stays_before_a_new_one("ABC", 1, "ABXC", None)]
    #[case::those_around_it_left("ABC", 1, "B", None)]
    #[case::the_last_one_left("ABC-", 2, "AB-", Some(1))]
    #[case::what_waits_comes_behind("AB-w", 1, "A-bw", Some(3))]
    #[case::it_waited_and_waits("A-wx", 2, "A-wx", Some(3))]
    #[case::nothing_is_left("A-", 0, "-", None)]
    fn the_cursor_goes_on(
        #[case] before: &'static str,
        #[case] at: usize,
        #[case] after: &'static str,
        #[case] expected: Option<usize>,
    ) {
        let Town { store, folder: _folder } = Town::empty();
        let mut ledger = opened(store, "wang", LastSeen::default());
        let cx = Cx { ledger: &mut ledger, ui: ui(Lang::Zh) };
        let before = Before::of(&Letters(before), at, &cx).unwrap();
        assert_eq!(before.next(&Letters(after), &cx), expected);
    }
}
