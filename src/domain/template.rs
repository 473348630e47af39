//! Plans with a name: the line each is typed as, and what has to be there at its stages.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::kinds::{ConditionKind, Stage};
use super::shares::{Shares, SharesError};

/// Plans by their names.
pub type Plans = BTreeMap<String, Template>;

/// What has to be there at a stage, by what it is.
pub type Conditions = BTreeMap<Stage, BTreeMap<ConditionKind, Vec<String>>>;

/// A plan as a configuration has it: a line, or a line with conditions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    pub plan: String,
    pub conditions: Conditions,
}

impl From<&str> for Template {
    fn from(plan: &str) -> Self {
        Self { plan: plan.to_owned(), ..Self::default() }
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            plan: String,
            #[serde(default)]
            conditions: Conditions,
        }

        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Template;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a plan in quotes, or a table of plan and conditions")
            }

            fn visit_str<E: de::Error>(self, plan: &str) -> Result<Template, E> {
                Ok(plan.into())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Template, A::Error> {
                let Table { plan, conditions } =
                    Table::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Template { plan, conditions })
            }
        }
        value.deserialize_any(Either)
    }
}

/// The plan that is typed, or stands under a name that is; nothing where nothing is.
pub fn read(typed: &str, own: &Plans) -> Option<Result<Shares, SharesError>> {
    let typed = typed.trim();
    let Some(template) = own.get(typed) else {
        return (!typed.is_empty()).then(|| Shares::parse(typed));
    };
    Some(Shares::parse(&template.plan).map(|plan| plan.asking(&template.conditions)))
}
