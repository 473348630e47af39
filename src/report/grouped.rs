//! Items put together by what they have in common.

use crate::domain::item::Item;

/// Items with something open, those of a key together, by key. Items come by id, and the ids of their contracts and
/// customers mostly grow with theirs: a stable sort of what nearly stands in order takes less than looking keys up.
pub(super) fn grouped<'i, K: Ord + Copy>(
    items: impl Iterator<Item = &'i Item>,
    key: impl Fn(&Item) -> K,
) -> Vec<(K, &'i Item)> {
    let open = items.filter(|item| item.balance > 0);
    let mut keyed: Vec<(K, &Item)> = open.map(|item| (key(item), item)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed
}
