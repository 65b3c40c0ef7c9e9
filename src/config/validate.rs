/*!
Names of rules and their options, which can only be judged with the rules at hand. Every mistake is shown in the
configuration, not in the pack that it is about.
*/

use std::path::PathBuf;
use std::sync::Arc;

use super::applied::settings;
use super::{At, Config, Part, RuleOption};
use crate::error::{Error, Mistake, did_you_mean};
use crate::rule::{self, Pack, Rule, RuleSet};

/// Looks up all names of rules in configurations and in what they extend, whether it applies to a file or not.
///
/// # Errors
/// Names that mean no rule, and packs of `[[for]]` tables that cannot be read or do not hold.
pub(super) fn names(configs: &[&Arc<Config>], loaded: &[&At<PathBuf>], set: &RuleSet) -> Result<(), Error> {
    let mut all: Vec<&Config> = Vec::new();
    configs.iter().for_each(|config| visit(config, &mut all));
    let parts: Vec<&Part> = all.iter().flat_map(|config| parts(config)).collect();
    let mut sets = Vec::new();
    for pack in parts.iter().flat_map(|part| &part.packs) {
        if loaded.iter().all(|known| known.value != pack.value) {
            sets.push(other(pack)?);
        }
    }
    let rules: Vec<&Rule> = sets.iter().chain([set]).flat_map(|set| &set.rules).collect();
    let mut mistakes = Vec::new();
    let levels = parts.iter().flat_map(|part| &part.levels).map(|(name, _)| (name, true));
    let options = parts.iter().flat_map(|part| &part.options).map(|option| (&option.rule, false));
    let allows = all.iter().flat_map(|config| &config.allows).map(|allow| (&allow.rule, true));
    for (name, topics) in levels.chain(options).chain(allows) {
        mistakes.extend(mistake(name, &rules, topics));
    }
    mistakes.sort_by(|a: &Mistake, b: &Mistake| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    mistakes.dedup();
    if mistakes.is_empty() { Ok(()) } else { Err(Error::Declared(mistakes)) }
}

fn visit<'c>(config: &'c Config, all: &mut Vec<&'c Config>) {
    if all.iter().any(|known| std::ptr::eq(*known, config)) {
        return;
    }
    all.push(config);
    let bases = config.fors.iter().map(|table| &table.extends).chain([&config.extends]);
    bases.flatten().for_each(|base| visit(&base.value, all));
}

fn parts(config: &Config) -> impl Iterator<Item = &Part> {
    config.fors.iter().map(|table| &*table.part).chain([&*config.part])
}

fn other(pack: &At<PathBuf>) -> Result<RuleSet, Error> {
    let read = Pack::read(&pack.value);
    let read = read.map_err(|error| match pack.whence.mistake(error.to_string()) {
        Some(mistake) => Error::Declared(vec![mistake]),
        None => error,
    });
    rule::load(&[read?], &rule::Settings::default())
}

fn mistake(name: &At<String>, rules: &[&Rule], topics: bool) -> Option<Mistake> {
    let topic = |rule: &&&Rule| rule.topic() == name.value;
    if rules.iter().any(|rule| rule.is_named(&name.value) && (topics || !topic(&rule))) {
        return None;
    }
    let ids = rules.iter().map(|rule| &*rule.id);
    if rules.iter().any(|rule| topic(&rule)) {
        let help = format!("name one of its rules, such as {}", rules.iter().find(topic)?.id);
        return Some(
            name.whence.mistake(format!("`{}` is a topic; options belong to a rule", name.value))?.help(Some(help)),
        );
    }
    let known = ids.chain(rules.iter().map(|rule| rule.topic()).filter(|_| topics));
    let help = did_you_mean(&name.value, known);
    let what = if topics { "rule or topic" } else { "rule" };
    Some(name.whence.mistake(format!("there is no {what} `{}`", name.value))?.help(help))
}

/// What is wrong with options that rules did not load with, each at its place.
pub(super) fn options(error: Error, packs: &[Pack], options: &[&RuleOption]) -> Error {
    if options.is_empty() || rule::load(packs, &rule::Settings::default()).is_err() {
        return error;
    }
    let mut mistakes = Vec::new();
    for same in options.chunk_by(|one, other| one.rule.value == other.rule.value) {
        let said = |options: &[&RuleOption]| match rule::load(packs, &settings(options)) {
            Err(Error::Declared(mistakes)) => mistakes.into_iter().next(),
            _ => None,
        };
        let Some(whole) = said(same) else { continue };
        let single = same.iter().filter_map(|option| Some((&option.value.whence, said(&[option])?)));
        let before = mistakes.len();
        for (whence, said) in single.chain(same.first().map(|option| (&option.rule.whence, whole))) {
            if before == mistakes.len() || !std::ptr::eq(whence, &same[0].rule.whence) {
                let told = whence.mistake(format!("{}: {}", same[0].rule.value, said.message));
                mistakes.extend(told.map(|told| told.help(said.help)));
            }
        }
    }
    if mistakes.is_empty() { error } else { Error::Declared(mistakes) }
}
