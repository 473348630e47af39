//! What the ledger's users set, and who they are.

use super::Context;
use crate::domain::change::Change;
use crate::domain::policy::{Form as Shape, LadderStep, Policy, Setting};
use crate::domain::violation::{Field as Part, Violation};
use crate::store::Person;
use crate::tui::effect::Effect;
use crate::tui::widgets::form::{Field, Fields};

/// The form for a setting; a value that is cleared is the program's own again.
pub fn setting(setting: Setting, cx: Context<'_>) -> Effect {
    match (setting.form(), setting.step()) {
        (Shape::Step, Some(step)) => ladder_step(setting, step, cx),
        _ => value(setting, cx),
    }
}

fn title(setting: Setting, cx: Context<'_>) -> String {
    format!("{} - {}", cx.lang().settings_title(), setting.code())
}

fn set(setting: Setting, value: String) -> Change {
    Change::Set { setting, value: Some(value).filter(|value| !value.is_empty()) }
}

fn value(setting: Setting, cx: Context<'_>) -> Effect {
    let (lang, policy) = (cx.lang(), cx.portfolio.policy.clone());
    let mut fields = Fields::default();
    fields.note(lang.setting(setting));
    fields.note(lang.form_setting_default(&setting.default_value()));
    let value = Field::text(lang.value_word(), &setting.value(&policy));
    let value = value.hinted(lang.setting_form(setting.form())).about(Part::Value);
    let value = fields.add(value);
    cx.open(title(setting, cx), fields, move |values| {
        let text = values.get(&value)?.trim().to_owned();
        if !text.is_empty() {
            value.check(setting.check(&text, &policy))?;
        }
        Ok(set(setting, text))
    })
}

fn ladder_step(setting: Setting, step: u8, cx: Context<'_>) -> Effect {
    let (lang, policy) = (cx.lang(), cx.portfolio.policy.clone());
    let taken = policy.ladder.step(step);
    let contract = Policy::default().ladder.step(step);
    let shown = taken.or(contract);
    let days = shown.map(|step| format!("{:+}", step.days)).unwrap_or_default();
    let default = lang.setting_value(setting, &Policy::default());
    let mut fields = Fields::default();
    fields.note(lang.setting(setting));
    fields.note(lang.form_setting_default(&default));
    let name = |taken| if taken { lang.form_taken_yes() } else { lang.form_taken_no() };
    let is_taken =
        Field::choice(lang.form_taken(), &[true, false], name, Some(taken.is_some())).required();
    let is_taken = fields.add(is_taken);
    let days = Field::text(lang.form_days_from_due(), &days).about(Part::Value);
    let days = days.hinted(lang.form_days_from_due_hint()).shown_if(&is_taken, true);
    let days = fields.add(days);
    let channel = cx.choice(lang.form_channel(), shown.map(|step| step.channel)).required();
    let channel = fields.add(channel.shown_if(&is_taken, true));
    let wording = cx.choice(lang.form_wording(), shown.map(|step| step.wording)).required();
    let wording = fields.add(wording.shown_if(&is_taken, true));
    fields.focus(&days);
    cx.open(title(setting, cx), fields, move |values| {
        if !values.get(&is_taken)? {
            return Ok(set(setting, "off".to_owned()));
        }
        let text = values.get(&days)?;
        let text = text.trim();
        if text.is_empty() {
            return Ok(set(setting, String::new()));
        }
        let wrong = || Violation::NoSetting { setting, value: text.to_owned() };
        let days_from_due = days.check(text.parse().map_err(|_| wrong()))?;
        let (channel, wording) = (values.get(&channel)?, values.get(&wording)?);
        let step = LadderStep { days: days_from_due, channel, wording };
        Ok(set(setting, days.check(setting.check(&step.to_string(), &policy))?))
    })
}

/// The form for one of us, known or new. `all` are those there are.
pub fn person_of_us(known: Option<&Person>, all: &[Person], cx: Context<'_>) -> Effect {
    let lang = cx.lang();
    let mut fields = Fields::default();
    let name = known.is_none().then(|| {
        let name = Field::text(lang.person_word(), "").required().about(Part::Name);
        fields.add(name)
    });
    let role = cx.choice(lang.form_person_role(), known.map(|person| person.role)).required();
    let role = fields.add(role);
    let team = fields.add(Field::text(lang.form_team(), known.map_or("", |person| &person.team)));
    let email = known.map_or("", |person| &person.email);
    let email = fields.add(Field::text(lang.form_email(), email));
    let title = match known {
        Some(person) => format!("{} - {}", lang.form_edit_person(), person.name),
        None => lang.form_new_person().to_owned(),
    };
    let own = known.map_or_else(String::new, |person| person.name.clone());
    let taken: Vec<String> = all.iter().map(|person| person.name.clone()).collect();
    cx.open(title, fields, move |values| {
        let name = match &name {
            None => own.clone(),
            Some(key) => {
                let name = values.get(key)?.trim().to_owned();
                if taken.contains(&name) {
                    return Err(key.wrong(Violation::Taken { field: Part::Name, value: name }));
                }
                name
            }
        };
        let (role, team) = (values.get(&role)?, values.get(&team)?);
        Ok(Change::EditPerson { name, role, team, email: values.get(&email)? })
    })
}
