//! What a ledger's users set.

use crate::domain::policy::Setting;
use crate::error::Result;
use crate::store::apply::Writer;
use crate::store::backend::values;
use crate::store::rows::SettingRow;
use crate::store::settings;

impl Writer<'_> {
    /// Sets a value, or goes back to the program's own.
    pub(super) fn set(&mut self, setting: Setting, value: Option<&str>) -> Result<()> {
        let sql = "SELECT id FROM setting WHERE key = $1";
        let known: Option<i64> = self.db.first(sql, values![setting.code()])?;
        let value = match value {
            Some(text) => Some(setting.check(text, &settings::policy(self.db)?)?),
            None => None,
        };
        match known {
            Some(id) => self.update(id, |row: &mut SettingRow| row.value = value).map(drop),
            None if value.is_none() => Ok(()),
            None => self.insert(&SettingRow { key: setting.code().to_owned(), value }).map(drop),
        }
    }
}
