//! The keys of the table, with those a user chose instead.

use super::{Binding, Keys, Scope, spelt};
use crate::config::KeySetting;
use crate::error::keys::{KeysError, KeysProblem};
use crate::tui::input::Key;

/// How alike words have to be to be taken for a slip.
const ALIKE: f64 = 0.75;

/// The rows of the table with these keys; each setting replaces the keys of its action.
pub fn bindings(
    shipped: &[Binding],
    settings: &[KeySetting],
) -> Result<Vec<Binding>, Box<KeysError>> {
    let mut all = shipped.to_vec();
    // Of each binding the line that gave it its keys.
    let mut lines = vec![None; all.len()];
    for setting in settings {
        let wrong = |problem| Box::new(KeysError { line: setting.line, problem });
        let keys = sequences(setting).map_err(wrong)?;
        let rows = all.iter_mut().zip(&mut lines);
        let mut rows: Vec<_> =
            rows.filter(|(binding, _)| binding.action.name() == setting.action).collect();
        if rows.is_empty() {
            return Err(wrong(no_action(shipped, &setting.action)));
        }
        let mut taken = false;
        for (binding, line) in &mut rows {
            let fits = |keys: &&Vec<Key>| fits(keys, binding.scope);
            let fitting: Vec<Keys> = keys.iter().filter(fits).cloned().map(leaked).collect();
            if !fitting.is_empty() {
                binding.keys = leaked(fitting);
                **line = Some(setting.line);
                taken = true;
            }
        }
        if !taken {
            let key = keys.first().map(|keys| spelt(keys)).unwrap_or_default();
            return Err(wrong(KeysProblem::Typed { action: setting.action.clone(), key }));
        }
    }
    clash(&all, &lines)?;
    rename(&mut all, &lines);
    Ok(all)
}

/// There is one keymap for a run, and its keys are looked at as long as it lasts.
fn leaked<T>(keys: Vec<T>) -> &'static [T] {
    Box::leak(keys.into_boxed_slice())
}

/// Above a screen keys are single, and letters are typed.
fn fits(keys: &[Key], scope: Scope) -> bool {
    match keys {
        [Key::Char(_)] => !scope.is_typed_in(),
        [_] => true,
        _ => !scope.is_above(),
    }
}

fn sequences(setting: &KeySetting) -> Result<Vec<Vec<Key>>, KeysProblem> {
    if setting.keys.is_empty() {
        return Err(KeysProblem::None(setting.action.clone()));
    }
    setting.keys.iter().map(|text| sequence(text, setting)).collect()
}

/// `g g`, `ctrl-x`, `space`.
fn sequence(text: &str, setting: &KeySetting) -> Result<Vec<Key>, KeysProblem> {
    let keys: Vec<Key> = text.split_whitespace().map(key).collect::<Result<_, _>>()?;
    match keys.len() {
        0 => Err(KeysProblem::None(setting.action.clone())),
        1 | 2 => Ok(keys),
        _ => Err(KeysProblem::TooMany(text.to_owned())),
    }
}

fn key(word: &str) -> Result<Key, KeysProblem> {
    Key::named(word).ok_or_else(|| {
        let names = Key::names();
        let nearest = nearest(&word.to_lowercase(), names.iter().map(String::as_str));
        let nearest = nearest.filter(|(_, alike)| *alike >= ALIKE).map(|(name, _)| name.to_owned());
        KeysProblem::NoKey { word: word.to_owned(), nearest }
    })
}

fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<(&'a str, f64)> {
    let alike = names.map(|name| (name, strsim::jaro_winkler(word, name)));
    alike.max_by(|one, other| one.1.total_cmp(&other.1))
}

fn no_action(shipped: &[Binding], name: &str) -> KeysProblem {
    let names: Vec<String> = shipped.iter().map(|binding| binding.action.name()).collect();
    let nearest = nearest(name, names.iter().map(String::as_str));
    let nearest = nearest.map(|(name, _)| name.to_owned()).unwrap_or_default();
    KeysProblem::NoAction { name: name.to_owned(), nearest }
}

/// Refuses keys that two actions have where both hold, or of which one begins with the other.
fn clash(all: &[Binding], lines: &[Option<usize>]) -> Result<(), Box<KeysError>> {
    for (at, (one, line)) in all.iter().zip(lines).enumerate() {
        for (other, others_line) in all.iter().zip(lines).skip(at + 1) {
            let Some(line) = line.max(others_line) else {
                continue;
            };
            if let Some((keys, others)) = shared(one, other) {
                let (action, other) = (one.action.name(), other.action.name());
                let (key, others) = (spelt(keys), spelt(others));
                let problem = KeysProblem::Clash { action, key, other, others };
                return Err(Box::new(KeysError { line: *line, problem }));
            }
        }
    }
    Ok(())
}

/// Keys of the one that get in the way of the other's.
fn shared(one: &Binding, other: &Binding) -> Option<(Keys, Keys)> {
    if !one.scope.meets(other.scope) {
        return None;
    }
    let pairs = one.keys.iter().flat_map(|keys| other.keys.iter().map(move |more| (*keys, *more)));
    let mut clashing =
        pairs.filter(|(keys, others)| keys.starts_with(others) || others.starts_with(keys));
    clashing.next()
}

/// Where one place of the footer stands for a binding and the one below it, it names the keys they have now.
fn rename(all: &mut [Binding], lines: &[Option<usize>]) {
    for at in 1..all.len() {
        if let ([.., one], [other, ..]) = all.split_at_mut(at)
            && one.shown.is_some()
            && lines.iter().skip(at - 1).take(2).any(Option::is_some)
        {
            let shown = format!("{}/{}", one.first_key(), other.first_key());
            one.shown = Some(Box::leak(shown.into_boxed_str()));
        }
    }
}
