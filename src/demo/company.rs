//! Us: the people of the demo company.

use super::Entry;
use crate::domain::change::Change;
use crate::domain::kinds::Role;

pub(super) const WANG: &str = "王敏";
pub(super) const LI: &str = "李卓然";
pub(super) const CHEN: &str = "陈思远";
pub(super) const ZHOU: &str = "周婷";
pub(super) const HE: &str = "何劲松";
/// Who books bills and money.
pub(super) const LIU: &str = "刘芳";

const PEOPLE: &[(&str, Role, &str)] = &[
    (WANG, Role::Pm, "交付一部"),
    (LI, Role::Pm, "交付一部"),
    (CHEN, Role::Pm, "海外交付"),
    (ZHOU, Role::Pm, "交付二部"),
    (HE, Role::Pm, "交付二部"),
    (LIU, Role::Finance, "财务部"),
    ("郑毅", Role::Legal, "法务部"),
    ("高远", Role::Head, "交付中心"),
];

/// Everybody, with role and team.
pub(super) fn people() -> Vec<Entry> {
    let entry = |(name, role, team): &(&str, Role, &str)| Entry {
        who: "高远",
        change: Change::EditPerson {
            name: (*name).to_owned(),
            role: *role,
            team: (*team).to_owned(),
        },
    };
    PEOPLE.iter().map(entry).collect()
}
